package document

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"wenfang/internal/diag"
)

// inlines writes a node and its siblings.
func (w *writer) inlines(n ast.Node) {
	for ; n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

// around writes the children of a node between two tags; raw tags opened inside are closed
// before the end, so that tags never cross.
func (w *writer) around(start string, n ast.Node, end string) {
	w.open(start)
	w.scope(func() { w.inlines(n.FirstChild()) })
	w.open(end)
}

// scope runs write and closes the raw tags and sections that it leaves open.
func (w *writer) scope(write func()) {
	tags, sections := w.tags, w.sections
	w.tags, w.sections = nil, nil
	write()
	w.closeTags(0)
	w.closeSections()
	w.tags, w.sections = tags, sections
}

func (w *writer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.textNode(n)
	case *ast.String:
		w.text(stripControls(string(n.Value)))
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Emphasis:
		if n.Level >= 2 {
			w.around("<strong>", n, "</strong>")
		} else {
			w.around("<em>", n, "</em>")
		}
	case *span:
		if n.kind == kindMark {
			w.around("<mark>", n, "</mark>")
		} else {
			w.around("<del>", n, "</del>")
		}
	case *ast.Link:
		w.link(n, string(n.Destination), string(n.Title))
	case *ast.Image:
		w.image(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *wiki:
		w.wiki(n)
	case *field:
		w.field(n)
	case *extast.FootnoteLink:
		w.footnoteLink(n)
	case *headingID, *extast.FootnoteBacklink, *extast.TaskCheckBox:
	default:
		w.inlines(n.FirstChild())
	}
}

// textNode writes text and the line break behind it. A soft break between CJK characters is
// nothing: Chinese has no space between words.
func (w *writer) textNode(n *ast.Text) {
	raw := n.Segment.Value(w.src)
	if n.HardLineBreak() {
		raw = bytes.TrimRight(raw, " ")
	}
	if n.IsRaw() {
		w.text(string(raw))
	} else {
		w.text(unescape(raw))
	}
	switch {
	case n.HardLineBreak():
		w.open("<br>\n")
		w.plain.WriteByte('\n')
	case n.SoftLineBreak():
		before, _ := utf8.DecodeLastRune(raw)
		if len(raw) == 0 {
			before, _ = utf8.DecodeLastRuneInString(w.plain.String())
		}
		if isCJK(before) && isCJK(firstRune(n.NextSibling(), w.src)) {
			return
		}
		w.text("\n")
	}
}

// firstRune is the first character of a node's text.
func firstRune(n ast.Node, src []byte) rune {
	for n != nil {
		switch t := n.(type) {
		case *ast.Text:
			if value := t.Segment.Value(src); len(value) > 0 {
				r, _ := utf8.DecodeRune(value)
				return r
			}
			n = t.NextSibling()
		case *wiki:
			r, _ := utf8.DecodeRuneInString(t.label)
			return r
		default:
			n = n.FirstChild()
		}
	}
	return 0
}

func (w *writer) codeSpan(n *ast.CodeSpan) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(strings.ReplaceAll(string(t.Segment.Value(w.src)), "\n", " "))
		}
	}
	w.plain.WriteString(b.String())
	w.open("<code>" + html.EscapeString(b.String()) + "</code>")
}

// link writes a link of any kind. The opening tag is a hole: where it leads is for the site
// to know.
func (w *writer) link(n ast.Node, dest, title string) {
	pos, width := w.destination(n, dest)
	l := Link{Kind: LinkPlain, Title: unescape([]byte(title)), Pos: pos, Width: width}
	w.setAddress(&l, unescape([]byte(dest)))
	w.linkTag(l, func() { w.scope(func() { w.inlines(n.FirstChild()) }) })
}

// linkTag writes a link around its text.
func (w *writer) linkTag(l Link, inner func()) {
	if w.bare > 0 && w.inLink {
		inner() // a link inside a link's text would end it
		return
	}
	index := len(w.doc.Links)
	w.doc.Links = append(w.doc.Links, l)
	w.open(Hole(PartLink, index))
	before := w.plain.Len()
	w.bare++
	w.inLink = true
	inner()
	w.inLink = false
	w.bare--
	w.doc.Links[index].Text = w.plain.String()[min(before, w.plain.Len()):]
	w.open("</a>")
}

// setAddress takes a destination apart, or reports that it is not allowed.
func (w *writer) setAddress(l *Link, dest string) {
	a, ok := splitAddress(dest)
	if !ok {
		w.p.report(l.Pos, "url-unsafe", diag.Args{"url": summarize(dest)}, l.Width)
		return
	}
	l.Target, l.Query, l.Fragment, l.External = a.target, a.query, a.fragment, a.external
}

// destination finds where a link's destination stands in the source, for the caret.
func (w *writer) destination(n ast.Node, dest string) (diag.Pos, int) {
	start := max(0, n.Pos())
	const near = 4000
	if i := strings.Index(string(w.src[start:min(len(w.src), start+near)]), dest); i >= 0 && dest != "" && w.ownSource() {
		return w.p.pos(start + i), utf8.RuneCountInString(dest)
	}
	if !w.ownSource() {
		return w.at, 0
	}
	return w.p.pos(start), 0
}

