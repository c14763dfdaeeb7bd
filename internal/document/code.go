package document

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// fenceParser is goldmark's parser of fenced code, which also tells a fence that nobody closed:
// everything after it has become code.
type fenceParser struct{ parser.BlockParser }

func (p fenceParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	next := p.BlockParser.Continue(node, reader, pc)
	if next == parser.Close {
		stateOf(pc).fence = node
	}
	return next
}

func (p fenceParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	if s := stateOf(pc); s.fence != node {
		s.find(max(0, node.Pos()), 3, "fence-unclosed", nil)
	}
	p.BlockParser.Close(node, reader, pc)
}

// fence writes a fenced block of code.
func (w *writer) fence(n *ast.FencedCodeBlock) {
	pos := w.p.pos(max(0, n.Pos()))
	info := ""
	if n.Info != nil {
		info = unescape(n.Info.Segment.Value(w.src))
	}
	code, unread := parseInfo(info)
	if unread != "" {
		w.p.report(pos, "code-info", diag.Args{"text": unread}, 0)
	}
	code.Text = linesOf(n, w.src)
	code.Line = pos.Line
	count := strings.Count(code.Text, "\n")
	for _, mark := range code.Marks {
		if mark > count {
			w.p.report(pos, "code-lines", diag.Args{"line": itoa(mark), "count": itoa(count)}, 0)
			break
		}
	}
	w.code(code, pos)
}

func (w *writer) indentedCode(n *ast.CodeBlock) {
	pos := w.p.pos(startOf(n))
	w.code(Code{Text: linesOf(n, w.src), Start: 1, Line: pos.Line}, pos)
}

func (w *writer) code(c Code, pos diag.Pos) {
	if c.Lang != "" && !c.Highlightable() {
		w.p.report(pos, "limit-code", nil, 0)
	}
	w.open(Hole(PartCode, len(w.doc.Codes)) + "\n")
	w.doc.Codes = append(w.doc.Codes, c)
	w.plain.WriteString(c.Text)
	w.endBlock()
}

func (w *writer) codeSpan(n *ast.CodeSpan) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(w.src))
		}
	}
	code := strings.ReplaceAll(b.String(), "\n", " ")
	if w.inTable > 0 {
		code = strings.ReplaceAll(code, `\|`, "|")
	}
	w.plain.WriteString(code)
	w.open("<code>" + html.EscapeString(code) + "</code>")
}

// parseInfo reads the line behind a fence: a language, then {2,4-6}, title="x", numbers,
// start=10 in any order. A word with a dot is a file's name, hence a title. unread is the line
// when it says something that is not understood.
func parseInfo(info string) (c Code, unread string) {
	c.Start = 1
	info = trim(info)
	end := strings.IndexAny(info, " \t,{")
	if end < 0 {
		end = len(info)
	}
	c.Lang = strings.ToLower(strings.TrimPrefix(info[:end], "."))
	if strings.ContainsAny(c.Lang, "=\"<>") {
		c.Lang, end = "", 0
	}
	for _, word := range infoWords(info[end:]) {
		key, value, valued := strings.Cut(word, "=")
		value = strings.Trim(value, `"'`)
		switch {
		case valued && (key == "title" || key == "filename" || key == "file"):
			c.Title = value
		case strings.IndexFunc(word, isCJK) >= 0 && (strings.ContainsAny(word, "[{=") || !strings.Contains(word, ".") || c.Title != ""):
			unread = info
		case strings.HasPrefix(word, "{"):
			c.Marks = lineSet(strings.Trim(word, "{}"))
		case valued && key == "start":
			if n, err := strconv.Atoi(value); err == nil && n > 0 && n < 1<<20 {
				c.Start, c.Numbers = n, true
			}
		case word == "numbers" || word == "showLineNumbers":
			c.Numbers = true
		case !valued && c.Title == "" && strings.Contains(word, ".") && !strings.HasPrefix(word, ","):
			c.Title = word
		}
	}
	return c, unread
}

// infoWords splits at spaces outside quotes and braces.
func infoWords(s string) []string {
	var words []string
	var quote byte
	start, depth := 0, 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || quote == 0 && depth == 0 && (s[i] == ' ' || s[i] == '\t') {
			if word := s[start:i]; word != "" {
				words = append(words, word)
			}
			start = i + 1
			continue
		}
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}' && depth > 0:
			depth--
		}
	}
	return words
}

// lineSet reads 2,4-6.
func lineSet(s string) []int {
	const most = 10000
	var lines []int
	for part := range strings.SplitSeq(s, ",") {
		from, to, ranged := strings.Cut(trim(part), "-")
		first, err := strconv.Atoi(from)
		if err != nil || first < 1 || first > most || len(lines) > most {
			continue
		}
		last := first
		if ranged {
			if last, err = strconv.Atoi(to); err != nil || last > most {
				continue
			}
		}
		for n := first; n <= last; n++ {
			lines = append(lines, n)
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
