package render

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"wenfang/internal/site"
)

// window is how many siblings a navigation shows at each level.
const window = 50

// NavView is what partials/nav.html sees. It is executed once for all the pages of a section
// that share a window of siblings.
type NavView struct {
	v  *View
	Up []NavLink // the top of the tree; the open branch goes down from there
}

// T returns words of the catalogue.
func (n *NavView) T(key string, args ...any) string { return n.v.T(key, args...) }

// NavLink is one entry of the navigation. Key stands in the attribute data-nav, by which the
// current page is marked afterwards.
type NavLink struct {
	Title, URL, Key string
	Open            bool // the branch that holds the page
	Children        []NavLink
	More            int // siblings not shown
	MoreURL         string
}

// navKey says which pages share a navigation: those of one section in one window.
type navKey struct {
	section *site.Page
	window  int
	out     string // of pages outside the tree, whose links differ by folder
}

// navHTML is a rendered navigation, cut at the attributes data-nav: between piece i and
// piece i+1 stood the mark of the page with index pages[i].
type navHTML struct {
	pieces []string
	pages  []int
	err    error
}

// Nav is the navigation of the page's branch.
func (v *View) Nav() (template.HTML, error) {
	key := navKey{section: v.r.site.Home}
	switch {
	case v.page == nil:
		key.out = v.Root()
	case v.page.Folder:
		key.section = v.page
	default:
		key.section = v.page.Parent
		key.window = slices.Index(v.page.Parent.Children, v.page) / window
	}
	cached, ok := v.r.navs.Load(key)
	if !ok {
		cached, _ = v.r.navs.LoadOrStore(key, v.renderNav(key))
	}
	nav := cached.(*navHTML)
	if nav.err != nil {
		return "", nav.err
	}
	return html(nav.markCurrent(v.page)), nil
}

func (n *navHTML) markCurrent(current *site.Page) string {
	var b strings.Builder
	for i, piece := range n.pieces {
		b.WriteString(piece)
		if i < len(n.pages) && current != nil && n.pages[i] == current.Index {
			b.WriteString(` aria-current="page"`)
		}
	}
	return b.String()
}

func (v *View) renderNav(key navKey) *navHTML {
	var path []*site.Page // from the top section down to the open one
	for p := key.section; p.Parent != nil; p = p.Parent {
		path = append(path, p)
	}
	slices.Reverse(path)
	view := &NavView{v: v, Up: v.navLinks(v.r.site.Home, path, key)}
	text, err := v.r.partial("partials/nav.html", view)
	if err != nil {
		return &navHTML{err: err}
	}
	return cutNav(text)
}

// navLinks lists the children of a page: all of them, or the window that holds the way on.
func (v *View) navLinks(of *site.Page, path []*site.Page, key navKey) []NavLink {
	start := 0
	if len(path) > 0 {
		start = slices.Index(of.Children, path[0]) / window * window
	} else {
		start = key.window * window
	}
	end := min(start+window, len(of.Children))
	links := make([]NavLink, 0, end-start+1)
	for _, p := range of.Children[start:end] {
		link := NavLink{Title: p.Title, URL: v.URL(p.Out), Key: strconv.Itoa(p.Index)}
		if len(path) > 0 && p == path[0] {
			link.Open = true
			link.Children = v.navLinks(p, path[1:], key)
			if shown := len(link.Children); shown < len(p.Children) {
				link.More, link.MoreURL = len(p.Children)-shown, link.URL
			}
		}
		links = append(links, link)
	}
	return links
}

// cutNav takes the attributes data-nav out of the HTML.
func cutNav(text string) *navHTML {
	n := &navHTML{}
	const attr = ` data-nav="`
	for {
		before, rest, found := strings.Cut(text, attr)
		n.pieces = append(n.pieces, before)
		if !found {
			return n
		}
		key, after, _ := strings.Cut(rest, `"`)
		index, _ := strconv.Atoi(key)
		n.pages = append(n.pages, index)
		text = after
	}
}
