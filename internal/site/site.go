// Package site joins documents into a whole: addresses, order, navigation, links and
// backlinks, tags, terms. Every fact that needs two files is born here.
//
// The central types are Site and Page. A Site is immutable. New does only what every request
// needs, in one pass over facts that the documents already hold; what only some pages or a
// whole build need (resolved links, backlinks, tags, terms, problems) is computed when first
// asked for, so that the time from a save to the screen does not grow with the site.
//
// The package knows no disk, no HTML and no layouts.
package site

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// Site is the handbook as a whole.
type Site struct {
	Config *config.Config
	Home   *Page
	Pages  []*Page           // every page made from the content, in reading order, Home first
	Files  map[string]string // files to copy: path → path on disk

	byKey    map[string]*Page
	drafts   map[string]*document.Document // by key; only when drafts are left out
	problems diag.List                     // found while placing pages

	asked     atomic.Int32     // how often somebody asked for backlinks
	backlinks func() [][]*Page // by Page.Index
	faces     func() map[string]*Faces
	hints     func() *hints
	tags      func() *tagIndex
	facets    func() []*Facet
	terms     func() []Term
	titles    func() map[string][]*Page
}

// Page is one page of the site. Doc is nil for the page of a folder without one.
type Page struct {
	Doc      *document.Document
	Kind     document.Kind
	Title    string
	Key      string // see document.KeyOf
	Out      string // path of the output
	Folder   bool   // the page of a folder
	Index    int    // place in Site.Pages
	Parent   *Page  // nil for Home
	Children []*Page
	Prev     *Page // in reading order; nil at the ends and for Home
	Next     *Page

	rank document.Rank
}

// New builds a Site. Documents must be sorted by path; files maps the paths of files to copy
// to where they are on disk.
func New(cfg *config.Config, documents []*document.Document, files map[string]string) *Site {
	s := &Site{
		Config: cfg,
		Files:  files,
		byKey:  make(map[string]*Page, len(documents)+len(documents)/8+1),
		drafts: map[string]*document.Document{},
	}
	s.backlinks = sync.OnceValue(s.newBacklinks)
	s.faces = sync.OnceValue(s.newFaces)
	s.hints = sync.OnceValue(s.newHints)
	s.tags = sync.OnceValue(s.newTags)
	s.facets = sync.OnceValue(s.newFacets)
	s.terms = sync.OnceValue(s.newTerms)
	s.titles = sync.OnceValue(s.newTitles)
	s.place(documents)
	s.arrange()
	return s
}

// ByKey returns the page with a key, or nil.
func (s *Site) ByKey(key string) *Page { return s.byKey[key] }

// Drafts returns the documents that are left out as drafts, by path.
func (s *Site) Drafts() []*document.Document {
	return slices.SortedFunc(maps.Values(s.drafts), func(a, b *document.Document) int { return strings.Compare(a.Path, b.Path) })
}

// ByAddress returns the page whose output is at path, or nil.
func (s *Site) ByAddress(path string) *Page {
	key, ok := document.LinkKey("", "/"+path)
	if !ok {
		return nil
	}
	if p := s.byKey[key]; p != nil && p.Out == path {
		return p
	}
	return nil
}

// Problems returns everything wrong with the site as a whole: addresses, links, terms.
func (s *Site) Problems() diag.List {
	var all diag.List
	all = append(all, s.problems...)
	all = append(all, s.caseClashes()...)
	all = append(all, s.linkProblems()...)
	all = append(all, s.termProblems()...)
	all = append(all, s.ruleProblems()...)
	for _, p := range s.Pages {
		if p.Overdue(s.Config.Today) {
			all.Add(diag.Pos{Path: p.Doc.Path, Line: 1, Col: 1}, "page-overdue", diag.Args{"date": p.Doc.Meta.Review.String()})
		}
	}
	return all
}

// Title returns the name of the handbook.
func (s *Site) Title() string {
	if s.Config.Title != "" {
		return s.Config.Title
	}
	return s.Home.Title
}

// IsTemplate reports whether the page is a template.
func (p *Page) IsTemplate() bool { return p.Doc != nil && p.Kind == document.KindTemplate }

// Top returns the page of the top section that holds p, or p itself when it stands at the top.
func (p *Page) Top() *Page {
	for p.Parent != nil && p.Parent.Parent != nil {
		p = p.Parent
	}
	return p
}

// Meta returns the page's front matter; the zero Meta for a page without a document.
func (p *Page) Meta() *document.Meta {
	if p.Doc == nil {
		return &document.Meta{}
	}
	return &p.Doc.Meta
}

// Overdue reports whether the page should have been reviewed before today.
func (p *Page) Overdue(today document.Date) bool {
	review := p.Meta().Review
	return !review.IsZero() && !today.IsZero() && review.Before(today)
}
