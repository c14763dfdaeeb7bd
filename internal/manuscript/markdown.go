package manuscript

import (
	"regexp"
	"strings"

	"wenfang/internal/source"
)

// Markdown reads the prose of a Markdown file. Left out are front matter, code, comments, HTML, the
// addresses of links and every mark; a line that was broken between Han characters is whole again.
// With sheet only what stands before the first thematic break is read, as in a sample.
func Markdown(file *source.File, sheet bool) *Manuscript {
	r := &markdown{m: &Manuscript{Path: file.Path, File: file}, sheet: sheet}
	offset := 0
	for line := range strings.Lines(file.Text) {
		if !r.line(strings.TrimRight(line, "\n"), offset) {
			break
		}
		offset += len(line)
	}
	r.flush()
	return r.m
}

// markdown reads one file, line by line.
type markdown struct {
	m       *Manuscript
	sheet   bool
	number  int     // lines seen
	front   string  // the line that ends the front matter
	fence   string  // the marks that end a code block
	comment int     // offset of a comment that is open, plus 1
	text    builder // the paragraph being read
	lines   []int   // the characters of it at which its lines begin
	kind    string
	blank   bool  // the line before was blank
	list    bool  // inside a list, where four spaces are no code
	waiting []int // exceptions for the paragraph being read
	beside  []int // those in its present line
}

