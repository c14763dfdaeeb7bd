package document

import (
	"bytes"
	"html"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"wenfang/internal/cjk"
)

// writer walks the tree of a document once: it writes the Body and collects headings, links,
// code, terms and passages on the way.
type writer struct {
	p   *parse
	doc *Document
	src []byte

	out     strings.Builder
	prose   bytes.Buffer // text not yet written
	plain   bytes.Buffer // text of the passage
	section Passage

	bare      int // >0: text is written escaped, not as prose (links, headings, terms)
	checklist int // >0: boxes can be ticked
	inTable   int // >0: a bar in code is escaped
	depth     int // of inline nodes in one another
	inLink    bool
	firstH1   bool // the h1 that gave the title was met
	dropped   bool // what is written is thrown away: the h1 that the layout shows

	opened    []opened          // tags and parts that wait for their end
	tagsShown map[string]int    // raw HTML shown as text, with the problem that says so
	footnotes []*footnote       // by number
	matched   map[ast.Node]bool // blocks whose children were looked through for parts
	parts     map[*field]bool   // lone ends of parts that have another end
	lists     []string          // parts of lists at hand
	attached  bool              // the attachments of the document are being written
}

func newWriter(p *parse) *writer {
	return &writer{
		p: p, doc: p.doc, src: p.src,
		tagsShown: map[string]int{}, matched: map[ast.Node]bool{}, parts: map[*field]bool{},
	}
}

// document writes the whole tree. In a template or sample the text before the first thematic
// break is the document itself, what follows is about it.
func (w *writer) document(root ast.Node) {
	w.out.Grow(len(w.src) + len(w.src)/4)
	w.takeFootnotes(root)
	n := root.FirstChild()
	if w.doc.Meta.Kind == KindTemplate || w.doc.Meta.Kind == KindSample {
		n = w.sheet(root)
	}
	for ; n != nil; n = n.NextSibling() {
		w.block(n)
	}
	w.endNotes()
	w.endPassage()
	w.doc.Body = w.finished()
}

// sheet writes the document itself, its text and its attachments, and returns the block after it.
func (w *writer) sheet(root ast.Node) ast.Node {
	w.matchOnce(root)
	w.open(`<div class="sheet-body">` + "\n")
	open := 0 // parts of fields
	n := root.FirstChild()
	for ; n != nil && n.Kind() != ast.KindThematicBreak; n = n.NextSibling() {
		if open == 0 && !w.attached && w.beginsAttachment(n) {
			w.endPiece(&w.doc.Sheet)
			w.attached = true
			w.open(`<div class="sheet-body attached">` + "\n")
		}
		if f := loneField(n); f != nil && w.parts[f] && f.sign != '/' {
			open++
		} else if f != nil && w.parts[f] {
			open--
		}
		if w.doc.Meta.Kind == KindSample {
			w.row(n)
		} else {
			w.block(n)
		}
	}
	w.endSheet()
	if n == nil {
		return nil
	}
	return n.NextSibling()
}

func (w *writer) endSheet() {
	if w.doc.Meta.Kind == KindSample {
		w.spareNotes()
	}
	if w.attached {
		w.attached = false
		w.endPiece(&w.doc.Attached)
	} else {
		w.endPiece(&w.doc.Sheet)
	}
}

// endPiece hands over what was written of the document.
func (w *writer) endPiece(to *Body) {
	w.open("</div>\n")
	*to = w.finished()
	w.out.Reset()
}

// beginsAttachment reports whether an attachment begins at a block: at its heading, or at the
// part of a field that begins with one.
func (w *writer) beginsAttachment(n ast.Node) bool {
	if f := loneField(n); f != nil && f.sign != '/' && w.parts[f] && n.NextSibling() != nil {
		n = n.NextSibling()
	}
	heading, ok := n.(*ast.Heading)
	return ok && strings.HasPrefix(trim(plainText(heading, w.src)), "附件")
}

// open writes HTML. Text that waits is written before it.
func (w *writer) open(tags string) {
	w.flush()
	w.out.WriteString(tags)
}

func (w *writer) flush() {
	if w.prose.Len() > 0 {
		w.out.WriteByte(proseStart)
		w.out.Write(w.prose.Bytes())
		w.out.WriteByte(proseEnd)
		w.prose.Reset()
	}
}

// text writes text of the author.
func (w *writer) text(s string) { w.textBytes([]byte(s)) }

func (w *writer) textBytes(s []byte) {
	start := w.plain.Len()
	w.plain.Write(s)
	for i, c := range w.plain.Bytes()[start:] {
		if c == '\n' {
			w.plain.Bytes()[start+i] = ' ' // a passage has one line for each block
		}
	}
	if w.bare > 0 {
		w.open(html.EscapeString(string(s)))
	} else {
		w.prose.Write(s)
	}
}

// endBlock ends a block of text: words of two blocks never run together in a passage.
func (w *writer) endBlock() {
	if n := w.plain.Len(); n > 0 && w.plain.Bytes()[n-1] != '\n' {
		w.plain.WriteByte('\n')
	}
}

