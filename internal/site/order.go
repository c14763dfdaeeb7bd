package site

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"wenfang/internal/cjk"
	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// rank is what siblings are ordered by: the key order, a leading number of the file's name,
// the title by pinyin, and the path so that the order is total.
type rank struct {
	order, number int
	title         string
}

func (a rank) compare(b rank) int {
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.number, b.number), strings.Compare(a.title, b.title))
}

// place gives every document its page and address, and every folder a page.
func (s *Site) place(documents []*document.Document) {
	block := make([]Page, len(documents))
	var folder *Page
	folderKey := "\x00"
	for i, doc := range documents {
		key := document.KeyOf(doc.Path)
		if doc.Meta.Draft && !s.Config.Drafts {
			s.drafts[key] = doc
			continue
		}
		isFolder := document.IsFolderPage(path.Base(doc.Path))
		if other := s.byKey[key]; other != nil && other.Doc != nil {
			s.clash(doc, other, isFolder)
			continue
		}
		page := &block[i]
		*page = Page{Doc: doc, Key: key, Kind: kindOf(doc, key, isFolder), Title: doc.Title, Folder: isFolder, Out: Address(key, isFolder)}
		page.rank = rankOf(key, doc)
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
			page.Folder, page.Out = true, Address(key, true)
			if page.Meta().Kind == "" {
				page.Kind = document.KindSection
			}
		}
		return page
	}
	page := &Page{Key: key, Folder: true, Out: Address(key, true), Kind: document.KindSection}
	page.Title = strings.TrimLeft(path.Base(key), "0123456789-_. ")
	if page.Title == "" {
		page.Title = path.Base(key)
	}
	page.rank = rank{order: math.MaxInt, number: leadingNumber(path.Base(key)), title: cjk.SortKey(page.Title)}
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

func kindOf(doc *document.Document, key string, folder bool) document.Kind {
	switch {
	case doc.Meta.Kind != "":
		return doc.Meta.Kind
	case key == "":
		return document.KindHome
	case folder:
		return document.KindSection
	}
	return document.KindGuide
}

func rankOf(key string, doc *document.Document) rank {
	r := rank{order: math.MaxInt, number: leadingNumber(path.Base(key)), title: doc.SortKey}
	if doc.Meta.Order != nil {
		r.order = *doc.Meta.Order
	}
	return r
}

func leadingNumber(base string) int {
	n, digits := 0, 0
	for digits < len(base) && digits < 9 && base[digits] >= '0' && base[digits] <= '9' {
		n = n*10 + int(base[digits]-'0')
		digits++
	}
	if digits == 0 {
		return math.MaxInt
	}
	return n
}

// clash reports two files that claim one address.
func (s *Site) clash(doc *document.Document, other *Page, folder bool) {
	id := "address-twice"
	if folder && document.IsFolderPage(path.Base(other.Doc.Path)) {
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
			return cmp.Or(a.rank.compare(b.rank), strings.Compare(a.Key, b.Key))
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
