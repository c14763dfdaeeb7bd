package render

import (
	"slices"
	"strings"

	"wenfang/internal/cjk"
	"wenfang/internal/document"
	"wenfang/internal/site"
)

// Card is a page in a list that shows more than its title.
type Card struct {
	Item
	Han       int
	Minutes   int
	Fields    int
	Genre     string
	Direction string
	Format    string // of the document of a template
	Size      string // 篇幅 of it, in words
	Sound     int    // its place among the cards by pinyin
	Sample    *Item  // a sample written with the template
	Scenes    []string
	Tags      []Item
	Children  []Item
}

func (v *View) card(p *site.Page) Card {
	v.listed = true
	meta := p.Meta()
	card := Card{
		Item: v.item(p), Han: hanOf(p), Minutes: minutes(p), Fields: len(meta.Fields),
		Genre: meta.Genre, Direction: meta.Direction, Scenes: meta.Scenes,
		Tags: v.tagsOf(p), Children: v.items(p.Children[:min(len(p.Children), manyChildren)]),
	}
	if p.IsTemplate() {
		card.Format = meta.DocumentFormat()
		card.Size = v.T(sizeWords[site.SizeOf(p)])
		card.Sample = v.relatedOf(p, document.KindSample)
	}
	return card
}

// Template returns the template that a sample is written with: the one that it names as related, else
// the first that names the sample, or nil.
func (v *View) Template() *Item {
	if item := v.relatedOf(v.page, document.KindTemplate); item != nil {
		return item
	}
	if p := v.r.templates()[v.page]; p != nil {
		item := v.item(p)
		return &item
	}
	return nil
}

// newTemplates maps samples to the first template that names them as related.
func (r *Renderer) newTemplates() map[*site.Page]*site.Page {
	of := map[*site.Page]*site.Page{}
	for _, p := range r.site.Pages {
		if !p.IsTemplate() {
			continue
		}
		for _, related := range r.site.Related(p) {
			if related.Kind == document.KindSample && of[related] == nil {
				of[related] = p
			}
		}
	}
	return of
}

// relatedOf returns the first page of a kind that a page names as related, or nil.
func (v *View) relatedOf(p *site.Page, kind document.Kind) *Item {
	for _, related := range v.r.site.Related(p) {
		if related.Kind == kind && related.Doc != nil {
			item := v.item(related)
			return &item
		}
	}
	return nil
}

// manyChildren is how many pages of a section a card names; its own page lists them all.
const manyChildren = 50

// Children returns the pages and sections directly below the page; on the page of a facet's
// value, the templates that have it.
func (v *View) Children() []Card {
	var children []*site.Page
	switch {
	case v.facet != nil:
		children = v.facet.Pages
	case v.page != nil:
		children = v.page.Children
	}
	cards := make([]Card, 0, len(children))
	for _, p := range children {
		cards = append(cards, v.card(p))
	}
	if slices.ContainsFunc(children, (*site.Page).IsTemplate) {
		for sound, i := range bySound(children) {
			cards[i].Sound = sound
		}
	}
	return cards
}

// bySound returns the places of pages in the order of their titles by pinyin.
func bySound(pages []*site.Page) []int {
	places, keys := make([]int, len(pages)), make([]string, len(pages))
	for i, p := range pages {
		places[i], keys[i] = i, cjk.SortKey(p.Title)
	}
	slices.SortStableFunc(places, func(a, b int) int { return strings.Compare(keys[a], keys[b]) })
	return places
}

// FacetView is a way to sort templates, as a list of links to the pages of its values.
type FacetView struct {
	Key    string
	Label  string
	Values []Item
}

// Facets returns the ways to sort templates, on a page that lists them, else nil.
func (v *View) Facets() []FacetView {
	if v.facet == nil && (v.page == nil || !slices.ContainsFunc(v.page.Children, (*site.Page).IsTemplate)) {
		return nil
	}
	var views []FacetView
	for _, f := range v.r.site.Facets() {
		view := FacetView{Key: f.Key, Label: v.T("facet." + f.Key)}
		for _, value := range f.Values {
			view.Values = append(view.Values, Item{Title: v.r.facetTitle(value), URL: v.URL(value.Out), Kind: "facet", Count: len(value.Pages), Current: value == v.facet})
		}
		views = append(views, view)
	}
	return views
}

// sizeWords are the keys of the words for site.Sizes.
var sizeWords = map[string]string{"short": "facet.size.short", "medium": "facet.size.medium", "long": "facet.size.long"}

// facetTitle returns the name of a value of a facet as readers see it.
func (r *Renderer) facetTitle(value *site.FacetValue) string {
	if value.Facet.Key == site.KeySize {
		return r.words.Text(sizeWords[value.Name])
	}
	return value.Name
}

// Sections returns the top sections with their pages.
func (v *View) Sections() []Card {
	var cards []Card
	for _, p := range v.r.site.Home.Children {
		if p.Folder {
			cards = append(cards, v.card(p))
		}
	}
	return cards
}

// Recent returns the n pages changed last, newest first.
func (v *View) Recent(n int) []Item {
	recent := v.r.recent()
	return v.items(recent[:min(n, len(recent))])
}

// newRecent orders the dated pages by their last change; pages of one day stay in reading order.
func (r *Renderer) newRecent() []*site.Page {
	dates := map[*site.Page]string{}
	var pages []*site.Page
	for _, p := range r.site.Pages {
		if d := lastChange(p); !d.IsZero() && p != r.site.Home {
			dates[p] = d.String()
			pages = append(pages, p)
		}
	}
	slices.SortStableFunc(pages, func(a, b *site.Page) int { return strings.Compare(dates[b], dates[a]) })
	return pages
}

// TagGroups returns, on the list of tags, every tag with its first pages; on the page of a
// tag, its pages by kind.
func (v *View) TagGroups() []Card {
	if v.tag != nil {
		return v.byKind(v.tag.Pages)
	}
	var cards []Card
	for _, tag := range v.r.site.Tags() {
		const most = 5
		cards = append(cards, Card{
			Item:     Item{Title: tag.Name, URL: v.URL(tag.Out), Kind: "tag", Count: len(tag.Pages)},
			Children: v.items(tag.Pages[:min(most, len(tag.Pages))]),
		})
	}
	return cards
}

func (v *View) byKind(pages []*site.Page) []Card {
	var cards []Card
	for _, kind := range document.Kinds {
		var list []Item
		for _, p := range pages {
			if p.Kind == kind {
				list = append(list, v.item(p))
			}
		}
		if len(list) > 0 {
			cards = append(cards, Card{Item: Item{Title: v.T("kind." + string(kind)), Kind: string(kind), Count: len(list)}, Children: list})
		}
	}
	return cards
}
