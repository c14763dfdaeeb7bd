package site

import (
	"slices"
	"strings"

	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// Target is where a link leads. Exactly one of Page, File and External is set for a good
// link; Problem is the id of what is wrong with any other.
type Target struct {
	Page     *Page
	File     string // path of a copied file
	External bool
	Fragment string
	Problem  string // diagnostic id, or ""
	Near     string // what was probably meant
}

// Resolve says where a link of a page leads.
func (s *Site) Resolve(from *Page, link *document.Link) Target {
	switch {
	case link.External:
		return Target{External: true}
	case link.Kind == document.LinkWiki:
		return s.resolveTitle(link)
	case link.Kind == document.LinkRule:
		return Target{Problem: "link-broken"}
	case strings.HasPrefix(link.Target, "//"):
		return Target{Problem: "link-host"}
	case link.Key == document.OutsideKey:
		return Target{Problem: "link-outside"}
	}
	return s.resolveKey(from, link)
}

func (s *Site) resolveKey(from *Page, link *document.Link) Target {
	if link.Target == "" {
		return s.withFragment(from, link.Fragment)
	}
	if link.Kind != document.LinkImage {
		if page := s.byKey[link.Key]; page != nil {
			return s.withFragment(page, link.Fragment)
		}
	}
	if _, ok := s.Files[link.Key]; ok {
		return Target{File: link.Key, Fragment: link.Fragment}
	}
	return s.missing(link)
}

// withFragment checks that the page has the place that a link names.
func (s *Site) withFragment(page *Page, fragment string) Target {
	t := Target{Page: page, Fragment: fragment}
	if fragment == "" || fragment == "top" || strings.HasPrefix(fragment, ":~:") || strings.HasPrefix(fragment, "wf-") {
		return t
	}
	if page.Doc != nil {
		if _, ok := slices.BinarySearch(page.Doc.Anchors, fragment); ok {
			return t
		}
		t.Near = diag.Nearest(fragment, page.Doc.Anchors)
	}
	t.Problem = "link-anchor"
	return t
}

// missing says why a link leads nowhere.
func (s *Site) missing(link *document.Link) Target {
	if link.Kind == document.LinkImage {
		return Target{Problem: "image-missing", Near: s.hints().file(link.Key)}
	}
	if doc := s.drafts[link.Key]; doc != nil {
		return Target{Problem: "link-draft", Near: doc.Path}
	}
	near, sameButCase := s.hints().page(link.Key)
	if sameButCase {
		return Target{Problem: "link-case", Near: near}
	}
	return Target{Problem: "link-broken", Near: near}
}

// resolveTitle finds the page, or the term, that [[题名]] names.
func (s *Site) resolveTitle(link *document.Link) Target {
	pages := s.titles()[link.Target]
	switch {
	case len(pages) == 1:
		return s.withFragment(pages[0], link.Fragment)
	case len(pages) > 1:
		return Target{Problem: "link-ambiguous", Near: pages[0].Source() + ", " + pages[1].Source()}
	}
	for _, term := range s.terms() {
		if slices.Contains(term.Names, link.Target) {
			return Target{Page: term.Page, Fragment: term.ID}
		}
	}
	return Target{Problem: "link-broken", Near: s.nearTitle(link.Target)}
}

// nearTitle looks for a title like the one written. A site of thousands of dead wiki links
// would compare every pair, so beyond a few thousand titles no guess is made.
func (s *Site) nearTitle(title string) string {
	const most = 5000
	if titles := s.hints().titles; len(titles) <= most {
		return diag.Nearest(title, titles)
	}
	return ""
}

func (s *Site) newTitles() map[string][]*Page {
	titles := make(map[string][]*Page, len(s.Pages))
	for _, p := range s.Pages {
		if p.Doc != nil {
			titles[p.Title] = append(titles[p.Title], p)
		}
	}
	return titles
}
