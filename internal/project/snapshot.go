package project

import (
	"slices"
	"sync"

	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/site"
)

func (p *Project) snapshot() *Snapshot {
	s := &Snapshot{Config: p.config, Theme: p.theme}
	s.documents = make([]*loaded, len(p.order))
	documents := make([]*document.Document, len(p.order))
	for i, path := range p.order {
		s.documents[i] = p.docs[path]
		documents[i] = s.documents[i].doc
	}
	s.Site = site.New(p.config, documents, p.files)
	s.early = slices.Concat(p.confBad, p.themeBad, p.walked)
	if len(documents) == 0 {
		s.early.Add(diag.Pos{Path: p.contentRoot()}, "site-empty", nil)
	}
	s.problems = sync.OnceValue(s.allProblems)
	return s
}

// Problems returns everything wrong with the site, sorted, each with its source line. It is
// computed when first asked for: a page can be shown before all links of all pages are checked.
func (s *Snapshot) Problems() diag.List { return s.problems() }

func (s *Snapshot) allProblems() diag.List {
	var all diag.List
	all = append(all, s.early...)
	files := make(map[string]*document.Document, len(s.documents))
	for _, doc := range s.documents {
		all = append(all, doc.problems...)
		files[doc.doc.Path] = doc.doc
	}
	all = append(all, s.Site.Problems()...)
	for i := range all {
		if doc := files[all[i].Path]; doc != nil && all[i].Excerpt == "" && all[i].Line > 0 {
			all[i].Excerpt = doc.Source.Line(all[i].Line)
		}
	}
	return all.Sort()
}

// Len returns the number of documents, drafts included.
func (s *Snapshot) Len() int { return len(s.documents) }
