package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"wenfang/internal/check"
	"wenfang/internal/search"
	"wenfang/internal/site"
)

// searchFolder holds the files of the search index.
const searchFolder = "search/"

// segmentPages is how many pages one segment of the index holds: few enough that a site of some
// thousand pages keeps all processors busy, many enough that a term is not held in each of a
// hundred segments.
const segmentPages = 100

// searchFiles is the family of files of the index: asking for any of them builds all.
type searchFiles struct {
	outputs []Output
	byPath  map[string]Output
}

func (s *searchFiles) lookup(path string) (Output, bool) {
	o, ok := s.byPath[path]
	return o, ok
}

// buildSearch makes the whole family, for who asks for a file of it.
func (p *Plan) buildSearch() *searchFiles {
	s := &searchFiles{byPath: map[string]Output{}}
	var mu sync.Mutex
	p.packSearch(context.Background(), func(name string, data func() []byte) {
		o := indexOutput(name)
		o.render = func(w io.Writer) error {
			_, err := w.Write(data())
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		s.byPath[name] = o
	})
	s.outputs = slices.SortedFunc(maps.Values(s.byPath), func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
	return s
}

// indexOutput is a file of the index without its bytes. They follow from its name, which is
// their hash, but for the directory.
func indexOutput(name string) Output {
	if name == search.IndexName {
		return Output{Path: name, stage: stageIndex}
	}
	return Output{Path: name, stage: stageAsset, key: func() contentKey { return sha256.Sum256([]byte(name)) }}
}

// packSearch indexes every page and gives each file of the index to emit as soon as it is made,
// also several at once, and equal ones more than once. Work is done in parallel, segments first;
// the bytes do not depend on the number of processors. When ctx ends, it stops early.
func (p *Plan) packSearch(ctx context.Context, emit func(name string, data func() []byte)) {
	pages := make([]search.Page, 0, len(p.site.Pages))
	hashes := make([][]byte, 0, len(p.site.Pages))
	called := p.site.Called()
	for _, page := range p.site.Pages {
		if page.Doc != nil {
			pages, hashes = append(pages, searchPageOf(page, called[page.Index])), append(hashes, page.Doc.Source.Hash[:])
		}
	}
	for _, group := range check.Groups() {
		page := p.rulesPage(group)
		pages, hashes = append(pages, page), append(hashes, fmt.Appendf(nil, "%v", page.Sections))
	}
	segments := make([]*search.Segment, (len(pages)+segmentPages-1)/segmentPages)
	inParallel(ctx, len(segments), func(i int) {
		from, to := i*segmentPages, min(len(pages), (i+1)*segmentPages)
		segments[i] = p.segment(pages[from:to], hashes[from:to])
	})
	if ctx.Err() != nil {
		return
	}
	run := func(n int, work func(i int)) { inParallel(ctx, n, work) }
	search.Merge(segments, p.synonyms()).Pack(p.site.Config.Version, run, emit)
	if p.segments != nil && ctx.Err() == nil {
		p.segments.Indexed()
	}
}

// inParallel calls work with every number below n, until ctx ends.
func inParallel(ctx context.Context, n int, work func(i int)) {
	var group sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	group.Wait()
}

// segment indexes pages, or takes the segment that was made of the same before: hashes
// tell apart what pages are made of.
func (p *Plan) segment(pages []search.Page, hashes [][]byte) *search.Segment {
	if p.segments == nil {
		return search.NewSegment(pages)
	}
	h := sha256.New()
	for i, hash := range hashes {
		fmt.Fprintf(h, "%q ", pages[i].Title)
		for j, section := range pages[i].Sections {
			if len(section.Called) > 0 {
				fmt.Fprintf(h, "%d %q ", j, section.Called)
			}
		}
		fmt.Fprintf(h, "%x ", hash)
	}
	key := [32]byte(h.Sum(nil))
	if data, ok := p.segments.Get(key); ok {
		if s, ok := search.OpenSegment(pages, data); ok {
			return s
		}
	}
	s := search.NewSegment(pages)
	p.segments.Put(key, s.Data())
	return s
}

// synonyms are the names that the glossaries have for one thing.
func (p *Plan) synonyms() (groups [][]string) {
	for _, term := range p.site.Terms() {
		if len(term.Names) > 1 {
			groups = append(groups, term.Names)
		}
	}
	return groups
}

// searchPageOf turns a page into what search knows of it. The first section is always the
// page's own, so that its title leads to its top.
func searchPageOf(page *site.Page, called []site.Call) search.Page {
	p := search.Page{
		URL: site.Escape(page.Out), Path: sourcePath(page), Title: page.Title, Kind: string(page.Kind), Tags: page.Doc.Meta.Tags,
	}
	passages := page.Doc.Passages
	if len(passages) == 0 || passages[0].Heading != "" {
		p.Sections = append(p.Sections, search.Section{})
	}
	for _, passage := range passages {
		section := search.Section{Heading: passage.Heading, Anchor: passage.Anchor, Text: passage.Text}
		for _, link := range passage.Links {
			section.Links = append(section.Links, search.Span(link))
		}
		p.Sections = append(p.Sections, section)
	}
	for _, call := range called {
		i := max(0, slices.IndexFunc(p.Sections, func(s search.Section) bool { return s.Anchor == call.Fragment }))
		if own := &p.Sections[i].Called; !slices.Contains(*own, call.Text) {
			*own = append(*own, call.Text)
		}
	}
	return p
}

// rulesPage turns a group of rules into a page with a section for each rule.
func (p *Plan) rulesPage(g check.Group) search.Page {
	address := check.Folder + g.Slug
	page := search.Page{URL: address + ".html", Path: address, Title: p.renderer.RulesTitle(g), Kind: "rules", Sections: make([]search.Section, 1, len(g.Rules)+1)}
	for _, r := range g.Rules {
		page.Sections = append(page.Sections, search.Section{Heading: r.Why, Anchor: r.ID, Text: p.renderer.RuleText(r)})
	}
	return page
}

// sourcePath is the path of the page's file below the content root without its extension.
func sourcePath(page *site.Page) string {
	return strings.TrimSuffix(page.Doc.Path, path.Ext(page.Doc.Path))
}

// Search opens the index of the plan, for answers in a terminal.
func (p *Plan) Search() (*search.Reader, error) {
	return search.Open(func(name string) ([]byte, error) {
		o, ok := p.search().lookup(name)
		if !ok {
			return nil, fmt.Errorf("%s: no such file of the site", name)
		}
		var b bytes.Buffer
		err := o.Render(&b)
		return b.Bytes(), err
	})
}
