package site

import (
	"slices"
	"strings"

	"wenfang/internal/cjk"
	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// Term is one entry of the site's glossaries.
type Term struct {
	document.Term
	Page *Page
}

// Tag is a tag and the pages that bear it, in reading order.
type Tag struct {
	Name  string
	Out   string
	Pages []*Page
}

// Terms returns the terms of every glossary, in reading order.
func (s *Site) Terms() []Term { return s.terms() }

// Tags returns the tags by pinyin.
func (s *Site) Tags() []*Tag { return s.tags().list }

// TagNamed returns the tag that a page's front matter names, or nil.
func (s *Site) TagNamed(name string) *Tag { return s.tags().byOut[strings.ToLower(TagAddress(name))] }

// tagIndex holds the tags by pinyin and by address in lower case.
type tagIndex struct {
	list  []*Tag
	byOut map[string]*Tag
}

func (s *Site) newTerms() []Term {
	var terms []Term
	for _, p := range s.Pages {
		if p.Kind != document.KindGlossary || p.Doc == nil {
			continue
		}
		for _, t := range p.Doc.Terms {
			terms = append(terms, Term{Term: t, Page: p})
		}
	}
	return terms
}

// termProblems reports names that two entries claim.
func (s *Site) termProblems() diag.List {
	var problems diag.List
	seen := map[string]Term{}
	for _, term := range s.terms() {
		for _, name := range term.Names {
			if other, ok := seen[name]; ok && (other.ID != term.ID || other.Page != term.Page) {
				pos := diag.Pos{Path: term.Page.Doc.Path, Line: term.Line, Col: 1}
				problems.Add(pos, "term-twice", diag.Args{"term": name, "other": other.Page.Doc.Path})
				continue
			}
			seen[name] = term
		}
	}
	return problems
}

// newTags groups pages by tag. Tags whose names make one file name share a page.
func (s *Site) newTags() *tagIndex {
	index := &tagIndex{byOut: map[string]*Tag{}}
	for _, p := range s.Pages {
		for _, name := range p.Meta().Tags {
			out := TagAddress(name)
			tag := index.byOut[strings.ToLower(out)]
			if tag == nil {
				tag = &Tag{Name: name, Out: out}
				index.byOut[strings.ToLower(out)] = tag
				index.list = append(index.list, tag)
			}
			if n := len(tag.Pages); n == 0 || tag.Pages[n-1] != p {
				tag.Pages = append(tag.Pages, p)
			}
		}
	}
	keys := make(map[*Tag]string, len(index.list))
	for _, tag := range index.list {
		keys[tag] = cjk.SortKey(tag.Name)
	}
	slices.SortFunc(index.list, func(a, b *Tag) int { return strings.Compare(keys[a]+a.Out, keys[b]+b.Out) })
	return index
}
