package document

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"wenfang/internal/diag"
)

// noteTypes are the kinds of notes beside a sample.
var noteTypes = []string{"结构", "措辞", "依据", "格式", "易错"}

// note is a footnote of a sample taken apart: type · claim。reason.
type note struct {
	kind          string   // one of noteTypes, or ""
	claim, reason ast.Node // parts of its first paragraph; nil where there is none
}

// noteOf takes a footnote apart, once. One without a type keeps its text as it is.
func (w *writer) noteOf(f *footnote) *note {
	if f.note != nil {
		return f.note
	}
	f.note = &note{}
	first := f.FirstChild()
	if isKind(first, ast.KindParagraph, ast.KindTextBlock) {
		dot, found := separator(first, w.src, "·", "・", "•")
		if found && ast.Node(dot.node) == first.FirstChild() {
			kind := trim(string(w.src[dot.node.Segment.Start:dot.start]))
			if slices.Contains(noteTypes, kind) {
				f.note.kind = kind
				f.note.claim = cut(first, dot, dot.start, dot.stop)
				f.RemoveChild(f, first)
			}
		}
	}
	if f.note.kind == "" {
		w.p.reportAt(f.Pos(), "note-type", diag.Args{"near": strings.Join(noteTypes, "、")}, f.width)
		return f.note
	}
	if f.note.claim != nil {
		trimStart(f.note.claim, w.src)
		if stop, found := separator(f.note.claim, w.src, "。"); found {
			f.note.reason = cut(f.note.claim, stop, stop.stop, stop.stop)
			trimStart(f.note.reason, w.src)
		}
	}
	return f.note
}

// row writes a block of a sample with its notes beside it, each note at the first reference.
func (w *writer) row(n ast.Node) {
	notes := newNotesIn(n)
	if len(notes) == 0 {
		w.block(n)
		return
	}
	w.open(`<div class="row">`)
	w.block(n)
	w.open(`<div class="notes">` + "\n")
	for _, f := range notes {
		w.note(f)
	}
	w.open("</div></div>\n")
}

// newNotesIn returns the notes that a block is the first to refer to.
func newNotesIn(n ast.Node) []*footnote {
	var notes []*footnote
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if ref, ok := n.(*footnoteRef); ok && entering && ref.nth == 1 {
			notes = append(notes, ref.footnote)
		}
		return ast.WalkContinue, nil
	})
	return notes
}

// spareNotes writes the notes of a sample that stand beside no words of it: those that nothing
// refers to, and those whose first reference is in another note or after the document.
func (w *writer) spareNotes() {
	for _, f := range w.footnotes {
		if !f.written {
			w.open(`<div class="row"><div class="notes">` + "\n")
			w.note(f)
			w.open("</div></div>\n")
		}
	}
}

func (w *writer) note(f *footnote) {
	f.written = true
	n, number := w.noteOf(f), itoa(f.index)
	w.p.ids.take("note-" + number)
	w.open(`<aside class="note`)
	if n.kind != "" {
		w.open(` note-` + n.kind)
	}
	w.open(`" role="note" id="note-` + number + `"`)
	if n.kind != "" {
		w.open(` data-type="` + n.kind + `"`)
	}
	w.open(`><p class="note-head">`)
	if f.refs > 0 {
		w.open(`<a class="note-no" href="#ref-` + number + `">` + number + `</a>`)
	} else {
		w.open(`<span class="note-no">` + number + `</span>`)
	}
	if n.kind != "" {
		w.open(` <span class="note-type">` + n.kind + `</span>`)
		w.plain.WriteString(n.kind + " ")
	}
	if n.claim != nil {
		w.open(` <span class="note-claim">`)
		w.inlineBlock(n.claim)
		w.open("</span>")
	}
	w.open("</p>\n")
	if n.reason != nil {
		w.paragraph(n.reason)
	}
	w.endBlock()
	w.blocks(f)
	w.open("</aside>\n")
}

// notedMark writes ==words== with the number of the note that follows them.
func (w *writer) notedMark(mark *span, ref *footnoteRef) {
	w.open(`<mark class="noted"`)
	if kind := w.noteOf(ref.footnote).kind; kind != "" {
		w.open(` data-type="` + kind + `"`)
	}
	w.open(">")
	w.inside(mark)
	w.noteRef(ref)
	w.open("</mark>")
}

// noteRef writes the number of a note in the text of a sample.
func (w *writer) noteRef(ref *footnoteRef) {
	if w.dropped {
		return
	}
	number, id := itoa(ref.footnote.index), ""
	if ref.footnote.shown++; ref.footnote.shown == 1 {
		w.p.ids.take("ref-" + number)
		id = ` id="ref-` + number + `"`
	}
	w.open(`<a class="ref" href="#note-` + number + `"` + id + `>` + number + `</a>`)
}
