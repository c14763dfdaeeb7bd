package site

import (
	"maps"
	"slices"

	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// newBacklinks finds who links to whom.
func (s *Site) newBacklinks() [][]*Page {
	backlinks := make([][]*Page, len(s.Pages))
	for _, from := range s.Pages {
		s.eachOutward(from, func(to *Page) {
			list := backlinks[to.Index]
			if len(list) == 0 || list[len(list)-1] != from { // pages come in order: only the last can be the same
				backlinks[to.Index] = append(list, from)
			}
		})
	}
	return backlinks
}

// eachOutward visits the pages that a page's links and related: lead to.
func (s *Site) eachOutward(from *Page, visit func(to *Page)) {
	if from.Doc == nil {
		return
	}
	follow := func(link *document.Link) {
		if t := s.Follow(from, link); t.Problem == "" && t.Page != nil && t.Page != from {
			visit(t.Page)
		}
	}
	for _, i := range from.Doc.Outward {
		follow(&from.Doc.Links[i])
	}
	for _, related := range from.Doc.Meta.Related {
		link := from.Doc.RelatedLink(related)
		follow(&link)
	}
}

// Call is what a link of another page calls a page, or the place in it that Fragment names.
type Call struct{ Text, Fragment string }

// Called returns what links of other pages call each page, in reading order, by Page.Index. A link
// that says no more than the page's title is left out.
func (s *Site) Called() [][]Call {
	called := make([][]Call, len(s.Pages))
	for _, from := range s.Pages {
		if from.Doc == nil {
			continue
		}
		for _, i := range from.Doc.Outward {
			link := &from.Doc.Links[i]
			if t := s.Follow(from, link); t.Problem == "" && t.Page != nil && t.Page != from && link.Text != t.Page.Title {
				called[t.Page.Index] = append(called[t.Page.Index], Call{link.Text, t.Fragment})
			}
		}
	}
	return called
}

// Backlinks returns the pages that link to p, in reading order. The first few times it looks
// for those of p alone: a page that was saved a moment ago waits for it, and a preview shows
// few pages between two saves. Who goes on asking is building the whole site.
func (s *Site) Backlinks(p *Page) []*Page {
	const few = 16
	if s.asked.Add(1) > few {
		return s.backlinks()[p.Index]
	}
	return s.linkingTo(p)
}

// linkingTo finds the pages that link to one. Of most documents it sees only the hashes of what
// they name.
func (s *Site) linkingTo(p *Page) []*Page {
	names := []uint32{document.HashTarget(p.Key), document.HashTarget(p.Title)}
	if p.Doc != nil {
		for _, term := range p.Doc.Terms {
			for _, name := range term.Names {
				names = append(names, document.HashTarget(name))
			}
		}
	}
	isName := func(hash uint32) bool { return slices.Contains(names, hash) }
	var pages []*Page
	for _, from := range s.Pages {
		if from.Doc == nil || !slices.ContainsFunc(from.Doc.Targets, isName) {
			continue
		}
		links := false
		s.eachOutward(from, func(to *Page) { links = links || to == p })
		if links {
			pages = append(pages, from)
		}
	}
	return pages
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
			link := p.Doc.RelatedLink(related)
			visit(p, &link)
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
func (s *Site) unlinkedFiles(linked map[string]bool) diag.List {
	var problems diag.List
	for _, file := range slices.Sorted(maps.Keys(s.Files)) {
		if !linked[file] {
			problems.Add(diag.Pos{Path: file}, "file-unreachable", diag.Args{"name": file})
		}
	}
	return problems
}

// Related returns the pages that the front matter of p names, in its order, each once.
func (s *Site) Related(p *Page) []*Page {
	var pages []*Page
	for _, ref := range p.Meta().Related {
		link := p.Doc.RelatedLink(ref)
		t := s.Follow(p, &link)
		if t.Page != nil && t.Page != p && !slices.Contains(pages, t.Page) {
			pages = append(pages, t.Page)
		}
	}
	return pages
}
