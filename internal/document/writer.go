package document

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"wenfang/internal/cjk"
	"wenfang/internal/diag"
)

// writer walks the tree of a document once: it writes the Body and collects headings, links,
// code, terms and passages on the way.
type writer struct {
	p   *parse
	doc *Document
	src []byte

	out     strings.Builder
	prose   strings.Builder // text not yet written
	plain   strings.Builder // text of the passage
	section Passage

	bare       int      // >0: text is written escaped, not as prose (links, headings, terms)
	tags       []string // raw HTML tags that are open
	checklist  int      // >0: boxes can be ticked
	notes      map[int]*extast.Footnote
	firstH1    bool     // the h1 that gave the title was met
	sections   []*field // {{#…}} that are open
	inLink     bool
	headEnd    int      // of the note at hand: where its claim begins
	questionAt diag.Pos // where the question at hand stands
	at         diag.Pos // where an option of a question stands; zero for the file's own text
}

func newWriter(p *parse) *writer {
	return &writer{p: p, doc: p.doc, src: p.src, notes: map[int]*extast.Footnote{}}
}

// document writes the whole tree. In a template or sample the text before the first thematic
// break is the document itself, what follows is about it.
func (w *writer) document(root ast.Node) {
	var list *extast.FootnoteList
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if l, ok := n.(*extast.FootnoteList); ok {
			list = l
			for f := l.FirstChild(); f != nil; f = f.NextSibling() {
				w.notes[f.(*extast.Footnote).Index] = f.(*extast.Footnote)
			}
		}
	}
	sheet := w.doc.Meta.Kind == KindTemplate || w.doc.Meta.Kind == KindSample
	if sheet {
		w.open(`<div class="sheet-body">` + "\n")
	}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if sheet && n.Kind() == ast.KindThematicBreak {
			w.endSheet()
			sheet = false
			continue
		}
		switch {
		case n == ast.Node(list) && list != nil:
		case sheet && w.doc.Meta.Kind == KindSample:
			w.row(n)
		default:
			w.block(n)
		}
	}
	if sheet {
		w.endSheet()
	}
	if list != nil && w.doc.Meta.Kind != KindSample {
		w.footnotes(list)
	}
	w.endPassage()
	w.doc.Body = Body(w.out.String())
}

func (w *writer) endSheet() {
	w.open("</div>\n")
	w.doc.Sheet = Body(w.out.String())
	w.out.Reset()
}

// open writes HTML. Text that waits is written before it.
func (w *writer) open(tags string) {
	w.flush()
	w.out.WriteString(tags)
}

func (w *writer) flush() {
	if w.prose.Len() > 0 {
		w.out.WriteString(Prose(w.prose.String()))
		w.prose.Reset()
	}
}

// text writes text of the author.
func (w *writer) text(s string) {
	if s == "" {
		return
	}
	w.plain.WriteString(s)
	if w.bare > 0 {
		w.open(html.EscapeString(s))
	} else {
		w.prose.WriteString(s)
	}
}

// endBlock ends a block of text: words of two blocks never run together in a passage.
func (w *writer) endBlock() {
	if n := w.plain.Len(); n > 0 && w.plain.String()[n-1] != '\n' {
		w.plain.WriteByte('\n')
	}
}

// endPassage closes the passage at hand.
func (w *writer) endPassage() {
	w.section.Text = strings.TrimSpace(w.plain.String())
	w.plain.Reset()
	if w.section.Text == "" && w.section.Heading == "" {
		return
	}
	han, words := cjk.Count(w.section.Text)
	w.doc.Counts.Han += han
	w.doc.Counts.Words += words
	if w.doc.Summary == "" {
		first, _, _ := strings.Cut(w.section.Text, "\n")
		w.doc.Summary = summarize(first)
	}
	w.doc.Passages = append(w.doc.Passages, w.section)
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
		w.paragraph(n)
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
		w.code(Code{Text: linesOf(n, w.src), Start: 1, Line: w.p.pos(startOf(n)).Line})
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *container:
		w.container(n)
	case *extast.Table:
		w.table(n)
	case *extast.DefinitionList:
		w.definitions(n)
	default:
		w.blocks(n)
	}
}