var (
	fenceForm   = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	nestedForm  = regexp.MustCompile("^[ \t]*(```+|~~~+)") // a fence in a list
	breakForm   = regexp.MustCompile(`^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$`)
	headingForm = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+`)
	itemForm    = regexp.MustCompile(`^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?`)
	noteForm    = regexp.MustCompile(`^ {0,3}\[\^[^\]]+\]:[ \t]*`)
	referForm   = regexp.MustCompile(`^ {0,3}\[[^\]]+\]:[ \t]*\S+`)
	definedForm = regexp.MustCompile(`^: +`)
	cellsForm   = regexp.MustCompile(`^[ \t]*\|`)
	rulerForm   = regexp.MustCompile(`^[ \t]*\|?[ \t:|-]*-[ \t:|-]*$`)
	quoteForm   = regexp.MustCompile(`^ {0,3}>[ \t]?`)
	alertForm   = regexp.MustCompile(`^\[![A-Za-z]+\][ \t]*$`)
	anchorForm  = regexp.MustCompile(`[ \t]*\{(?:#[^}]*|/\*[^}]*\*/)\}[ \t]*$`)
)

// line takes one line, and reports whether the next is wanted.
func (r *markdown) line(line string, offset int) bool {
	r.number++
	if r.skips(line) {
		return true
	}
	line, offset = r.withoutComment(line, offset)
	for quoteForm.MatchString(line) {
		n := len(quoteForm.FindString(line))
		line, offset = line[n:], offset+n
	}
	if strings.TrimSpace(line) == "" || alertForm.MatchString(line) {
		r.flush()
		r.blank = true
		return true
	}
	indented := strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
	fence := fenceForm
	if r.list {
		fence = nestedForm
	}
	switch {
	case fence.MatchString(line):
		r.flush()
		r.fence = strings.TrimSpace(fence.FindStringSubmatch(line)[1])
		return true
	case breakForm.MatchString(line) && (r.blank || len(r.text.runes) == 0):
		r.flush()
		return !r.sheet
	case strings.HasPrefix(strings.TrimSpace(line), ":::"), breakForm.MatchString(line), strings.Trim(line, "= ") == "":
		r.flush()
		r.list = false
		return true
	case indented && r.blank && !r.list:
		return true
	case cellsForm.MatchString(line):
		r.cells(line, offset)
		r.settle()
		return true
	case referForm.MatchString(line) && !noteForm.MatchString(line):
		r.flush()
		return true
	}
	r.list = r.list && (indented || !r.blank)
	r.prose(line, offset)
	r.settle()
	r.blank = false
	return true
}

// settle gives the exceptions of a line to the paragraph that the line belongs to.
func (r *markdown) settle() {
	if len(r.text.runes) > 0 {
		r.waiting = append(r.waiting, r.beside...)
	} else {
		for _, n := range r.beside {
			r.m.Exceptions[n].Paragraph = max(0, len(r.m.Paragraphs)-1)
		}
	}
	r.beside = nil
}

// skips reports whether a line belongs to front matter or code.
func (r *markdown) skips(line string) bool {
	bare := strings.TrimRight(line, " \t")
	switch {
	case r.number == 1 && (bare == "---" || bare == "+++"):
		r.front = bare
		return true
	case r.front != "":
		if bare == r.front {
			r.front = ""
		}
		return true
	case r.fence != "":
		if closing := strings.TrimLeft(bare, " >"); strings.HasPrefix(closing, r.fence) && strings.Trim(closing, r.fence[:1]) == "" {
			r.fence = ""
		}
		return true
	}
	return false
}

// prose takes a line of text: it begins a paragraph or goes on with one.
func (r *markdown) prose(line string, offset int) {
	kind := ""
	cut := func(form *regexp.Regexp) bool {
		lead := form.FindString(line)
		line, offset = line[len(lead):], offset+len(lead)
		return lead != ""
	}
	switch {
	case headingForm.MatchString(line):
		r.flush()
		kind = Heading
		if headingForm.FindStringSubmatch(line)[1] == "#" {
			kind = Title
		}
		cut(headingForm)
		line = anchorForm.ReplaceAllString(line, "")
		r.begin(kind, line, offset)
		r.flush()
		return
	case noteForm.MatchString(line):
		r.flush()
		cut(noteForm)
		r.begin(Cell, line, offset)
		return
	case itemForm.MatchString(line):
		r.flush()
		cut(itemForm)
		r.list = true
	case definedForm.MatchString(line):
		r.flushTerms()
		cut(definedForm)
	}
	r.begin(kind, line, offset)
}

// begin adds a line to the paragraph.
func (r *markdown) begin(kind, line string, offset int) {
	t := &r.text
	trimmed := strings.TrimLeft(line, " \t")
	offset += len(line) - len(trimmed)
	if n := len(t.runes); n == 0 {
		r.kind = kind
	} else if len(trimmed) > 0 && (t.runes[n-1] < 0x2e80 || []rune(trimmed)[0] < 0x2e80) && t.end < len(r.m.File.Text) {
		t.runes, t.at = append(t.runes, ' '), append(t.at, t.end)
	}
	r.lines = append(r.lines, len(t.runes))
	t.text(trimmed, offset)
}

// flushTerms ends the lines above a definition: each is a term of its own.
func (r *markdown) flushTerms() {
	text, lines := r.text, append(r.lines, len(r.text.runes))
	for i := 0; i+1 < len(lines); i++ {
		from, to := lines[i], lines[i+1]
		term := builder{runes: text.runes[from:to:to], at: text.at[from:to:to], end: text.end}
		if to < len(text.at) {
			term.end = text.at[to]
		}
		r.put(&term, "")
	}
	r.text, r.lines, r.kind = builder{}, nil, ""
}

// flush ends the paragraph.
func (r *markdown) flush() {
	if len(r.text.runes) > 0 {
		r.put(&r.text, r.kind)
	}
	r.text, r.lines, r.kind = builder{}, nil, ""
}

// put adds a paragraph without its marks, and gives it the exceptions that waited for it.
func (r *markdown) put(b *builder, kind string) {
	plain := inline(b)
	for _, n := range r.waiting {
		r.m.Exceptions[n].Paragraph = len(r.m.Paragraphs)
	}
	r.waiting = nil
	r.m.add(plain.paragraph(kind))
}

// cells takes a row of a table.
func (r *markdown) cells(line string, offset int) {
	r.flush()
	if rulerForm.MatchString(line) {
		return
	}
	start := strings.IndexByte(line, '|') + 1
	for i := start; i <= len(line); i++ {
		if i < len(line) && (line[i] != '|' || line[i-1] == '\\') {
			continue
		}
		cell := line[start:i]
		lead := len(cell) - len(strings.TrimLeft(cell, " \t"))
		if strings.TrimSpace(cell) != "" {
			var b builder
			b.text(strings.TrimSpace(cell), offset+start+lead)
			r.put(&b, Cell)
		}
		start = i + 1
	}
}

// withoutComment blanks comments out, over several lines if need be.
func (r *markdown) withoutComment(line string, offset int) (string, int) {
	if r.comment > 0 {
		end := strings.Index(line, "-->")
		if end < 0 {
			return "", offset
		}
		r.comment = 0
		line, offset = line[end+3:], offset+end+3
	}
	at, inside, end := comment(line)
	if at < 0 {
		return line, offset
	}
	if end == 0 && strings.TrimSpace(line[:at]) != "" {
		return line, offset // words about a comment
	}
	if end == 0 {
		r.comment = offset + at + 1
		return line[:at], offset
	}
	rest := line[end:]
	if e, ok := parseException(inside, offset+at); ok {
		r.m.Exceptions = append(r.m.Exceptions, e)
		n := len(r.m.Exceptions) - 1
		switch {
		case e.Paragraph < 0:
		case strings.TrimSpace(line[:at]+rest) == "": // a line of its own speaks of what follows
			r.flush()
			r.waiting = append(r.waiting, n)
		default:
			r.beside = append(r.beside, n)
		}
	}
	if strings.TrimSpace(rest) == "" {
		return line[:at], offset
	}
	if strings.TrimSpace(line[:at]) == "" {
		return rest, offset + end
	}
	return line[:at] + strings.Repeat(" ", end-at) + rest, offset
}
