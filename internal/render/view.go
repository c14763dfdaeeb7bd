package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/cjk"
	"wenfang/internal/document"
	"wenfang/internal/site"
)

// View is all that a layout may see: "." in every layout is a *View. It is made for one page
// and used once. Methods that cost something compute when called, so a layout pays only for
// what it shows. A new method needs its line in the list that the tests keep.
type View struct {
	Kind  string // chooses the layout; see document.Kind
	Title string

	r         *Renderer
	out       string
	page      *site.Page // nil for pages that the site makes itself
	tag       *site.Tag
	facet     *site.FacetValue
	target    *site.Page
	group     *check.Group // of rules, on its page
	styleHash string
	listed    bool // the page shows cards of other pages, which tell their lengths
}

// Item is a link to a page with what is worth saying of it in a list.
type Item struct {
	Title       string
	URL         string
	Kind        string
	Description string
	Date        DateView
	Current     bool // the page itself
	Inside      bool // the page stands somewhere below the item
	Count       int  // pages of a tag
}

// DateView is a date for machines and for readers.
type DateView struct{ ISO, Text string }

// IsZero reports whether there is no date.
func (d DateView) IsZero() bool { return d.ISO == "" }

// policy forbids everything that a page of plain files does not need: other hosts, inline
// scripts and styles, connections, frames.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'self'"

// Lang is the language of the site's own words.
func (v *View) Lang() string { return v.r.words.Lang }

// T returns words of the catalogue; args are names and values: T "count" "n" 3.
func (v *View) T(key string, args ...any) string { return v.r.words.Text(key, args...) }

// SiteTitle is the name of the handbook.
func (v *View) SiteTitle() string {
	return cmp.Or(v.r.site.Title(), v.T("site.untitled"))
}

// SiteDescription is the handbook in one sentence.
func (v *View) SiteDescription() string { return v.r.site.Config.Description }

// SiteOwner is the department that keeps the handbook.
func (v *View) SiteOwner() string { return v.r.site.Config.Owner }

// SiteUpdated is the newest date of any page.
func (v *View) SiteUpdated() DateView { return v.date(v.r.updated()) }

// Version is the version of the program.
func (v *View) Version() string { return v.r.site.Config.Version }

// SiteID tells this site's data in the browser's storage from another's.
func (v *View) SiteID() string { return v.r.site.Config.ID }

// Build identifies the search index that the page belongs to.
func (v *View) Build() string { return v.r.build }

// FullTitle names page, section and handbook, as browsers' tabs and bookmarks show it.
func (v *View) FullTitle() string {
	parts := []string{v.Title}
	if v.page != nil {
		if top := v.page.Top(); top != v.page && top.Title != v.Title {
			parts = append(parts, top.Title)
		}
	}
	if name := v.SiteTitle(); name != v.Title {
		parts = append(parts, name)
	}
	return strings.Join(parts, " - ")
}

// Description is the page in one sentence: front matter, else its first paragraph.
func (v *View) Description() string {
	if v.page == nil {
		return ""
	}
	return describe(v.page)
}

func describe(p *site.Page) string {
	if d := p.Meta().Description; d != "" || p.Doc == nil {
		return d
	}
	return p.Doc.Summary
}

// Root is the relative way from the page to the root of the site: "", "../" …
func (v *View) Root() string { return site.Root(v.out) }

// URL returns the relative address of a path below the root of the site.
func (v *View) URL(path string) string { return site.Relative(v.out, path) }

// Asset returns the relative address of an asset such as "site.css".
func (v *View) Asset(name string) string {
	if a := v.r.theme.Asset(name); a != nil {
		return site.Relative(v.out, a.Path)
	}
	return ""
}

// AssetPath returns the address of an asset relative to the root of the site.
func (v *View) AssetPath(name string) string {
	if a := v.r.theme.Asset(name); a != nil {
		return site.Escape(a.Path)
	}
	return ""
}

// Policy is the meta element with the content security policy of the page.
func (v *View) Policy() template.HTML {
	content := policy
	if v.styleHash != "" {
		content = strings.Replace(policy, "style-src 'self'", "style-src "+v.styleHash, 1)
	}
	return html(`<meta http-equiv="Content-Security-Policy" content="` + content + `">`)
}

// Canonical is the absolute address of the page where base_url is set, else "".
func (v *View) Canonical() string {
	if v.r.site.Config.BaseURL == "" {
		return ""
	}
	out := strings.TrimSuffix(v.out, "index.html")
	return v.r.site.Config.BaseURL + site.Escape(out)
}

// Absolute returns the absolute address of a path below the root where base_url is set; it is
// for the page that a server shows at any depth.
func (v *View) Absolute(path string) string { return v.r.site.Config.BaseURL + site.Escape(path) }

// FeedURL is the address of the Atom feed where there is one, else "".
func (v *View) FeedURL() string {
	if v.r.site.Config.BaseURL == "" {
		return ""
	}
	return v.URL("atom.xml")
}

// MarkdownURL is the address of the page's Markdown, "" for a page without a file.
func (v *View) MarkdownURL() string {
	if v.page == nil || v.page.Doc == nil {
		return ""
	}
	return v.URL(MarkdownPath(v.page))
}

// MarkdownPath is the path of the output that holds a page's Markdown.
func MarkdownPath(p *site.Page) string { return strings.TrimSuffix(p.Out, ".html") + ".md" }

// WordPath is the path of the document of a template or sample as a Word file.
func WordPath(p *site.Page) string { return strings.TrimSuffix(p.Out, ".html") + ".docx" }

