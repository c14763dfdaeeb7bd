package site

import (
	"maps"
	"slices"
	"strings"

	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// newBacklinks finds who links to whom. Every page asks for it as soon as anything was saved,
// so it looks at nothing but links that may lead from page to page.
func (s *Site) newBacklinks() [][]*Page {
	backlinks := make([][]*Page, len(s.Pages))
	for _, from := range s.Pages {
		if from.Doc == nil {
			continue
		}
		for _, i := range from.Doc.Outward {
			s.addBacklink(backlinks, from, &from.Doc.Links[i])
		}
		for _, related := range from.Doc.Meta.Related {
			link := RelatedLink(from.Doc, related)
			s.addBacklink(backlinks, from, &link)
		}
	}
	return backlinks
}

func (s *Site) addBacklink(backlinks [][]*Page, from *Page, link *document.Link) {
	t := s.Follow(from, link)
	if t.Problem != "" || t.Page == nil || t.Page == from {
		return
	}
	list := backlinks[t.Page.Index]
	if len(list) == 0 || list[len(list)-1] != from { // pages come in order: only the last can be the same
		backlinks[t.Page.Index] = append(list, from)
	}
}

// linkProblems resolves every link once and says which are broken, and which files nothing
// leads to.
func (s *Site) linkProblems() diag.List {
	var problems diag.List
	linked := map[string]bool{}
	s.eachLink(func(from *Page, link *document.Link) {
		t := s.Resolve(from, link)
		if t.File != "" {
			linked[t.File] = true
		}
		if t.Problem != "" && (link.Target != "" || link.Fragment != "") { // an unsafe address was reported by its document
			problems = append(problems, linkProblem(from, link, t))
		}
	})
	return append(problems, s.unlinkedFiles(linked)...)
}

// eachLink visits the links of every page and then what its front matter calls related, in
// reading order.
func (s *Site) eachLink(visit func(from *Page, link *document.Link)) {
	for _, p := range s.Pages {
		if p.Doc == nil {
			continue
		}
		for i := range p.Doc.Links {
			visit(p, &p.Doc.Links[i])
		}
		for _, related := range p.Doc.Meta.Related {
			link := RelatedLink(p.Doc, related)
			visit(p, &link)
		}
	}
}

// RelatedLink returns an entry of related: as the link that it is: a path if it looks like
// one, a title otherwise.
func RelatedLink(doc *document.Document, ref document.Reference) document.Link {
	link := document.Link{
		Target: ref.Target,
		Pos:    diag.Pos{Path: doc.Path, Line: ref.Line, Col: ref.Col},
		Width:  len([]rune(ref.Target)),
	}
	if !strings.ContainsAny(ref.Target, "./") {
		link.Kind = document.LinkWiki
		return link
	}
	link.Target, link.Fragment, _ = strings.Cut(ref.Target, "#")
	link.Key, _ = document.LinkKey(doc.Path, link.Target)
	return link
}

func linkProblem(from *Page, link *document.Link, t Target) diag.Diagnostic {
	target := link.Target
	switch {
	case link.Kind == document.LinkWiki:
		target = "[[" + target + "]]"
	case link.Kind == document.LinkRule:
		target = "[[rule:" + target + "]]"
	}
	d := diag.New(link.Pos, t.Problem, diag.Args{"target": target, "anchor": link.Fragment, "near": t.Near})
	d.Width = link.Width
	d.Excerpt = from.Doc.Source.Line(link.Pos.Line)
	return d
}

// unlinkedFiles names files beside the pages that no page leads to.
func (s *Site) unlinkedFiles(linked map[string]bool) diag.List {
	var problems diag.List
	for _, file := range slices.Sorted(maps.Keys(s.Files)) {
		if !linked[file] {
			problems.Add(diag.Pos{Path: file}, "file-unreachable", diag.Args{"name": file})
		}
	}
	return problems
}

// Backlinks returns the pages that link to p, in reading order.
func (s *Site) Backlinks(p *Page) []*Page { return s.backlinks()[p.Index] }

// Related returns the pages that the front matter of p names, in its order, each once.
func (s *Site) Related(p *Page) []*Page {
	var pages []*Page
	for _, ref := range p.Meta().Related {
		link := RelatedLink(p.Doc, ref)
		t := s.Follow(p, &link)
		if t.Page != nil && t.Page != p && !slices.Contains(pages, t.Page) {
			pages = append(pages, t.Page)
		}
	}
	return pages
}
