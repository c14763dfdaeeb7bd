package project

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/site"
	"wenfang/internal/theme"
)

// Snapshot is a site at one moment.
type Snapshot struct {
	Config *config.Config
	Theme  *theme.Theme
	Site   *site.Site

	prefix    string    // of the content root in the site's folder: "content/" or ""
	early     diag.List // of configuration and theme
	walked    diag.List // of the tree
	documents []*loaded
	problems  func() diag.List
}

func (p *Project) snapshot() *Snapshot {
	s := &Snapshot{Config: p.config, Theme: p.theme}
	s.documents = slices.Clone(p.order)
	documents := make([]*document.Document, len(p.order))
	for i, l := range p.order {
		documents[i] = l.doc
	}
	s.Site = site.New(p.config, documents, p.files)
	if p.contentRoot() != p.options.Dir {
		s.prefix = "content/"
	}
	s.early = slices.Concat(p.confBad, p.themeBad)
	s.walked = p.walked
	if len(documents) == 0 {
		s.early.Add(diag.Pos{Path: p.options.Dir}, "site-empty", nil)
	}
	s.problems = sync.OnceValue(s.allProblems)
	return s
}

// Problems returns everything wrong with the site, sorted, each with its source line. It is
// computed when first asked for: a page can be shown before all links of all pages are checked.
func (s *Snapshot) Problems() diag.List { return s.problems() }

func (s *Snapshot) allProblems() diag.List {
	all := slices.Clone(s.walked)
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
	return slices.Concat(s.InSite(all), s.early, s.Site.ConfigProblems()).Sort()
}

// InSite returns problems of the content with paths from the site's folder, as a keeper
// sees them.
func (s *Snapshot) InSite(l diag.List) diag.List {
	for i := range l {
		l[i].Path = s.SitePath(l[i].Path)
		if other, ok := l[i].Args["other"]; ok && strings.HasSuffix(other, ".md") {
			l[i].Args = maps.Clone(l[i].Args)
			l[i].Args["other"] = s.SitePath(other)
		}
	}
	return l
}

// SitePath returns a path below the content root as seen from the site's folder.
func (s *Snapshot) SitePath(path string) string { return s.prefix + path }

// Len returns the number of documents, drafts included.
func (s *Snapshot) Len() int { return len(s.documents) }