// endPassage closes the passage at hand.
func (w *writer) endPassage() {
	w.section.Text = string(bytes.TrimSpace(w.plain.Bytes()))
	before := w.plain.Len() - len(bytes.TrimLeftFunc(w.plain.Bytes(), unicode.IsSpace))
	for i, link := range w.section.Links {
		w.section.Links[i] = Stretch{max(0, link.Start-before), min(len(w.section.Text), max(0, link.End-before))}
	}
	w.plain.Reset()
	if w.section.Text == "" && w.section.Heading == "" {
		return
	}
	w.count(w.section.Text)
	w.doc.Passages = append(w.doc.Passages, w.section)
}

func (w *writer) count(text string) {
	han, words := cjk.Count(text)
	w.doc.Counts.Han += han
	w.doc.Counts.Words += words
}

func (w *writer) startPassage(heading, anchor string, level int) {
	w.endPassage()
	w.section = Passage{Heading: heading, Anchor: anchor, Level: level}
}

func (w *writer) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

// wrap writes the blocks of a node between two tags.
func (w *writer) wrap(start string, parent ast.Node, end string) {
	w.open(start)
	w.blocks(parent)
	w.open(end)
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.Paragraph:
		if !w.part(n) {
			w.paragraph(n)
		}
	case *ast.TextBlock:
		w.inlineBlock(n)
		w.flush()
		w.endBlock()
		if n.NextSibling() != nil {
			w.open("\n")
		}
	case *ast.ThematicBreak:
		w.open("<hr>\n")
	case *ast.Blockquote:
		w.quote(n)
	case *ast.List:
		w.list(n)
	case *ast.FencedCodeBlock:
		w.fence(n)
	case *ast.CodeBlock:
		w.indentedCode(n)
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *container:
		w.container(n)
	case *extast.Table:
		w.table(n)
	case *extast.DefinitionList:
		w.definitions(n)
	case *ast.LinkReferenceDefinition, *footnote: // shown elsewhere
	default:
		w.blocks(n)
	}
}

func (w *writer) paragraph(n ast.Node) {
	w.open("<p>")
	before := w.plain.Len()
	w.inlineBlock(n)
	w.open("</p>\n")
	if w.doc.Summary == "" && isKind(n.Parent(), ast.KindDocument) {
		w.doc.Summary = summarize(string(w.plain.Bytes()[before:]))
	}
	w.endBlock()
}

// inlineBlock writes the inline children of a block.
func (w *writer) inlineBlock(n ast.Node) {
	box, ok := n.FirstChild().(*extast.TaskCheckBox)
	if !ok {
		w.scope(func() { w.inlines(n.FirstChild()) })
		return
	}
	w.open("<label>")
	w.checkBox(box)
	w.scope(func() { w.inlines(box.NextSibling()) })
	w.open("</label>")
}

func (w *writer) checkBox(box *extast.TaskCheckBox) {
	state := " disabled"
	if w.checklist > 0 {
		state = ""
	}
	if box.IsChecked {
		state += " checked"
	}
	w.open(`<input type="checkbox"` + state + `> `)
}

func (w *writer) quote(n *ast.Blockquote) {
	if kind, para := alertOf(n, w.src); kind != "" {
		w.open(`<div class="callout callout-` + kind + `" role="note"><p class="callout-title">` + Word("callout."+kind) + "</p>\n")
		dropFirstLine(para)
		if para.FirstChild() == nil {
			n.RemoveChild(n, para)
		}
		w.blocks(n)
		w.open("</div>\n")
		return
	}
	w.wrap("<blockquote>\n", n, "</blockquote>\n")
}

func (w *writer) list(n *ast.List) {
	tag, attrs := "ul", ""
	if n.IsOrdered() {
		tag = "ol"
		if n.Start != 1 {
			attrs = ` start="` + itoa(n.Start) + `"`
		}
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if isTask(item) {
			attrs += ` class="tasks"`
			break
		}
	}
	w.open("<" + tag + attrs + ">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if isTask(item) {
			w.open(`<li class="task">`)
		} else {
			w.open("<li>")
		}
		w.blocks(item)
		w.open("</li>\n")
	}
	w.open("</" + tag + ">\n")
}

func isTask(item ast.Node) bool {
	first := item.FirstChild()
	if first == nil {
		return false
	}
	_, ok := first.FirstChild().(*extast.TaskCheckBox)
	return ok
}

// finished returns what was written, in memory of its own size: a builder may hold twice that,
// and a site holds every body.
func (w *writer) finished() Body { return Body(strings.Clone(w.out.String())) }

// linesOf returns the source lines of a block.
func linesOf(n ast.Node, src []byte) string {
	lines := n.Lines()
	size := 0
	for i := range lines.Len() {
		line := lines.At(i)
		size += line.Len() + line.Padding
	}
	var b strings.Builder
	b.Grow(size)
	for i := range lines.Len() {
		line := lines.At(i)
		b.Write(line.Value(src))
	}
	return b.String()
}

// startOf returns the offset at which a block begins.
func startOf(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if n.Type() != ast.TypeInline && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
		if pos := n.Pos(); pos >= 0 {
			return pos
		}
	}
	return 0
}
