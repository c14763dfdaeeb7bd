package render

import (
	"slices"
	"strings"

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
	Scenes    []string
	Tags      []Item
	Children  []Item
}

func (v *View) card(p *site.Page) Card {
	v.listed = true
	meta := p.Meta()
	return Card{
		Item: v.item(p), Han: hanOf(p), Minutes: minutes(p), Fields: len(meta.Fields),
		Genre: meta.Genre, Direction: meta.Direction, Scenes: meta.Scenes,
		Tags: v.tagsOf(p), Children: v.items(p.Children[:min(len(p.Children), manyChildren)]),
	}
}

// manyChildren is how many pages of a section a card names; its own page lists them all.
const manyChildren = 50

// Children returns the pages and sections directly below the page.
func (v *View) Children() []Card {
	if v.page == nil {
		return nil
	}
	cards := make([]Card, 0, len(v.page.Children))
	for _, p := range v.page.Children {
		cards = append(cards, v.card(p))
	}
	return cards
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
