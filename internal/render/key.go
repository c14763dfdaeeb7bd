package render

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"wenfang/internal/document"
	"wenfang/internal/site"
)

// Key identifies everything that the HTML of a page is made of, but for the program itself: the
// page's own file, and the facts about the site that any page may show. Two renderings with one
// key have the same bytes, so a build can leave a file as an earlier one wrote it. There is no
// record of what a page really used: when a fact changes, all pages are rendered.
//
// Left out are the lengths of other pages, which change with every edit; Page says when a page
// shows them.
func (r *Renderer) Key(p *site.Page) [32]byte {
	facts := r.facts()
	h := sha256.New()
	h.Write(facts[:])
	fmt.Fprintf(h, "%q %t ", p.Out, p.Overdue(r.site.Config.Today))
	if p.Doc != nil {
		h.Write(p.Doc.Source.Hash[:])
	}
	return [32]byte(h.Sum(nil))
}

// RuleKey is the same of a page of the rules, which no file of the content stands for.
func (r *Renderer) RuleKey(out string) [32]byte {
	facts := r.facts()
	return sha256.Sum256(fmt.Appendf(facts[:], "%q", out))
}

// newFacts hashes what pages show of the site and of each other.
func (r *Renderer) newFacts() [32]byte {
	h := sha256.New()
	w := bufio.NewWriterSize(h, 1<<16)
	c := *r.site.Config
	c.Today = document.Date{}
	fmt.Fprintf(w, "%x %q %+v\n", r.theme.Hash(), r.build, c)
	writeFact(w, slices.Sorted(maps.Keys(r.site.Files))...)
	for _, p := range r.site.Pages {
		writeFact(w, p.Out, string(p.Kind), p.Title)
		if p.Doc != nil {
			writeDocumentFacts(w, p.Doc)
		}
	}
	for _, doc := range r.site.Drafts() {
		writeFact(w, "draft", doc.Path, doc.Title)
	}
	w.Flush()
	return [32]byte(h.Sum(nil))
}

// writeDocumentFacts writes what other pages may show of a document: its front matter, its
// summary, the places that links name, its terms, the rules that it names, and where it links to.
func writeDocumentFacts(w *bufio.Writer, d *document.Document) {
	writeFact(w, d.Path, d.Front, d.Summary)
	writeFact(w, d.Anchors...)
	for _, term := range d.Terms {
		writeFact(w, "term", term.ID, term.Definition)
		writeFact(w, term.Names...)
	}
	for _, i := range d.Outward {
		link := &d.Links[i]
		writeFact(w, "link", strconv.Itoa(int(link.Kind)), link.Target, link.Key, link.Fragment)
	}
	for _, ref := range d.Rules {
		writeFact(w, "rule", ref.ID, strconv.Itoa(int(ref.By)))
	}
}

// writeFact writes texts behind their number and lengths, so that no other texts look the same.
func writeFact(w *bufio.Writer, texts ...string) {
	var number [20]byte
	write := func(n int) {
		w.Write(strconv.AppendInt(number[:0], int64(n), 10))
		w.WriteByte(' ')
	}
	write(len(texts))
	for _, text := range texts {
		write(len(text))
		w.WriteString(text)
	}
}
