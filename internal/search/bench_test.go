package search

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// corpusPages are the Markdown files of the folder that WENFANG_CORPORA names, cut at their
// headings; without it, generated pages.
func corpusPages(tb testing.TB) []Page {
	dir := os.Getenv("WENFANG_CORPORA")
	if dir == "" {
		return randomPages(7, 2000)
	}
	var pages []Page
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		data, err := os.ReadFile(name)
		if err == nil {
			rel, _ := filepath.Rel(dir, name)
			pages = append(pages, markdownPage(strings.TrimSuffix(filepath.ToSlash(rel), ".md"), string(data)))
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return pages
}

// markdownPage is a page as plain as a benchmark needs it. It holds nothing of text.
func markdownPage(path, text string) Page {
	p := Page{URL: path + ".html", Path: path, Title: path, Kind: "guide", Sections: []Section{{}}}
	var body strings.Builder
	end := func() { p.Sections[len(p.Sections)-1].Text = strings.Clone(body.String()); body.Reset() }
	for line := range strings.Lines(text) {
		heading := strings.TrimLeft(line, "#")
		level := len(line) - len(heading)
		switch {
		case level == 1 && strings.HasPrefix(heading, " "):
			p.Title = strings.Clone(strings.TrimSpace(heading))
		case level > 1 && level < 7 && strings.HasPrefix(heading, " "):
			end()
			heading = strings.Clone(strings.TrimSpace(heading))
			p.Sections = append(p.Sections, Section{Heading: heading, Anchor: heading})
		default:
			body.WriteString(line)
		}
	}
	end()
	return p
}

func sizeOf(pages []Page) (n int64) {
	for _, p := range pages {
		for _, s := range p.Sections {
			n += int64(len(s.Text))
		}
	}
	return n
}

// BenchmarkBuild indexes everything; live-MB is what the finished index holds beside its pages.
func BenchmarkBuild(b *testing.B) {
	pages := corpusPages(b)
	b.SetBytes(sizeOf(pages))
	b.ReportAllocs()
	var files []File
	for b.Loop() {
		files = indexOf(pages, 250)
	}
	bytes := 0
	for _, f := range files {
		bytes += len(f.Data)
	}
	b.ReportMetric(float64(bytes)/1e6, "index-MB")
	b.ReportMetric(float64(len(files)), "files")

	files = nil
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var segments []*Segment
	for i := 0; i < len(pages); i += 250 {
		segments = append(segments, NewSegment(pages[i:min(len(pages), i+250)]))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(segments)
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1e6, "live-MB")
}

// BenchmarkIndex makes and packs the index as a build does: in parallel, holding no file of it.
func BenchmarkIndex(b *testing.B) {
	pages := corpusPages(b)
	b.SetBytes(sizeOf(pages))
	parallel := func(n int, work func(i int)) {
		var group sync.WaitGroup
		var next atomic.Int64
		for range runtime.GOMAXPROCS(0) {
			group.Go(func() {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					work(i)
				}
			})
		}
		group.Wait()
	}
	for b.Loop() {
		chunks := slices.Collect(slices.Chunk(pages, 100))
		segments := make([]*Segment, len(chunks))
		parallel(len(chunks), func(i int) { segments[i] = NewSegment(chunks[i]) })
		Merge(segments, nil).Pack("bench", parallel, func(_ string, data func() []byte) { data() })
	}
}

func BenchmarkSearch(b *testing.B) {
	reader := open(b, indexOf(corpusPages(b), 250))
	queries := []string{"会议通知", "文件", "组件 状态", "use", "办"}
	for _, q := range queries { // the files are read once
		if _, err := reader.Search(q, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		for _, q := range queries {
			if _, err := reader.Search(q, Options{Limit: 10}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
