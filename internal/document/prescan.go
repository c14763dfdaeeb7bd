package document

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"wenfang/internal/diag"
)

// The parser takes superlinear time or memory on some inputs, and neither a stack overflow nor
// running out of memory can be caught. So a linear scan looks at the text first; a page beyond
// a limit is shown as plain text, with an error at its line. No page that people write comes
// near the limits.
const (
	maxNesting   = 100       // quotations and lists inside one another
	maxColumns   = 128       // of a table
	maxCells     = 65536     // of a table, missing ones counted
	maxBrackets  = 10000     // [ in one paragraph
	maxRuns      = 50000     // delimiters * _ ~ = in one paragraph
	maxFootnotes = 5000      // of a page
	maxExpansion = 100 << 10 // bytes that reference definitions become, or the size of the text
)

// prescan returns the first limit that the body exceeds, or nil.
func (p *parse) prescan() *diag.Diagnostic {
	s := &scanner{p: p, definitions: map[string]definition{}}
	offset := 0
	for line := range bytes.Lines(p.src) {
		if s.line(line, offset); s.problem != nil {
			return s.problem
		}
		offset += len(line)
	}
	if s.fence != "" {
		p.report(p.pos(s.fenceStart), "fence-unclosed", nil, len(s.fence))
	}
	s.expansion()
	return s.problem
}

type scanner struct {
	p       *parse
	problem *diag.Diagnostic

	brackets, runs int // of the paragraph at hand
	columns, rows  int // of the table at hand
	footnotes      int
	containers     int // open ones
	fence          string
	fenceStart     int
	definitions    map[string]definition
	uses           []use
}

// definition is one [label]: address.
type definition struct {
	offset, bytes int
}

// use is one [label] in the text.
type use struct {
	label  string
	offset int
}

func (s *scanner) exceeded(offset int, id, limit string, got int) {
	d := diag.New(s.p.pos(offset), id, diag.Args{"limit": limit, "got": itoa(got)})
	d.Excerpt = summarize(s.p.file.Line(d.Line))
	s.problem = &d
}

func (s *scanner) line(line []byte, offset int) {
	trimmed := bytes.TrimSpace(line)
	if len(trimmed) == 0 {
		s.brackets, s.runs, s.columns, s.rows = 0, 0, 0, 0
		return
	}
	if depth := nesting(line); depth > maxNesting {
		s.exceeded(offset, "limit-nesting", itoa(maxNesting), depth)
		return
	}
	if s.skipFence(trimmed, offset) {
		return
	}
	s.containerLine(trimmed, offset)
	s.tableLine(trimmed, offset)
	s.brackets += bytes.Count(line, []byte("["))
	for _, c := range []string{"*", "_", "~", "="} {
		s.runs += bytes.Count(line, []byte(c))
	}
	switch {
	case s.problem != nil:
	case s.brackets > maxBrackets && trimmed[0] != '|':
		s.exceeded(offset, "limit-brackets", itoa(maxBrackets), s.brackets)
	case s.runs > maxRuns && trimmed[0] != '|':
		s.exceeded(offset, "limit-brackets", itoa(maxRuns), s.runs)
	default:
		s.labels(line, offset)
	}
}

// containerLine follows how deep containers stand in one another.
func (s *scanner) containerLine(trimmed []byte, offset int) {
	colons := countColons(trimmed)
	switch {
	case colons < 3:
	case len(trimmed) == colons:
		s.containers = max(0, s.containers-1)
	default:
		if s.containers++; s.containers > maxNesting {
			s.exceeded(offset, "limit-nesting", itoa(maxNesting), s.containers)
		}
	}
}

// skipFence follows fenced code, in which nothing is parsed.
func (s *scanner) skipFence(trimmed []byte, offset int) bool {
	if s.fence != "" {
		if bytes.HasPrefix(trimmed, []byte(s.fence)) && len(bytes.Trim(trimmed, s.fence[:1])) == 0 {
			s.fence = ""
		}
		return true
	}
	for _, mark := range []string{"```", "~~~"} {
		if bytes.HasPrefix(trimmed, []byte(mark)) {
			run := len(trimmed) - len(bytes.TrimLeft(trimmed, mark[:1]))
			if mark == "~~~" || bytes.IndexByte(trimmed[run:], '`') < 0 {
				s.fence, s.fenceStart = string(trimmed[:run]), offset
				return true
			}
		}
	}
	return false
}

