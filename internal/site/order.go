package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// place gives every document its page and address, and every folder a page.
func (s *Site) place(documents []*document.Document) {
	block := make([]Page, len(documents))
	var folder *Page
	folderKey := "\x00"
	for i, doc := range documents {
		key := doc.Key
		if doc.Meta.Draft && !s.Config.Drafts {
			s.drafts[key] = doc
			continue
		}
		if other := s.byKey[key]; other != nil && other.Doc != nil {
			s.clash(doc, other)
			continue
		}
		page := &block[i]
		page.Doc, page.Key, page.Kind, page.Title, page.Folder, page.Out = doc, key, kindOf(doc), doc.Title, doc.Folder, doc.Address
		page.rank = doc.Rank
		if old := s.byKey[key]; old != nil { // a folder's page made before its file was met
			page.Folder, page.Out, page.Children = true, old.Out, old.Children
			for _, child := range page.Children {
				child.Parent = page
			}
			s.replaceChild(old.Parent, old, page)
			s.byKey[key] = page
			folderKey = "\x00"
			continue
		}
		s.byKey[key] = page
		if key == "" {
			continue
		}
		parentKey := parentOf(key)
		if parentKey != folderKey {
			folder, folderKey = s.folder(parentKey), parentKey
		}
		page.Parent = folder
		folder.Children = append(folder.Children, page)
	}
	s.Home = s.folder("")
}

func (s *Site) replaceChild(parent, old, page *Page) {
	page.Parent = parent
	if parent == nil {
		return
	}
	parent.Children[slices.Index(parent.Children, old)] = page
}

// folder returns the page of a folder, making it and those above it where there is none.
func (s *Site) folder(key string) *Page {
	if page := s.byKey[key]; page != nil {
		if !page.Folder { // a.md beside a/: one address, a/index.html serves both
			page.Folder, page.Out = true, document.AddressOf(key, true)
			if page.Meta().Kind == "" {
				page.Kind = document.KindSection
			}
		}
		return page
	}
	page := &Page{Key: key, Folder: true, Out: document.AddressOf(key, true), Kind: document.KindSection}
	page.Title = strings.TrimLeft(path.Base(key), "0123456789-_. ")
	if page.Title == "" {
		page.Title = path.Base(key)
	}
	page.rank = document.RankOf(nil, key, page.Title)
	if key == "" {
		page.Kind, page.Title = document.KindHome, s.Config.Title
	}
	s.byKey[key] = page
	if key != "" {
		page.Parent = s.folder(parentOf(key))
		page.Parent.Children = append(page.Parent.Children, page)
	}
	return page
}

func parentOf(key string) string {
	if i := strings.LastIndexByte(key, '/'); i >= 0 {
		return key[:i]
	}
	return ""
}

func kindOf(doc *document.Document) document.Kind {
	switch {
	case doc.Meta.Kind != "":
		return doc.Meta.Kind
	case doc.Key == "":
		return document.KindHome
	case doc.Folder:
		return document.KindSection
	}
	return document.KindGuide
}

// clash reports two files that claim one address.
func (s *Site) clash(doc *document.Document, other *Page) {
	id := "address-twice"
	if doc.Folder && other.Doc.Folder {
		id = "folder-index-twice"
	}
	s.problems.Add(diag.Pos{Path: doc.Path, Line: 1, Col: 1}, id, diag.Args{"other": other.Doc.Path, "address": other.Out})
}

// arrange sorts siblings and strings the pages together in reading order.
func (s *Site) arrange() {
	s.Pages = make([]*Page, 0, len(s.byKey))
	var walk func(p *Page)
	walk = func(p *Page) {
		p.Index = len(s.Pages)
		s.Pages = append(s.Pages, p)
		slices.SortFunc(p.Children, func(a, b *Page) int {
			return cmp.Or(a.rank.Compare(&b.rank), strings.Compare(a.Key, b.Key))
		})
		for _, child := range p.Children {
			walk(child)
		}
	}
	walk(s.Home)
	for i := 2; i < len(s.Pages); i++ {
		s.Pages[i].Prev, s.Pages[i-1].Next = s.Pages[i-1], s.Pages[i]
	}
}

// caseClashes reports addresses that differ by letter case alone: one file on Windows and
// macOS, two on Linux.
func (s *Site) caseClashes() diag.List {
	var problems diag.List
	seen := make(map[string]*Page, len(s.Pages))
	for _, p := range s.Pages {
		lower := strings.ToLower(p.Out)
		if other := seen[lower]; other != nil && p.Doc != nil {
			problems.Add(diag.Pos{Path: p.Doc.Path, Line: 1, Col: 1}, "address-case", diag.Args{"other": other.Source(), "address": p.Out})
			continue
		}
		seen[lower] = p
	}
	return problems
}

// Source returns the path of the page's file, or for a folder without a page the folder.
func (p *Page) Source() string {
	if p.Doc != nil {
		return p.Doc.Path
	}
	return p.Key + "/"
}
