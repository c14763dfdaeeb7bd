package document

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// inlines writes a node and its siblings.
func (w *writer) inlines(n ast.Node) {
	for ; n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

// inside writes the inline children of a node; tags opened among them are closed before its
// end, so that tags never cross.
func (w *writer) inside(n ast.Node) {
	w.scope(func() { w.inlines(n.FirstChild()) })
}

// around writes the children of a node between two tags. Beyond the limit of nesting the tags
// are left out: browsers have limits too.
func (w *writer) around(start string, n ast.Node, end string) {
	w.depth++
	if w.depth > maxNesting {
		if w.depth == maxNesting+1 {
			w.p.exceeded(n.Pos(), "limit-nesting", maxNesting)
		}
		w.inside(n)
	} else {
		w.open(start)
		w.inside(n)
		w.open(end)
	}
	w.depth--
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
		w.span(n)
	case *ast.Link:
		w.link(n)
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
	case *footnoteRef:
		if w.notedBy(n.PreviousSibling()) != n {
			w.footnoteRef(n)
		}
	case *headingID, *extast.TaskCheckBox:
	default:
		w.inlines(n.FirstChild())
	}
}

func (w *writer) span(n *span) {
	switch ref := w.notedBy(n); {
	case ref != nil:
		w.notedMark(n, ref)
	case n.kind == kindMark:
		w.around("<mark>", n, "</mark>")
	default:
		w.around("<del>", n, "</del>")
	}
}

// notedBy returns the reference to a note that follows a mark in a sample: the note speaks of
// the marked words.
func (w *writer) notedBy(n ast.Node) *footnoteRef {
	if w.doc.Meta.Kind != KindSample || !isKind(n, kindMark) {
		return nil
	}
	ref, _ := n.NextSibling().(*footnoteRef)
	return ref
}

// textNode writes text and the line break behind it.
func (w *writer) textNode(n *ast.Text) {
	raw := n.Segment.Value(w.src)
	if n.HardLineBreak() {
		raw = bytes.TrimRight(raw, " ")
	}
	if n.IsRaw() || bytes.IndexByte(raw, '\\') < 0 && bytes.IndexByte(raw, '&') < 0 {
		w.textBytes(raw)
	} else {
		w.text(unescape(raw))
	}
	switch {
	case n.HardLineBreak():
		w.open("<br>\n")
		w.plain.WriteByte(' ')
	case n.SoftLineBreak():
		before := raw
		if len(raw) == 0 {
			before = w.plain.Bytes()
		}
		if !joined(before, textAfter(n.NextSibling(), w.src)) {
			w.text("\n")
		}
	}
}

// textAfter is the text that a node begins with.
func textAfter(n ast.Node, src []byte) []byte {
	for n != nil {
		switch t := n.(type) {
		case *ast.Text:
			if value := t.Segment.Value(src); len(value) > 0 {
				return value
			}
			n = t.NextSibling()
		case *wiki:
			return []byte(t.label)
		case *field:
			return []byte("【")
		default:
			n = n.FirstChild()
		}
	}
	return nil
}
