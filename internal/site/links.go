package site

import (
	"slices"
	"strings"

	"wenfang/internal/check"
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

// Resolve says where a link of a page leads, and what a broken one probably meant.
func (s *Site) Resolve(from *Page, link *document.Link) Target {
	t := s.Follow(from, link)
	if t.Problem != "" {
		s.guess(link, &t)
	}
	return t
}

// Follow says where a link of a page leads. It does not look for what a broken one meant,
// which takes facts of all pages: a page that was saved a moment ago cannot wait for them. A
// link that is wrong by letter case alone is simply broken.
func (s *Site) Follow(from *Page, link *document.Link) Target {
	switch {
	case link.External:
		return Target{External: true}
	case link.Kind == document.LinkWiki:
		return s.followTitle(link)
	case link.Kind == document.LinkRule:
		return followRule(link)
	case strings.HasPrefix(link.Target, "//"):
		return Target{Problem: "link-host"}
	case link.Key == document.OutsideKey:
		return Target{Problem: "link-outside"}
	}
	return s.followKey(from, link)
}

// followRule finds the page of a rule of writing.
func followRule(link *document.Link) Target {
	if path, ok := check.PageOf(link.Target); ok {
		return Target{File: path, Fragment: link.Target}
	}
	return Target{Problem: "link-broken"}
}

func (s *Site) followKey(from *Page, link *document.Link) Target {
	if link.Target == "" {
		return withFragment(from, link.Fragment)
	}
	if link.Kind != document.LinkImage {
		if page := s.byKey[link.Key]; page != nil {
			return withFragment(page, link.Fragment)
		}
	}
	if _, ok := s.Files[link.Key]; ok {
		return Target{File: link.Key, Fragment: link.Fragment}
	}
	if link.Kind == document.LinkImage {
		return Target{Problem: "image-missing"}
	}
	if doc := s.drafts[link.Key]; doc != nil {
		return Target{Problem: "link-draft", Near: doc.Path}
	}
	return Target{Problem: "link-broken"}
}

// withFragment checks that the page has the place that a link names.
func withFragment(page *Page, fragment string) Target {
	t := Target{Page: page, Fragment: fragment}
	if fragment == "" || fragment == "top" || strings.HasPrefix(fragment, ":~:") || strings.HasPrefix(fragment, "wf-") {
		return t
	}
	if page.Doc != nil {
		if _, ok := slices.BinarySearch(page.Doc.Anchors, fragment); ok {
			return t
		}
	}
	t.Problem = "link-anchor"
	return t
}

// followTitle finds the page, or the term, that [[题名]] names.
func (s *Site) followTitle(link *document.Link) Target {
	pages := s.titles()[link.Target]
	switch {
	case len(pages) == 1:
		return withFragment(pages[0], link.Fragment)
	case len(pages) > 1:
		return Target{Problem: "link-ambiguous", Near: pages[0].Source() + ", " + pages[1].Source()}
	}
	for _, term := range s.terms() {
		if slices.Contains(term.Names, link.Target) {
			return Target{Page: term.Page, Fragment: term.ID}
		}
	}
	return Target{Problem: "link-broken"}
}

// guess finds what a broken link probably meant.
func (s *Site) guess(link *document.Link, t *Target) {
	switch {
	case t.Problem == "link-anchor" && t.Page.Doc != nil:
		t.Near = diag.Nearest(link.Fragment, t.Page.Doc.Anchors)
	case t.Problem == "image-missing":
		t.Near = s.hints().file(link.Key)
	case t.Problem != "link-broken":
	case link.Kind == document.LinkRule:
		t.Near = nearRule(link.Target)
	case link.Kind == document.LinkWiki:
		t.Near = s.nearTitle(link.Target)
	default:
		near, sameButCase := s.hints().page(link.Key)
		t.Near = near
		if sameButCase {
			t.Problem = "link-case"
		}
	}
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
