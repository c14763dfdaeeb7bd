package document

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// noteTypes are the kinds of notes beside a sample.
var noteTypes = []string{"结构", "措辞", "依据", "格式", "易错"}

// row writes a block of a sample with its notes beside it.
func (w *writer) row(n ast.Node) {
	notes := notesIn(n)
	if len(notes) == 0 {
		w.block(n)
		return
	}
	w.open(`<div class="row">`)
	w.block(n)
	w.open(`<div class="notes">` + "\n")
	for _, index := range notes {
		if note := w.notes[index]; note != nil {
			w.note(note)
		}
	}
	w.open("</div></div>\n")
}

// notesIn returns the notes that a block refers to, in order, each once.
func notesIn(n ast.Node) []int {
	var notes []int
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*extast.FootnoteLink); ok && entering && link.RefIndex == 0 && !slices.Contains(notes, link.Index) {
			notes = append(notes, link.Index)
		}
		return ast.WalkContinue, nil
	})
	return notes
}

// note writes a note: type · claim。reason.
func (w *writer) note(n *extast.Footnote) {
	number := itoa(n.Index)
	kind, claim := w.noteHead(n)
	class := "note"
	if kind != "" {
		class += " note-" + kind
	}
	w.open(`<aside class="` + class + `" role="note" id="note-` + number + `"`)
	if kind != "" {
		w.open(` data-type="` + kind + `"`)
	}
	w.open(`><p class="note-head"><a class="note-no" href="#ref-` + number + `">` + number + `</a>`)
	if kind != "" {
		w.open(` <span class="note-type">` + kind + `</span>`)
		w.plain.WriteString(kind + " ")
	}
	if claim > 0 {
		w.open(` <span class="note-claim">`)
		w.noteText(n, w.headEnd, claim)
		w.open("</span></p>\n<p>")
		w.noteText(n, claim, len(w.src))
		w.open("</p>\n")
	} else {
		w.open("</p>\n")
		w.block(n.FirstChild())
	}
	w.endBlock()
	for block := n.FirstChild().NextSibling(); block != nil; block = block.NextSibling() {
		w.block(block)
	}
	w.open("</aside>\n")
}

// noteText writes the part of a note's first paragraph that lies between two offsets.
func (w *writer) noteText(n *extast.Footnote, from, to int) {
	for c := n.FirstChild().FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			if c.Kind() != extast.KindFootnoteBacklink && c.Pos() >= from && c.Pos() < to {
				w.inline(c)
			}
			continue
		}
		start, stop := max(t.Segment.Start, from), min(t.Segment.Stop, to)
		if start >= stop {
			continue
		}
		part := ast.NewTextSegment(text.NewSegment(start, stop))
		part.SetSoftLineBreak(t.SoftLineBreak() && stop == t.Segment.Stop)
		w.textNode(part)
	}
}

// noteHead finds the type of a note and where, in the source, its claim ends. What belongs
// to the head is taken out of the text.
func (w *writer) noteHead(n *extast.Footnote) (kind string, claimEnd int) {
	para := n.FirstChild()
	if para == nil || para.Lines() == nil || para.Lines().Len() == 0 {
		return "", 0
	}
	start := para.Lines().At(0).Start
	line := para.Lines().At(0)
	first := string(line.Value(w.src))
	head, rest, found := strings.Cut(first, "·")
	kind = trim(head)
	if !found || !slices.Contains(noteTypes, kind) {
		w.p.report(w.p.pos(start), "note-type", diag.Args{"near": strings.Join(noteTypes, "、")}, 0)
		return "", 0
	}
	w.headEnd = start + len(head) + len("·")
	w.headEnd += len(rest) - len(strings.TrimLeft(rest, " "))
	if i := strings.Index(first[w.headEnd-start:], "。"); i >= 0 {
		return kind, w.headEnd + i + len("。")
	}
	return kind, start + len(strings.TrimRight(first, "\n"))
}