// Menu returns the entries of the header: those of the configuration, else the top sections.
func (v *View) Menu() []Item {
	pages := v.r.site.Home.Children
	if menu := v.r.site.Config.Menu; len(menu) > 0 {
		pages = nil
		for _, entry := range menu {
			key, _ := document.LinkKey("", entry)
			if p := v.r.site.ByKey(key); p != nil {
				pages = append(pages, p)
			}
		}
	}
	const most = 8 // more do not fit; the navigation and the home page hold them all
	items := make([]Item, 0, most)
	for _, p := range pages[:min(len(pages), most)] {
		items = append(items, v.item(p))
	}
	return items
}

// Breadcrumbs returns the way from Home to the page's parent.
func (v *View) Breadcrumbs() []Item {
	var items []Item
	if v.page == nil {
		if v.Kind == "tag" {
			return []Item{v.item(v.r.site.Home), {Title: v.T("tags.title"), URL: v.URL("tags/index.html")}}
		}
		if v.facet != nil {
			return []Item{v.item(v.r.site.Home), v.item(v.facet.Pages[0].Parent)}
		}
		return []Item{v.item(v.r.site.Home)}
	}
	for p := v.page.Parent; p != nil; p = p.Parent {
		items = append(items, v.item(p))
	}
	slices.Reverse(items)
	return items
}

// Prev is the page before in reading order, or nil.
func (v *View) Prev() *Item { return v.neighbour(func(p *site.Page) *site.Page { return p.Prev }) }

// Next is the page after in reading order, or nil.
func (v *View) Next() *Item { return v.neighbour(func(p *site.Page) *site.Page { return p.Next }) }

func (v *View) neighbour(of func(*site.Page) *site.Page) *Item {
	if v.page == nil || of(v.page) == nil {
		return nil
	}
	item := v.item(of(v.page))
	return &item
}

// Related returns the pages to read next, as the front matter names them.
func (v *View) Related() []Item {
	if v.page == nil {
		return nil
	}
	return v.items(v.r.site.Related(v.page))
}

// Backlinks returns the pages that link to this one.
func (v *View) Backlinks() []Item {
	if v.page == nil {
		return nil
	}
	return v.items(v.r.site.Backlinks(v.page))
}

// Tags returns the page's tags.
func (v *View) Tags() []Item { return v.tagsOf(v.page) }

func (v *View) tagsOf(p *site.Page) []Item {
	if p == nil {
		return nil
	}
	var items []Item
	for _, name := range p.Meta().Tags {
		if tag := v.r.site.TagNamed(name); tag != nil {
			items = append(items, Item{Title: name, URL: v.URL(tag.Out), Kind: "tag", Count: len(tag.Pages)})
		}
	}
	return items
}

// Target is where a redirect leads.
func (v *View) Target() Item {
	if v.target == nil {
		return Item{}
	}
	return v.item(v.target)
}

// item describes a page as seen from the view's page.
func (v *View) item(p *site.Page) Item {
	item := Item{
		Title:       cmp.Or(p.Title, v.SiteTitle()),
		URL:         v.URL(p.Out),
		Kind:        string(p.Kind),
		Description: describe(p),
		Date:        v.date(lastChange(p)),
		Current:     p == v.page,
	}
	for above := v.page; above != nil; above = above.Parent {
		item.Inside = item.Inside || above == p && p.Parent != nil
	}
	return item
}

func (v *View) items(pages []*site.Page) []Item {
	items := make([]Item, 0, len(pages))
	for _, p := range pages {
		items = append(items, v.item(p))
	}
	return items
}

func (v *View) date(d document.Date) DateView {
	if d.IsZero() {
		return DateView{}
	}
	return DateView{ISO: d.String(), Text: v.T("date.format", "y", d.Year, "m", d.Month, "d", d.Day, "iso", d.String())}
}

// Letters returns the parts of a glossary: its headings of level 2.
func (v *View) Letters() []Item {
	if v.page == nil || v.page.Doc == nil {
		return nil
	}
	var items []Item
	for _, h := range v.page.Doc.Headings {
		if h.Level == 2 {
			items = append(items, Item{Title: h.Text, URL: "#" + h.ID})
		}
	}
	return items
}

// IndexGroup is the pages of one letter in the index by pinyin.
type IndexGroup struct {
	Letter string
	Items  []Item
}

// Index returns every page by pinyin, for readers without script. A handbook of many
// thousand pages lists its sections instead, whose pages lead on.
func (v *View) Index() []IndexGroup {
	const most = 3000
	pages := v.r.site.Pages
	if len(pages) > most {
		pages = slices.DeleteFunc(slices.Clone(pages), func(p *site.Page) bool { return !p.Folder })
	}
	byLetter := map[string][]*site.Page{}
	for _, p := range pages {
		letter := cjk.Initial(p.Title)
		byLetter[letter] = append(byLetter[letter], p)
	}
	var groups []IndexGroup
	for letter, list := range byLetter {
		slices.SortStableFunc(list, func(a, b *site.Page) int {
			return strings.Compare(cjk.SortKey(a.Title), cjk.SortKey(b.Title))
		})
		groups = append(groups, IndexGroup{Letter: letter, Items: v.items(list)})
	}
	slices.SortFunc(groups, func(a, b IndexGroup) int { return strings.Compare(a.Letter, b.Letter) })
	return groups
}

// html marks text as finished HTML: only what render itself has escaped.
func html(s string) template.HTML { return template.HTML(s) }
