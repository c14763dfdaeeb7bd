package document

import (
	"html"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// definitions writes a definition list. In a glossary each entry is a term of the site, with
// an anchor and a passage of its own; several names before one definition are one term.
func (w *writer) definitions(n *extast.DefinitionList) {
	if w.doc.Meta.Kind != KindGlossary {
		w.open("<dl>\n")
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			w.entryPart(child)
		}
		w.open("</dl>\n")
		return
	}
	w.open(`<dl class="terms">` + "\n")
	term, named := -1, false
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		name, ok := child.(*extast.DefinitionTerm)
		if ok && !named {
			term = len(w.doc.Terms)
			w.doc.Terms = append(w.doc.Terms, Term{Line: w.p.pos(startOf(name)).Line})
		}
		if named = ok; ok {
			w.termName(name, term)
			continue
		}
		before := w.plain.Len()
		w.entryPart(child)
		if term >= 0 && before <= w.plain.Len() {
			t := &w.doc.Terms[term]
			t.Definition = summarize(t.Definition + " " + string(w.plain.Bytes()[before:]))
		}
	}
	w.open("</dl>\n")
	w.startPassage("", "", 0)
}

// entryPart writes a name or a definition.
func (w *writer) entryPart(n ast.Node) {
	if n.Kind() == extast.KindDefinitionTerm {
		w.open("<dt>")
		w.inlineBlock(n)
		w.open("</dt>\n")
	} else {
		w.open("<dd>")
		w.blocks(n)
		w.open("</dd>\n")
	}
	w.endBlock()
}

// termName writes a name of a glossary's term.
func (w *writer) termName(n *extast.DefinitionTerm, term int) {
	name := trim(plainText(n, w.src))
	id := w.id(name)
	t := &w.doc.Terms[term]
	if t.Names = append(t.Names, name); t.ID == "" {
		t.ID = id
		w.startPassage(name, id, 3)
		w.count(name)
	} else {
		w.plain.WriteString(name)
	}
	w.open(`<dt id="` + html.EscapeString(id) + `">`)
	w.bareBlock(n)
	w.open("</dt>\n")
	w.endBlock()
}