// footnoteLink writes the number of a note at the words it speaks of.
func (w *writer) footnoteLink(n *extast.FootnoteLink) {
	number := itoa(n.Index)
	if w.doc.Meta.Kind == KindSample {
		id := ""
		if n.RefIndex == 0 {
			id = ` id="ref-` + number + `"`
		}
		w.open(`<a class="ref" href="#note-` + number + `"` + id + `>` + number + `</a>`)
		return
	}
	id := "fnref-" + number
	if n.RefIndex > 0 {
		id += "-" + itoa(n.RefIndex+1)
	}
	w.open(`<sup class="fnref"><a href="#fn-` + number + `" id="` + id + `">` + number + `</a></sup>`)
}

// footnotes writes the notes at the end of a page.
func (w *writer) footnotes(list *extast.FootnoteList) {
	w.open(`<section class="footnotes"><p class="footnotes-title">` + Word("footnotes.title") + "</p>\n<ol>\n")
	for f := list.FirstChild(); f != nil; f = f.NextSibling() {
		number := itoa(f.(*extast.Footnote).Index)
		w.open(`<li id="fn-` + number + `">`)
		w.blocks(f)
		w.open(`<a class="fnback" href="#fnref-` + number + `">` + Word("footnotes.back") + "</a></li>\n")
	}
	w.open("</ol></section>\n")
}

// checkFootnotes reports notes without a reference, whose text no page would show, and
// references without a note. It reads the source as the parser does: by line.
func (p *parse) checkFootnotes(root ast.Node) {
	used := map[string]bool{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*extast.Footnote); ok && entering {
			used[string(f.Ref)] = true
		}
		return ast.WalkContinue, nil
	})
	code := p.codeLines(root)
	offset := 0
	for line := range bytes.Lines(p.src) {
		p.checkFootnoteLine(line, offset, used, code)
		offset += len(line)
	}
}

func (p *parse) checkFootnoteLine(line []byte, offset int, used map[string]bool, code []stretch) {
	for at := 0; ; {
		i := bytes.Index(line[at:], []byte("[^"))
		if i < 0 {
			return
		}
		at += i + 2
		end := bytes.IndexByte(line[at:], ']')
		if end <= 0 {
			return
		}
		ref := string(line[at : at+end])
		start := offset + at - 2
		definition := at == 2+len(line)-len(bytes.TrimLeft(line, " ")) && at+end+1 < len(line) && line[at+end+1] == ':'
		inCode := bytes.Count(line[:at], []byte("`"))%2 == 1 || covered(code, start)
		at += end
		switch {
		case used[ref] || inCode || strings.ContainsAny(ref, " []") || line[max(0, start-offset-1)] == '\\':
		case definition:
			p.report(p.pos(start), "footnote-unused", diag.Args{"ref": ref, "text": trim(string(line))}, len([]rune(ref))+3)
		default:
			p.report(p.pos(start), "footnote-missing", diag.Args{"ref": ref}, len([]rune(ref))+3)
		}
	}
}

// stretch is a part of the source.
type stretch struct{ start, stop int }

// codeLines returns the stretches of the source that are blocks of code or raw HTML.
func (p *parse) codeLines(root ast.Node) []stretch {
	var spans []stretch
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && isKind(n, ast.KindCodeBlock, ast.KindFencedCodeBlock, ast.KindHTMLBlock) && n.Lines().Len() > 0 {
			last := n.Lines().At(n.Lines().Len() - 1)
			spans = append(spans, stretch{n.Lines().At(0).Start, last.Stop})
		}
		return ast.WalkContinue, nil
	})
	slices.SortFunc(spans, func(a, b stretch) int { return a.start - b.start })
	return spans
}

func covered(spans []stretch, offset int) bool {
	i, found := slices.BinarySearchFunc(spans, offset, func(s stretch, offset int) int { return s.start - offset })
	return found || i > 0 && offset < spans[i-1].stop
}
