// Package output lists every file of the website and publishes them. A site is a function
// from a path to bytes: NewPlan names the paths, an Output renders one of them. Write renders
// all of them to disk; serve renders the one that is asked for. There is one way to render.
//
// The central types are Plan, Output and Report. The package does not know who asks.
package output

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/project"
	"wenfang/internal/render"
	"wenfang/internal/site"
	"wenfang/internal/theme"
)

// Output is one file of the website. Path is slash-separated and relative to its root.
type Output struct {
	Path   string
	Source string // the page's file for messages, "" for files that the program makes

	render func(w io.Writer) error
	stage  stage
	key    func() contentKey // nil, or what the bytes follow from; see kept
}

// Render writes the bytes of the file.
func (o Output) Render(w io.Writer) (err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = &PanicError{Path: o.Path, Value: caught}
		}
	}()
	return o.render(w)
}

// PanicError is a failure of the program while rendering one file: that file is named, and
// the others go on.
type PanicError struct {
	Path  string
	Value any
}

func (e *PanicError) Error() string { return fmt.Sprintf("render %s: %v", e.Path, e.Value) }

// stage orders publication: what a page needs is there before the page.
type stage uint8

const (
	stageAsset stage = iota // hashed bundles, shards of the index
	stageFile               // pictures, downloads, Markdown
	stagePage
	stageIndex // search/index.js, sitemap, feed: they name pages
)

// Plan is every file of a website, for one snapshot. It is immutable and safe for concurrent use.
type Plan struct {
	snapshot *project.Snapshot
	site     *site.Site
	theme    *theme.Theme
	renderer *render.Renderer
	segments SegmentCache

	fixed  map[string]Output        // few: assets, search page, 404 …
	alias  func() map[string]Output // redirects and tags: made from facts of all pages
	search func() *searchFiles
}

// NewPlan lists the files of a snapshot. highlight and segments outlive the plan: they keep the
// code that was highlighted, and the pages that were indexed, before.
func NewPlan(s *project.Snapshot, highlight *render.Highlighter, segments SegmentCache) *Plan {
	p := &Plan{snapshot: s, site: s.Site, theme: withKit(s.Theme), segments: segments}
	p.search = sync.OnceValue(p.buildSearch)
	p.renderer = render.New(s.Site, p.theme, highlight, s.Config.Version)
	p.fixed = p.fixedOutputs()
	p.alias = sync.OnceValue(p.aliasOutputs)
	return p
}

// Snapshot returns what the plan was made from.
func (p *Plan) Snapshot() *project.Snapshot { return p.snapshot }

// Lookup returns the output at path.
func (p *Plan) Lookup(path string) (Output, bool) {
	if o, ok := p.fixed[path]; ok {
		return o, true
	}
	if page := p.site.ByAddress(path); page != nil {
		return p.page(page), true
	}
	if base, ok := strings.CutSuffix(path, ".md"); ok {
		if page := p.site.ByAddress(base + ".html"); page != nil && page.Doc != nil {
			return p.markdown(page), true
		}
	}
	if disk, ok := p.site.Files[path]; ok {
		return p.file(path, disk), true
	}
	if base, ok := strings.CutSuffix(path, ".docx"); ok {
		if page := p.site.ByAddress(base + ".html"); hasDocument(page) {
			return p.word(page), true
		}
	}
	if strings.HasPrefix(path, searchFolder) {
		return p.search().lookup(path)
	}
	o, ok := p.alias()[path]
	return o, ok
}

// besideSearch returns every output but the files of the index, sorted by path. As in Lookup, what
// the program makes itself comes before a page or file at the same path.
func (p *Plan) besideSearch() []Output {
	var all []Output
	for _, o := range p.fixed {
		all = append(all, o)
	}
	for _, o := range p.alias() {
		all = append(all, o)
	}
	for _, page := range p.site.Pages {
		if _, taken := p.fixed[page.Out]; !taken {
			all = append(all, p.page(page))
		}
		if page.Doc != nil {
			all = append(all, p.markdown(page))
		}
		if hasDocument(page) && p.site.Files[render.WordPath(page)] == "" {
			all = append(all, p.word(page))
		}
	}
	for path, disk := range p.site.Files {
		if _, taken := p.fixed[path]; !taken {
			all = append(all, p.file(path, disk))
		}
	}
	slices.SortFunc(all, func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// Problems returns the problems of the plan as a whole: two files that claim one path.
func (p *Plan) Problems() diag.List {
	var problems diag.List
	for _, page := range p.site.Pages {
		if _, taken := p.fixed[page.Out]; taken {
			problems.Add(diag.Pos{Path: fileOf(page), Line: 1, Col: 1}, "address-reserved", diag.Args{"address": page.Out})
		}
	}
	for path := range p.site.Files {
		if _, taken := p.fixed[path]; taken {
			problems.Add(diag.Pos{Path: path}, "address-reserved", diag.Args{"address": path})
		}
	}
	return p.snapshot.InSite(append(problems, p.aliasProblems()...)).Sort()
}

// fileOf returns the file of a page, or of the first page in a folder that has no file of its own.
func fileOf(page *site.Page) string {
	for page.Doc == nil && len(page.Children) > 0 {
		page = page.Children[0]
	}
	if page.Doc == nil {
		return ""
	}
	return page.Doc.Path
}

func (p *Plan) page(page *site.Page) Output {
	uncovered := false
	o := Output{Path: page.Out, stage: stagePage}
	o.render = func(w io.Writer) error {
		covered, err := p.renderer.Page(w, page)
		uncovered = !covered
		return err
	}
	o.key = func() contentKey {
		if uncovered {
			return contentKey{}
		}
		return p.renderer.Key(page)
	}
	if page.Doc != nil {
		o.Source = page.Doc.Path
	}
	return o
}

// markdown is the page's text as its keeper wrote it, for machines that read.
func (p *Plan) markdown(page *site.Page) Output {
	o := Output{Path: render.MarkdownPath(page), Source: page.Doc.Path, stage: stageFile, key: ownKey(page.Doc)}
	o.render = func(w io.Writer) error {
		_, err := io.WriteString(w, page.Doc.Markdown())
		return err
	}
	return o
}

// ownKey is the key of a file that is made of one document and nothing else.
func ownKey(doc *document.Document) func() contentKey {
	return func() contentKey { return sha256.Sum256(doc.Source.Hash[:]) }
}

// file is a file beside the pages. It is streamed, and only a regular file is ever read.
func (p *Plan) file(path, disk string) Output {
	o := Output{Path: path, Source: path, stage: stageFile}
	o.key = sync.OnceValue(func() contentKey {
		info, err := os.Lstat(disk)
		if err != nil {
			return contentKey{}
		}
		l := lookOf(info)
		return sha256.Sum256(fmt.Appendf(nil, "%q %d %d", disk, l.size, l.changed))
	})
	o.render = func(w io.Writer) error {
		info, err := os.Lstat(disk)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s: not a regular file", disk)
		}
		f, err := os.Open(disk)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	}
	return o
}

func bytesOutput(path string, stage stage, data []byte) Output {
	return Output{Path: path, stage: stage, render: func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}}
}
