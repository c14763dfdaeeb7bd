// Package render makes the HTML of one page: it fills the holes of a document's body (links,
// code, terms, words) and executes the layout of the page's kind with a View.
//
// The central types are Renderer and View. A Renderer belongs to one snapshot and is safe for
// concurrent use. The package writes nothing into a site or a document, and knows neither
// files nor the difference between building and serving.
package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"

	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/site"
	"wenfang/internal/theme"
)

// Renderer renders the pages of one site with one theme.
type Renderer struct {
	site      *site.Site
	theme     *theme.Theme
	words     *diag.Words
	highlight *Highlighter
	build     string

	terms     func() *termMatcher
	recent    func() []*site.Page
	templates func() map[*site.Page]*site.Page
	navs      sync.Map // navKey → *navHTML
	shared    sync.Map // sharedKey → *sharedHTML
	updated   func() document.Date
	facts     func() [32]byte
}

// New returns a Renderer. build identifies the state of the search index that pages belong to.
func New(s *site.Site, t *theme.Theme, h *Highlighter, build string) *Renderer {
	r := &Renderer{site: s, theme: t, words: diag.WordsFor(s.Config.Language), highlight: h, build: build}
	r.terms = sync.OnceValue(func() *termMatcher { return newTermMatcher(s.Terms()) })
	r.recent = sync.OnceValue(r.newRecent)
	r.templates = sync.OnceValue(r.newTemplates)
	r.updated = sync.OnceValue(r.newestUpdate)
	r.facts = sync.OnceValue(r.newFacts)
	return r
}

// Page renders a page of the content. It reports whether Key covers everything that the page
// was made of.
func (r *Renderer) Page(w io.Writer, p *site.Page) (covered bool, err error) {
	v := &View{r: r, page: p, Kind: string(p.Kind), Title: p.Title, out: p.Out}
	err = r.execute(w, v)
	return err == nil && !v.listed, err
}

// Tag renders the page of a tag.
func (r *Renderer) Tag(w io.Writer, tag *site.Tag) error {
	return r.execute(w, &View{r: r, tag: tag, Kind: "tag", Title: tag.Name, out: tag.Out})
}

// Facet renders the page of a value of a facet: the templates that have it.
func (r *Renderer) Facet(w io.Writer, value *site.FacetValue) error {
	return r.execute(w, &View{r: r, facet: value, Kind: "facet", Title: r.facetTitle(value), out: value.Out})
}

// Tags renders the list of all tags.
func (r *Renderer) Tags(w io.Writer, out string) error {
	return r.execute(w, &View{r: r, Kind: "tags", Title: r.words.Text("tags.title"), out: out})
}

// Search renders the page of search results.
func (r *Renderer) Search(w io.Writer, out string) error {
	return r.execute(w, &View{r: r, Kind: "search", Title: r.words.Text("search.title"), out: out})
}

// Redirect renders the page at an old address that leads to its new one.
func (r *Renderer) Redirect(w io.Writer, out string, to *site.Page) error {
	return r.execute(w, &View{r: r, Kind: "redirect", Title: to.Title, out: out, target: to})
}

// NotFound renders the page for addresses that do not exist. A server may show it at any
// depth, so it carries its one style sheet inside, allowed by its hash.
func (r *Renderer) NotFound(w io.Writer, out string) error {
	const placeholder = "'style-hash'"
	v := &View{r: r, Kind: "404", Title: r.words.Text("notfound.title"), out: out, styleHash: placeholder}
	var page bytes.Buffer
	if err := r.execute(&page, v); err != nil {
		return err
	}
	_, style, _ := strings.Cut(page.String(), "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	_, err := io.WriteString(w, strings.Replace(page.String(), placeholder, hash, 1))
	return err
}

func (r *Renderer) execute(w io.Writer, v *View) error {
	layout := r.theme.Layout(v.Kind)
	if layout == nil {
		layout = r.theme.Layout(string(document.KindGuide))
	}
	if layout == nil {
		return fmt.Errorf("layouts/%s.html: no such layout", v.Kind)
	}
	return layout.ExecuteTemplate(w, "base", v)
}

func (r *Renderer) newestUpdate() document.Date {
	var newest document.Date
	for _, p := range r.site.Pages {
		if d := lastChange(p); newest.Before(d) {
			newest = d
		}
	}
	return newest
}

// lastChange is the date of a page's last change as its front matter tells it.
func lastChange(p *site.Page) document.Date {
	if m := p.Meta(); !m.Updated.IsZero() {
		return m.Updated
	} else {
		return m.Date
	}
}
