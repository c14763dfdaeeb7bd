package site

import (
	"slices"
	"strings"
)

// Facet is one way to sort the templates of a site: by 文种, 行文方向 or 场景, whose Key is that of
// the front matter, or by 篇幅, whose values are Sizes.
type Facet struct {
	Key    string
	Values []*FacetValue
}

// FacetValue is one value of a facet and the templates that have it, in reading order. Its page
// stands at Out.
type FacetValue struct {
	Facet *Facet
	Name  string
	Out   string
	Pages []*Page
}

// KeySize is the key of 篇幅.
const KeySize = "size"

// Sizes are the names of the values of 篇幅, by the characters of a text filled in with its examples:
// up to 250, up to 400, and more.
var Sizes = []string{"short", "medium", "long"}

// SizeOf returns the size of a template.
func SizeOf(p *Page) string {
	switch n := p.Doc.TextLength(); {
	case n <= 250:
		return Sizes[0]
	case n <= 400:
		return Sizes[1]
	}
	return Sizes[2]
}

// Facets returns the facets that any template has, values in the order of their first template,
// sizes from the shortest.
func (s *Site) Facets() []*Facet { return s.facets() }

func (s *Site) newFacets() []*Facet {
	genre, direction, scenes := &Facet{Key: "genre"}, &Facet{Key: "direction"}, &Facet{Key: "scenes"}
	size := &Facet{Key: KeySize}
	known := map[string]*FacetValue{}
	for _, p := range s.Pages {
		if !p.IsTemplate() {
			continue
		}
		meta := p.Meta()
		genre.add(known, p, meta.Genre)
		direction.add(known, p, meta.Direction)
		size.add(known, p, SizeOf(p))
		for _, scene := range meta.Scenes {
			scenes.add(known, p, scene)
		}
	}
	slices.SortFunc(size.Values, func(a, b *FacetValue) int {
		return slices.Index(Sizes, a.Name) - slices.Index(Sizes, b.Name)
	})
	var all []*Facet
	for _, f := range []*Facet{direction, size, scenes, genre} { // that of the most values last
		if len(f.Values) > 0 {
			all = append(all, f)
		}
	}
	return all
}

// add notes that a page has a value. Values whose names make one file name share a page.
func (f *Facet) add(known map[string]*FacetValue, p *Page, name string) {
	if name == "" {
		return
	}
	out := "facets/" + f.Key + "/" + fileName(name) + ".html"
	v := known[strings.ToLower(out)]
	if v == nil {
		v = &FacetValue{Facet: f, Name: name, Out: out}
		known[strings.ToLower(out)] = v
		f.Values = append(f.Values, v)
	}
	if n := len(v.Pages); n == 0 || v.Pages[n-1] != p {
		v.Pages = append(v.Pages, p)
	}
}
