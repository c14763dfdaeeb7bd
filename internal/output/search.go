package output

import (
	"bytes"
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync"

	"wenfang/internal/search"
	"wenfang/internal/site"
)

// searchFolder holds the files of the search index.
const searchFolder = "search/"

// segmentPages is how many pages one segment of the index holds: few enough that a site of some
// thousand pages keeps all processors busy, many enough that a term is not held in each of a
// hundred segments.
const segmentPages = 600

// searchFiles is the family of files of the index: asking for any of them builds all.
type searchFiles struct {
	outputs []Output
	byPath  map[string]Output
}

func (s *searchFiles) lookup(path string) (Output, bool) {
	o, ok := s.byPath[path]
	return o, ok
}

// buildSearch indexes every page: segments in parallel, then one merge, so that the bytes do
// not depend on the number of processors.
func (p *Plan) buildSearch() *searchFiles {
	pages := make([]search.Page, 0, len(p.site.Pages))
	for _, page := range p.site.Pages {
		if page.Doc != nil {
			pages = append(pages, searchPageOf(page))
		}
	}
	segments := make([]*search.Segment, (len(pages)+segmentPages-1)/segmentPages)
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range segments {
		slots <- struct{}{}
		group.Go(func() {
			segments[i] = search.NewSegment(pages[i*segmentPages : min(len(pages), (i+1)*segmentPages)])
			<-slots
		})
	}
	group.Wait()
	s := &searchFiles{byPath: map[string]Output{}}
	for _, file := range search.Merge(segments).Files(p.site.Config.Version) {
		o := bytesOutput(file.Name, stageAsset, file.Data)
		if file.Name == search.IndexName {
			o.stage = stageIndex
		}
		s.outputs = append(s.outputs, o)
		s.byPath[file.Name] = o
	}
	return s
}

// searchPageOf turns a page into what search knows of it. The first section is always the
// page's own, so that its title leads to its top.
func searchPageOf(page *site.Page) search.Page {
	p := search.Page{
		URL: site.Escape(page.Out), Path: sourcePath(page), Title: page.Title, Kind: string(page.Kind), Tags: page.Doc.Meta.Tags,
	}
	passages := page.Doc.Passages
	if len(passages) == 0 || passages[0].Heading != "" {
		p.Sections = append(p.Sections, search.Section{})
	}
	for _, passage := range passages {
		p.Sections = append(p.Sections, search.Section{
			Heading: passage.Heading, Anchor: passage.Anchor, Level: passage.Level, Text: passage.Text,
		})
	}
	return p
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