// ownSource reports whether the writer reads the file's own text, so that offsets are places
// in the file (the options of a question are parsed apart).
func (w *writer) ownSource() bool { return w.at.Line == 0 }

func (w *writer) image(n *ast.Image) {
	pos, width := w.destination(n, string(n.Destination))
	l := Link{Kind: LinkImage, Title: unescape(n.Title), Alt: plainText(n, w.src), Pos: pos, Width: width}
	w.setAddress(&l, unescape(n.Destination))
	w.plain.WriteString(l.Alt)
	w.open(Hole(PartImage, len(w.doc.Links)))
	w.doc.Links = append(w.doc.Links, l)
}

func (w *writer) autoLink(n *ast.AutoLink) {
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	pos, _ := w.destination(n, "")
	l := Link{Kind: LinkPlain, Pos: pos, Width: len([]rune(dest))}
	w.setAddress(&l, dest)
	w.linkTag(l, func() { w.text(stripControls(string(n.Label(w.src)))) })
}

func (w *writer) wiki(n *wiki) {
	pos := w.at
	if w.ownSource() {
		pos = w.p.pos(n.start)
	}
	l := Link{Kind: LinkWiki, Target: stripControls(n.title), Fragment: stripControls(n.fragment), Pos: pos, Width: n.stop - n.start}
	l.Width = utf8.RuneCount(w.src[n.start:n.stop])
	if n.rule {
		l.Kind = LinkRule
	}
	w.linkTag(l, func() { w.text(stripControls(n.label)) })
}

// field writes the mark of an unfilled field of a template. Sections show their content.
func (w *writer) field(n *field) {
	w.p.checkField(w.p.pos(n.start), n.name)
	switch n.sign {
	case '#', '^', '/':
		w.fieldSection(n)
	default:
		w.open(FieldMark(w.p.fieldIndex(n.name), n.name))
		w.plain.WriteString("【" + n.name + "】")
	}
}

// fieldSection opens or closes a part that is shown only with a field filled (#) or empty (^).
func (w *writer) fieldSection(n *field) {
	if n.sign == '/' {
		if len(w.sections) == 0 || w.sections[len(w.sections)-1].name != n.name {
			w.p.report(w.p.pos(n.start), "field-crossed", diag.Args{"field": n.name}, 0)
			return
		}
		w.sections = w.sections[:len(w.sections)-1]
		w.open("</span>")
		return
	}
	when := "set"
	if n.sign == '^' {
		when = "unset"
	}
	w.sections = append(w.sections, n)
	w.open(`<span class="when" data-field="` + html.EscapeString(n.name) + `" data-when="` + when + `">`)
}

// closeSections closes sections that nobody closed, and says so.
func (w *writer) closeSections() {
	for len(w.sections) > 0 {
		n := w.sections[len(w.sections)-1]
		w.p.report(w.p.pos(n.start), "field-unclosed", diag.Args{"field": n.name}, 0)
		w.sections = w.sections[:len(w.sections)-1]
		w.open("</span>")
	}
}

// allowed are the tags of raw HTML that stay HTML; br and wbr stand alone.
var allowed = []string{"br", "kbd", "sub", "sup", "ruby", "rt", "wbr"}

// allowedTag reads a raw tag: its name and whether it closes.
func allowedTag(raw string) (name string, closing, ok bool) {
	inner := strings.TrimSuffix(strings.TrimPrefix(raw, "<"), ">")
	inner, closing = strings.CutPrefix(inner, "/")
	inner = strings.ToLower(trim(strings.TrimSuffix(inner, "/")))
	return inner, closing, slices.Contains(allowed, inner)
}

// rawHTML keeps the tags that are allowed and shows all others as text. Comments go.
func (w *writer) rawHTML(n *ast.RawHTML) {
	raw := segmentsOf(n.Segments, w.src)
	if strings.HasPrefix(raw, "<!--") {
		return
	}
	name, closing, ok := allowedTag(raw)
	switch {
	case ok && (name == "br" || name == "wbr"):
		w.open("<" + name + ">")
		if name == "br" {
			w.plain.WriteByte('\n')
		}
		return
	case ok && !closing:
		w.open("<" + name + ">")
		w.tags = append(w.tags, name)
		return
	case ok && len(w.tags) > 0 && w.tags[len(w.tags)-1] == name:
		w.closeTags(len(w.tags) - 1)
		return
	}
	pos := w.at
	if w.ownSource() {
		pos = w.p.pos(max(0, n.Pos()))
	}
	w.p.report(pos, "html-shown", diag.Args{"html": summarize(raw)}, utf8.RuneCountInString(raw))
	w.plain.WriteString(raw)
	w.open(`<span class="raw">` + html.EscapeString(raw) + "</span>")
}

// closeTags closes raw tags until depth are left.
func (w *writer) closeTags(depth int) {
	for len(w.tags) > depth {
		last := len(w.tags) - 1
		w.open("</" + w.tags[last] + ">")
		w.tags = w.tags[:last]
	}
}
