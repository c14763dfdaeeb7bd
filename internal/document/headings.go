package document

import (
	"html"
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
	if w.attached {
		w.attachedHeading(n, title)
		return
	}
	id := ""
	if explicit := headingIDOf(n); explicit != nil {
		id = w.explicitID(explicit)
	} else {
		id = w.id(title)
	}
	pos := w.p.pos(max(0, n.Pos()))
	w.checkSetext(n)
	level := n.Level
	if level == 1 {
		if !w.firstH1 && (w.doc.Meta.Title == "" || w.doc.Meta.Title == title) {
			w.firstH1 = true
			w.doc.Title = title
			w.doc.ownTitle = true
			w.titleHeading(n, id)
			return
		}
		if w.firstH1 {
			w.p.report(pos, "heading-second-h1", diag.Args{"title": title}, 0)
		}
		w.firstH1 = true
		level = 2
	}
	w.startPassage(title, id, level)
	w.count(title)
	if title != "" {
		w.doc.Headings = append(w.doc.Headings, Heading{Level: level, Text: title, ID: id, Line: pos.Line})
	}
	tag := "h" + itoa(level)
	w.open("<" + tag + ` id="` + html.EscapeString(id) + `">`)
	w.bareBlock(n)
	w.open("</" + tag + ">\n")
}

// attachedHeading writes a heading of an attachment, which is no part of the page's own contents
// and has an id only where the author gave one.
func (w *writer) attachedHeading(n *ast.Heading, title string) {
	w.count(title)
	id := ""
	if explicit := headingIDOf(n); explicit != nil {
		id = ` id="` + html.EscapeString(w.explicitID(explicit)) + `"`
	}
	w.open(`<p class="attached-title"` + id + `>`)
	w.bareBlock(n)
	w.open("</p>\n")
}

// titleHeading leaves out an h1 that gives the title: the layout shows it. Its anchor stays,
// and what it says beyond its words: links are checked too.
func (w *writer) titleHeading(n *ast.Heading, id string) {
	w.open(`<span class="anchor" id="` + html.EscapeString(id) + `"></span>` + "\n")
	out := w.out.String()
	w.dropped = true
	w.bareBlock(n)
	w.dropped = false
	w.out.Reset()
	w.out.WriteString(out)
}

// bareBlock writes the content of a heading or term, in which nothing is marked; it is the name
// of a passage, not its text.
func (w *writer) bareBlock(n ast.Node) {
	before := w.plain.Len()
	w.bare++
	w.inlineBlock(n)
	w.bare--
	w.plain.Truncate(before)
}

// checkSetext reports a line of hyphens right under text, which makes the text a heading,
// where the author wanted a rule: under a sentence, under several lines, in a document that
// the rule was to end. One under a few words is meant.
func (w *writer) checkSetext(n *ast.Heading) {
	lines := n.Lines()
	if n.Level != 2 || lines.Len() == 0 {
		return
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	rest := w.src[min(last.Stop, len(w.src)):]
	under, _, _ := strings.Cut(strings.TrimPrefix(string(rest[:min(200, len(rest))]), "\n"), "\n")
	if under = trim(under); strings.Trim(under, "-") != "" || under == "" {
		return
	}
	value := strings.TrimSpace(string(last.Value(w.src)))
	end, _ := utf8.DecodeLastRuneInString(value)
	document := w.doc.Meta.Kind == KindTemplate || w.doc.Meta.Kind == KindSample
	if document || lines.Len() > 1 || utf8.RuneCountInString(value) > 60 || strings.ContainsRune("。！？；：.!;", end) {
		w.p.reportAt(first.Start, "setext-surprise", nil, 0)
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
			raw := segmentsOf(n.Segments, src)
			if _, _, ok := allowedTag(raw); !ok && !strings.HasPrefix(raw, "<!--") {
				b.WriteString(raw)
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
