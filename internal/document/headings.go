package document

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// heading writes a heading with its id. A page has one h1, the layout's: the first of the
// author's gives the title where the front matter has none, any other becomes an h2.
func (w *writer) heading(n *ast.Heading) {
	title := trim(plainText(n, w.src))
	explicit := headingIDOf(n)
	id := ""
	if explicit != "" {
		id = w.explicitID(explicit, n)
	} else {
		id = w.id(title)
	}
	w.checkSetext(n)
	level := n.Level
	if level == 1 {
		if !w.firstH1 && (w.doc.Meta.Title == "" || w.doc.Meta.Title == title) {
			w.firstH1 = true
			w.doc.Title = title
			w.open(`<span class="anchor" id="` + html.EscapeString(id) + `"></span>` + "\n")
			w.heading1Text(n)
			return
		}
		if w.firstH1 {
			w.p.report(w.p.pos(startOf(n)), "heading-second-h1", diag.Args{"title": title}, 0)
		}
		w.firstH1 = true
		level = 2
	}
	w.startPassage(title, id, level)
	w.doc.Headings = append(w.doc.Headings, Heading{Level: level, Text: title, ID: id, Line: w.p.pos(startOf(n)).Line})
	tag := "h" + strconv.Itoa(level)
	w.open("<" + tag + ` id="` + html.EscapeString(id) + `">`)
	w.bare++
	before := w.plain.Len()
	w.inlineBlock(n)
	w.bare--
	w.open("</" + tag + ">\n")
	w.cutPlain(before)
}

// heading1Text keeps what an h1 says beyond its words: the links in it are checked too.
func (w *writer) heading1Text(n *ast.Heading) {
	out := w.out.String()
	before := w.plain.Len()
	w.bare++
	w.inlineBlock(n)
	w.bare--
	w.out.Reset()
	w.out.WriteString(out)
	w.cutPlain(before)
}

// cutPlain takes back text that a heading added: it is the passage's name, not its text.
func (w *writer) cutPlain(length int) {
	kept := w.plain.String()[:length]
	w.plain.Reset()
	w.plain.WriteString(kept)
}

// id returns the id of a heading or term with the given text.
func (w *writer) id(text string) string {
	id := slug(text)
	if reserved(id) {
		id = "s-" + id
	}
	return w.p.ids.unique(id)
}

// explicitID returns the id that an author chose, unless it belongs to the program.
func (w *writer) explicitID(id string, n ast.Node) string {
	id = stripControls(id)
	if reserved(id) {
		w.p.report(w.p.pos(startOf(n)), "heading-id", diag.Args{"id": id}, 0)
		id = "s-" + id
	}
	unique := w.p.ids.unique(id)
	if unique != id {
		w.p.report(w.p.pos(startOf(n)), "heading-id", diag.Args{"id": id}, 0)
	}
	return unique
}

func headingIDOf(n ast.Node) string {
	for c := n.LastChild(); c != nil; c = c.PreviousSibling() {
		if h, ok := c.(*headingID); ok {
			return h.id
		}
	}
	return ""
}

// checkSetext reports a line of hyphens right under text, which makes the text a heading,
// where the author may have wanted a rule. One under a single short line is meant.
func (w *writer) checkSetext(n *ast.Heading) {
	lines := n.Lines()
	if n.Level != 2 || lines.Len() == 0 {
		return
	}
	last := lines.At(lines.Len() - 1)
	rest := w.src[min(last.Stop, len(w.src)):]
	under, _, _ := strings.Cut(strings.TrimPrefix(string(rest[:min(200, len(rest))]), "\n"), "\n")
	if under = trim(under); strings.Trim(under, "-") != "" || under == "" {
		return
	}
	if lines.Len() > 1 || utf8.RuneCount(last.Value(w.src)) > 60 {
		w.p.report(w.p.pos(lines.At(0).Start), "setext-surprise", nil, 0)
	}
}

// plainText returns the words of a node without markup.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if isCode(n) {
				b.Write(n.Segment.Value(src))
			} else {
				b.WriteString(unescape(n.Segment.Value(src)))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *wiki:
			b.WriteString(n.label)
		case *field:
			b.WriteString("【" + n.name + "】")
		case *ast.RawHTML:
			if name, _, ok := allowedTag(segmentsOf(n.Segments, src)); !ok || name == "" {
				b.WriteString(withoutComments(segmentsOf(n.Segments, src)))
			}
		}
		return ast.WalkContinue, nil
	})
	return stripControls(b.String())
}

func isCode(n ast.Node) bool { return n.Parent() != nil && n.Parent().Kind() == ast.KindCodeSpan }

func segmentsOf(s *text.Segments, src []byte) string {
	var b strings.Builder
	for i := range s.Len() {
		segment := s.At(i)
		b.Write(segment.Value(src))
	}
	return b.String()
}

// fence writes a fenced block of code.
func (w *writer) fence(n *ast.FencedCodeBlock) {
	info := ""
	if n.Info != nil {
		info = unescape(n.Info.Segment.Value(w.src))
	}
	code, unread := parseInfo(info)
	if unread != "" {
		w.p.report(w.p.pos(max(0, startOf(n))), "code-info", diag.Args{"text": unread}, 0)
	}
	code.Text = linesOf(n, w.src)
	code.Line = w.p.pos(max(0, startOf(n))).Line
	count := strings.Count(code.Text, "\n")
	for _, mark := range code.Marks {
		if mark > count {
			w.p.report(w.p.pos(startOf(n)), "code-lines", diag.Args{"line": itoa(mark), "count": itoa(count)}, 0)
			break
		}
	}
	w.code(code)
}

func (w *writer) code(c Code) {
	if c.Lang != "" && !c.Highlightable() {
		w.p.report(diag.Pos{Path: w.doc.Path, Line: max(1, c.Line), Col: 1}, "limit-code", nil, 0)
	}
	w.open(Hole(PartCode, len(w.doc.Codes)) + "\n")
	w.doc.Codes = append(w.doc.Codes, c)
	w.plain.WriteString(c.Text)
	w.endBlock()
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
		c.Lang = ""
	}
	for _, word := range infoWords(info[end:]) {
		key, value, valued := strings.Cut(word, "=")
		value = strings.Trim(value, `"'`)
		switch {
		case strings.HasPrefix(word, "[") && strings.IndexFunc(word, isCJK) >= 0:
			unread = info
		case strings.HasPrefix(word, "{"):
			c.Marks = lineSet(strings.Trim(word, "{}"))
		case valued && key == "title" || valued && key == "filename" || valued && key == "file":
			c.Title = value
		case valued && key == "start":
			if n, err := strconv.Atoi(value); err == nil && n > 0 && n < 1<<20 {
				c.Start, c.Numbers = n, true
			}
		case word == "numbers" || word == "showLineNumbers":
			c.Numbers = true
		case !valued && c.Title == "" && strings.Contains(word, ".") && !strings.HasPrefix(word, ","):
			c.Title = word
		case strings.IndexFunc(word, isCJK) >= 0:
			unread = info
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
		if err != nil || first < 1 || first > most {
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