// nesting counts the quotation and list marks, and the levels of indentation, that a line
// begins with.
func nesting(line []byte) int {
	depth, i := 0, 0
	if text := bytes.TrimLeft(line, " "); len(text) > 1 && bytes.IndexByte([]byte("-+*"), text[0]) >= 0 && text[1] == ' ' {
		depth = (len(line) - len(text)) / 2 // an item's own depth, at the least indentation there is
	}
	for i < len(line) {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
			i++
		case c == '>':
			depth++
			i++
		case (c == '-' || c == '+' || c == '*') && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			depth++
			i += 2
		case c >= '0' && c <= '9':
			j := i
			for j < len(line) && j < i+9 && line[j] >= '0' && line[j] <= '9' {
				j++
			}
			if j+1 >= len(line) || line[j] != '.' && line[j] != ')' || line[j+1] != ' ' {
				return depth
			}
			depth++
			i = j + 2
		default:
			return depth
		}
	}
	return depth
}

// tableLine counts the cells of a table: its delimiter row fixes the columns, to which every
// row is padded.
func (s *scanner) tableLine(trimmed []byte, offset int) {
	if s.columns == 0 {
		if len(bytes.Trim(trimmed, "|-: \t")) == 0 && bytes.IndexByte(trimmed, '-') >= 0 {
			s.columns = bytes.Count(bytes.Trim(trimmed, "|"), []byte("|")) + 1
		}
		if s.columns > maxColumns {
			s.exceeded(offset, "limit-table", itoa(maxColumns), s.columns)
		}
		return
	}
	if s.rows++; s.rows*s.columns > maxCells {
		s.exceeded(offset, "limit-table", itoa(maxCells), s.rows*s.columns)
	}
}

// labels notes definitions [label]: … and uses [label] of references.
func (s *scanner) labels(line []byte, offset int) {
	const longest = 1000
	for at := 0; ; {
		i := bytes.IndexByte(line[at:], '[')
		if i < 0 {
			return
		}
		at += i + 1
		end := bytes.IndexAny(line[at:min(len(line), at+longest)], "[]")
		if end < 0 {
			return
		}
		if line[at+end] == '[' || end == 0 {
			continue
		}
		label := strings.ToLower(string(line[at : at+end]))
		if label[0] == '^' && at-1 <= 3 && at+end+1 < len(line) && line[at+end+1] == ':' {
			if s.footnotes++; s.footnotes > maxFootnotes {
				s.exceeded(offset, "limit-reference", itoa(maxFootnotes), s.footnotes)
				return
			}
		}
		if after := at + end + 1; after < len(line) && line[after] == ':' && at-1 <= 3 {
			if _, known := s.definitions[label]; !known {
				s.definitions[label] = definition{offset + at - 1, len(line) - after}
			}
		} else {
			s.uses = append(s.uses, use{label, offset + at})
		}
		at += end
	}
}

// expansion adds up what the uses of definitions become.
func (s *scanner) expansion() {
	if s.problem != nil || len(s.definitions) == 0 {
		return
	}
	limit, total := max(maxExpansion, len(s.p.src)), 0
	for _, u := range s.uses {
		if total += s.definitions[u.label].bytes; total > limit {
			s.exceeded(u.offset, "limit-reference", itoa(limit), total)
			return
		}
	}
	s.unused()
}

// unused names definitions that nothing uses: what they say is on no page.
func (s *scanner) unused() {
	for _, u := range s.uses {
		delete(s.definitions, u.label)
	}
	for _, label := range slices.Sorted(maps.Keys(s.definitions)) {
		if label[0] == '^' {
			continue
		}
		pos := s.p.pos(s.definitions[label].offset)
		s.p.report(pos, "reference-unused", diag.Args{"label": label, "text": trim(s.p.file.Line(pos.Line))}, 0)
	}
}