func (w *writer) paragraph(n ast.Node) {
	w.open("<p>")
	w.inlineBlock(n)
	w.open("</p>\n")
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
		dropFirstLine(para, w.src)
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

func (w *writer) table(n *extast.Table) {
	w.open(`<div class="table" tabindex="0"><table>` + "\n")
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		head := row.Kind() == extast.KindTableHeader
		if head {
			w.open("<thead>\n")
		}
		w.open("<tr>")
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			w.cell(cell.(*extast.TableCell), head)
		}
		w.open("</tr>\n")
		w.endBlock()
		if head {
			w.open("</thead>\n<tbody>\n")
		}
	}
	w.open("</tbody>\n</table></div>\n")
}

func (w *writer) cell(cell *extast.TableCell, head bool) {
	tag, attrs := "td", ""
	if head {
		tag, attrs = "th", ` scope="col"`
	}
	switch cell.Alignment {
	case extast.AlignLeft:
		attrs += ` class="al-l"`
	case extast.AlignCenter:
		attrs += ` class="al-c"`
	case extast.AlignRight:
		attrs += ` class="al-r"`
	}
	w.open("<" + tag + attrs + ">")
	w.inlineBlock(cell)
	w.open("</" + tag + ">")
	w.plain.WriteByte(' ')
}

// definitions writes a definition list. In a glossary each entry is a term of the site, with
// an anchor and a passage of its own.
func (w *writer) definitions(n *extast.DefinitionList) {
	glossary := w.doc.Meta.Kind == KindGlossary
	if glossary {
		w.open(`<dl class="terms">` + "\n")
	} else {
		w.open("<dl>\n")
	}
	var term *Term
	var after = true // the last child was a definition: the next dt begins an entry
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if d, ok := child.(*extast.DefinitionTerm); ok {
			term = w.definitionTerm(d, glossary, after)
			after = false
			continue
		}
		after = true
		start := w.plain.Len()
		w.open("<dd>")
		w.blocks(child)
		w.open("</dd>\n")
		w.endBlock()
		if term != nil {
			term.Definition = summarize(term.Definition + w.plain.String()[min(start, w.plain.Len()):])
		}
	}
	w.open("</dl>\n")
}

// definitionTerm writes a term; first says that it begins an entry. It returns the entry of a
// glossary, nil elsewhere.
func (w *writer) definitionTerm(d *extast.DefinitionTerm, glossary, first bool) *Term {
	if !glossary {
		w.open("<dt>")
		w.inlineBlock(d)
		w.open("</dt>\n")
		w.endBlock()
		return nil
	}
	name := plainText(d, w.src)
	id := w.id(name)
	if first {
		w.doc.Terms = append(w.doc.Terms, Term{ID: id, Line: w.p.pos(startOf(d)).Line})
		w.startPassage(name, id, 3)
	}
	term := &w.doc.Terms[len(w.doc.Terms)-1]
	term.Names = append(term.Names, name)
	w.open(`<dt id="` + html.EscapeString(id) + `">`)
	w.bare++
	w.inlineBlock(d)
	w.bare--
	w.open("</dt>\n")
	w.endBlock()
	return term
}

// htmlBlock shows raw HTML as text and says so; comments are dropped without a word.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	raw := linesOf(n, w.src)
	if n.HasClosure() {
		raw += string(n.ClosureLine.Value(w.src))
	}
	inComment := false
	var shown strings.Builder
	for line := range strings.Lines(raw) {
		shown.WriteString(dropComments(line, &inComment))
	}
	text := strings.TrimRight(shown.String(), " \t\n")
	if trim(text) == "" {
		return
	}
	start := startOf(n)
	first, _, _ := strings.Cut(trim(text), "\n")
	w.p.report(w.p.pos(start), "html-shown", diag.Args{"html": summarize(first)}, utf8.RuneCountInString(first))
	w.plain.WriteString(text)
	w.open(`<pre class="raw">` + html.EscapeString(text) + "</pre>\n")
	w.endBlock()
}

// linesOf returns the source lines of a block.
func linesOf(n ast.Node, src []byte) string {
	var b strings.Builder
	lines := n.Lines()
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
