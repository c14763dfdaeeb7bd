package site

import (
	"maps"
	"slices"
	"strings"

	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// graph is every link of the site seen at once: what is broken, and who links to whom.
type graph struct {
	problems  diag.List
	backlinks [][]*Page // by Page.Index
}

// newGraph resolves every link once.
func (s *Site) newGraph() *graph {
	g := &graph{backlinks: make([][]*Page, len(s.Pages))}
	linked := map[string]bool{}
	for _, p := range s.Pages {
		if p.Doc == nil {
			continue
		}
		for i := range p.Doc.Links {
			s.follow(g, p, &p.Doc.Links[i], linked)
		}
		for _, related := range p.Doc.Meta.Related {
			link := RelatedLink(p.Doc, related)
			s.follow(g, p, &link, linked)
		}
	}
	s.unlinkedFiles(g, linked)
	return g
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

func (s *Site) follow(g *graph, from *Page, link *document.Link, linked map[string]bool) {
	t := s.Resolve(from, link)
	switch {
	case t.Problem != "":
		if link.Target != "" || link.Fragment != "" { // an unsafe address was reported by its document
			g.problems = append(g.problems, linkProblem(from, link, t))
		}
	case t.File != "":
		linked[t.File] = true
	case t.Page != nil && t.Page != from:
		list := g.backlinks[t.Page.Index]
		if len(list) == 0 || list[len(list)-1] != from { // pages come in order: only the last can be the same
			g.backlinks[t.Page.Index] = append(list, from)
		}
	}
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
func (s *Site) unlinkedFiles(g *graph, linked map[string]bool) {
	for _, file := range slices.Sorted(maps.Keys(s.Files)) {
		if !linked[file] {
			g.problems.Add(diag.Pos{Path: file}, "file-unreachable", diag.Args{"name": file})
		}
	}
}

// Backlinks returns the pages that link to p, in reading order.
func (s *Site) Backlinks(p *Page) []*Page { return s.graph().backlinks[p.Index] }

// Related returns the pages that the front matter of p names, in its order, each once.
func (s *Site) Related(p *Page) []*Page {
	var pages []*Page
	for _, ref := range p.Meta().Related {
		link := RelatedLink(p.Doc, ref)
		t := s.Resolve(p, &link)
		if t.Page != nil && t.Page != p && !slices.Contains(pages, t.Page) {
			pages = append(pages, t.Page)
		}
	}
	return pages
}
