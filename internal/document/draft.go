package document

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Draft is the text of the document of a template or sample as data: what stands before the
// first thematic break, without notes and without form. The faces of a 公文 are drawn from it.
type Draft []DraftBlock

// The kinds of blocks of a Draft.
const (
	DraftParagraph = "p"
	DraftHeading   = "h"
	DraftHead      = "head"  // the first row of a table
	DraftRow       = "row"   // another row
	DraftSet       = "set"   // {{#字段}} alone: up to its end, for a field that is filled in
	DraftUnset     = "unset" // {{^字段}} alone
	DraftEnd       = "end"   // {{/字段}} alone
)

// DraftBlock is one block. Field names the field of DraftSet, DraftUnset and DraftEnd.
type DraftBlock struct {
	Kind  string       `json:"k"`
	Level int          `json:"l,omitempty"` // of a heading
	Field string       `json:"f,omitempty"`
	Runs  []DraftRun   `json:"r,omitempty"`
	Cells [][]DraftRun `json:"c,omitempty"` // of a row
}

// DraftRun is text, or a field: Kind is "" for {{字段}}, else DraftSet, DraftUnset or DraftEnd.
type DraftRun struct {
	Text  string `json:"t,omitempty"`
	Field string `json:"f,omitempty"`
	Kind  string `json:"k,omitempty"`
	Bold  bool   `json:"b,omitempty"`
}

// ListItem is the name that stands for the item at hand in a part of a list: {{.}}.
const ListItem = "."

// drafter reads a Draft from the tree.
type drafter struct {
	src   []byte
	out   Draft
	runs  []DraftRun
	bold  bool
	depth int
}

// draftOf reads the draft of a template or sample.
func draftOf(root ast.Node, src []byte) Draft {
	d := &drafter{src: src}
	for n := root.FirstChild(); n != nil && n.Kind() != ast.KindThematicBreak; n = n.NextSibling() {
		d.block(n)
	}
	return slices.Clip(d.out)
}

func (d *drafter) blocks(parent ast.Node) {
	if d.depth++; d.depth <= maxNesting {
		for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
			d.block(n)
		}
	}
	d.depth--
}

func (d *drafter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		d.add(DraftBlock{Kind: DraftHeading, Level: n.Level, Runs: d.inside(n)})
	case *ast.Paragraph, *ast.TextBlock:
		if f := loneField(n); f != nil {
			d.add(DraftBlock{Kind: signKind(f.sign), Field: f.name})
			return
		}
		d.paragraph(n, "")
	case *ast.List:
		d.list(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
		for line := range strings.Lines(linesOf(n, d.src)) {
			d.add(DraftBlock{Kind: DraftParagraph, Runs: []DraftRun{{Text: trim(stripControls(line))}}})
		}
	case *extast.Table:
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			d.row(row)
		}
	case *ast.LinkReferenceDefinition, *footnote:
	default:
		d.blocks(n)
	}
}

// paragraph adds a paragraph, each of its hard lines one of its own.
func (d *drafter) paragraph(n ast.Node, prefix string) {
	line := []DraftRun{{Text: prefix}}
	for _, run := range d.inside(n) {
		for i, text := range strings.Split(run.Text, "\n") {
			if i > 0 {
				d.add(DraftBlock{Kind: DraftParagraph, Runs: line})
				line = nil
			}
			part := run
			part.Text = text
			line = append(line, part)
		}
	}
	d.add(DraftBlock{Kind: DraftParagraph, Runs: line})
}

// list adds the items of a list as paragraphs, numbered as the standard numbers a third level.
func (d *drafter) list(n *ast.List) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		prefix := ""
		if n.IsOrdered() {
			prefix = itoa(number) + "."
			number++
		}
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if isKind(c, ast.KindParagraph, ast.KindTextBlock) && loneField(c) == nil {
				d.paragraph(c, prefix)
				prefix = ""
			} else {
				d.block(c)
			}
		}
	}
}

func (d *drafter) row(row ast.Node) {
	b := DraftBlock{Kind: DraftRow}
	if row.Kind() == extast.KindTableHeader {
		b.Kind = DraftHead
	}
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		b.Cells = append(b.Cells, d.inside(cell))
	}
	d.out = append(d.out, b)
}

// add appends a block; empty runs are left out, and a paragraph of none.
func (d *drafter) add(b DraftBlock) {
	b.Runs = slices.DeleteFunc(b.Runs, func(r DraftRun) bool { return r.Text == "" && r.Field == "" })
	if b.Field != "" || len(b.Runs) > 0 {
		d.out = append(d.out, b)
	}
}

// inside returns the inline children of a block as runs.
func (d *drafter) inside(n ast.Node) []DraftRun {
	d.runs = nil
	d.inlines(n.FirstChild())
	return d.runs
}

func (d *drafter) text(s string) {
	if last := len(d.runs) - 1; last >= 0 && d.runs[last].Field == "" && d.runs[last].Bold == d.bold {
		d.runs[last].Text += s
		return
	}
	d.runs = append(d.runs, DraftRun{Text: s, Bold: d.bold})
}

func (d *drafter) inlines(n ast.Node) {
	d.depth++
	for ; n != nil && d.depth <= maxNesting; n = n.NextSibling() {
		d.inline(n)
	}
	d.depth--
}

func (d *drafter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		d.textNode(n)
	case *ast.String:
		d.text(stripControls(string(n.Value)))
	case *ast.AutoLink:
		d.text(stripControls(string(n.Label(d.src))))
	case *ast.RawHTML:
		raw := segmentsOf(n.Segments, d.src)
		if _, _, ok := allowedTag(raw); !ok && !strings.HasPrefix(raw, "<!--") {
			d.text(stripControls(raw))
		}
	case *wiki:
		d.text(n.label)
	case *field:
		d.runs = append(d.runs, DraftRun{Field: n.name, Kind: signKind(n.sign), Bold: d.bold})
	case *footnoteRef, *headingID, *extast.TaskCheckBox:
	case *ast.Emphasis:
		before := d.bold
		d.bold = d.bold || n.Level >= 2
		d.inlines(n.FirstChild())
		d.bold = before
	default:
		d.inlines(n.FirstChild())
	}
}

func (d *drafter) textNode(n *ast.Text) {
	raw := n.Segment.Value(d.src)
	if n.IsRaw() {
		d.text(stripControls(string(raw)))
		return
	}
	if n.HardLineBreak() {
		raw = bytes.TrimRight(raw, " ")
	}
	d.text(unescape(raw))
	switch {
	case n.HardLineBreak():
		d.text("\n")
	case n.SoftLineBreak() && !joined(raw, textAfter(n.NextSibling(), d.src)):
		d.text(" ")
	}
}

func signKind(sign byte) string {
	return map[byte]string{'#': DraftSet, '^': DraftUnset, '/': DraftEnd}[sign]
}
