package site

import "strings"

// Facet is one way to sort the templates of a site: by 文种, 行文方向 or 场景. Key is that of the
// front matter.
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

// Facets returns the facets that any template has, values in the order of their first template.
func (s *Site) Facets() []*Facet { return s.facets() }

func (s *Site) newFacets() []*Facet {
	genre, direction, scenes := &Facet{Key: "genre"}, &Facet{Key: "direction"}, &Facet{Key: "scenes"}
	known := map[string]*FacetValue{}
	for _, p := range s.Pages {
		if !p.IsTemplate() {
			continue
		}
		meta := p.Meta()
		genre.add(known, p, meta.Genre)
		direction.add(known, p, meta.Direction)
		for _, scene := range meta.Scenes {
			scenes.add(known, p, scene)
		}
	}
	var all []*Facet
	for _, f := range []*Facet{direction, scenes, genre} { // that of the most values last
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
