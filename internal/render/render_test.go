package render_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"wenfang/internal/config"
	"wenfang/internal/document"
	"wenfang/internal/render"
	"wenfang/internal/site"
	"wenfang/internal/source"
	"wenfang/internal/theme"
)

// pages are files of a small site by path.
type pages map[string]string

// with returns the pages with one file changed, or added.
func (p pages) with(path, text string) pages {
	changed := pages{path: text}
	for other, text := range p {
		if other != path {
			changed[other] = text
		}
	}
	return changed
}

const base = `{{define "base"}}{{.Title}}|{{.Content}}|{{range .Backlinks}}{{.Title}} {{end}}|{{block "main" .}}{{end}}{{end}}`

func (p pages) renderer(t *testing.T, cfg *config.Config, layouts fstest.MapFS) (*render.Renderer, *site.Site) {
	t.Helper()
	var docs []*document.Document
	for _, path := range []string{"a.md", "b.md", "glossary.md", "index.md"} {
		if text, ok := p[path]; ok {
			file, _ := source.NewFile(path, []byte(text))
			docs = append(docs, document.Parse(file))
		}
	}
	ours := fstest.MapFS{"base.html": {Data: []byte(base)}, "guide.html": {Data: []byte(`{{define "main"}}{{end}}`)}}
	th, problems := theme.New([]fs.FS{ours, layouts}, nil, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s := site.New(cfg, docs, map[string]string{})
	return render.New(s, th, render.NewHighlighter(nil), "1"), s
}

var small = pages{
	"index.md":    "# 手册\n\n[甲](a.md)\n",
	"a.md":        "# 甲\n\n甲的正文，见[乙](b.md#节)。\n",
	"b.md":        "# 乙\n\n乙的正文说到会签。\n\n## 节\n\n一节。\n",
	"glossary.md": "---\ntitle: 术语\nkind: glossary\n---\n\n会签\n: 几个单位共同签署。\n",
}

// TestKey: the key of a page changes with its own file and with whatever other pages show of
// the site, and with nothing else.
func TestKey(t *testing.T) {
	key := func(p pages, change func(*config.Config), layouts fstest.MapFS) [32]byte {
		cfg := config.Default()
		cfg.Today = document.Date{Year: 2026, Month: 11, Day: 24}
		if change != nil {
			change(cfg)
		}
		r, s := p.renderer(t, cfg, layouts)
		return r.Key(s.ByKey("b"))
	}
	want := key(small, nil, nil)
	tests := []struct {
		what    string
		pages   pages
		change  func(*config.Config)
		layouts fstest.MapFS
		same    bool
	}{
		{what: "nothing", pages: small, same: true},
		{what: "another day", pages: small, change: func(c *config.Config) { c.Today.Day++ }, same: true},
		{what: "the text of another page", pages: small.with("a.md", small["a.md"]+"\n又一段。\n"), same: true},
		{what: "its own text", pages: small.with("b.md", small["b.md"]+"\n又一段。\n")},
		{what: "the title of another page", pages: small.with("a.md", strings.Replace(small["a.md"], "甲", "丙", 1))},
		{what: "the first paragraph of another page", pages: small.with("a.md", strings.Replace(small["a.md"], "正文", "话", 1))},
		{what: "a link to it", pages: small.with("a.md", strings.Replace(small["a.md"], "b.md", "no.md", 1))},
		{what: "the front matter of another page", pages: small.with("a.md", "---\ntags: [新]\n---\n"+small["a.md"])},
		{what: "a term", pages: small.with("glossary.md", strings.Replace(small["glossary.md"], "几个", "多个", 1))},
		{what: "a heading that others may link to", pages: small.with("a.md", small["a.md"]+"\n## 新节\n")},
		{what: "the language", pages: small, change: func(c *config.Config) { c.Language = "en" }},
		{what: "a layout", pages: small, layouts: fstest.MapFS{"base.html": {Data: []byte(base + " ")}}},
	}
	for _, test := range tests {
		if got := key(test.pages, test.change, test.layouts); (got == want) != test.same {
			t.Errorf("%s changes: the key stays: %v, want %v", test.what, got == want, test.same)
		}
	}
}

// TestCovered: a page that tells the lengths of other pages is not covered by its key.
func TestCovered(t *testing.T) {
	for layout, want := range map[string]bool{
		`{{define "main"}}{{.Han}}{{range .Related}}{{.Title}}{{end}}{{end}}`: true,
		`{{define "main"}}{{range .Sections}}{{.Han}}{{end}}{{end}}`:          true, // there are none
		`{{define "main"}}{{range .Children}}{{.Han}}{{end}}{{end}}`:          false,
	} {
		r, s := small.renderer(t, config.Default(), fstest.MapFS{"home.html": {Data: []byte(layout)}})
		covered, err := r.Page(&bytes.Buffer{}, s.Home)
		if err != nil || covered != want {
			t.Errorf("%s: covered %v, %v, want %v", layout, covered, err, want)
		}
	}
}

// TestHoles: links, terms and places that do not exist, as a page shows them.
func TestHoles(t *testing.T) {
	tests := []struct{ text, want string }{
		{"[乙](b.md)", `<a href="b.html">乙</a>`},
		{"[节](b.md#节)", `<a href="b.html#节">节</a>`},
		{"[自己](#top)", `<a href="#top">自己</a>`},
		{"[没有](no.md)", `<a class="broken">没有</a>`},
		{"[外](https://example.org/?a=1&b=2)", `<a class="ext" rel="noopener noreferrer" href="https://example.org/?a=1&amp;b=2">外</a>`},
		{"![图](no.png)", `<span class="broken image">图</span>`},
		{"[[乙]]", `<a href="b.html">乙</a>`},
	}
	for _, test := range tests {
		r, s := small.with("a.md", "# 甲\n\n"+test.text+"\n").renderer(t, config.Default(), nil)
		var b bytes.Buffer
		if _, err := r.Page(&b, s.ByKey("a")); err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("<p>%s</p>", test.want); !strings.Contains(b.String(), want) {
			t.Errorf("%s is shown as %s, want %s", test.text, b.String(), want)
		}
	}
	r, s := small.renderer(t, config.Default(), nil)
	var b bytes.Buffer
	if _, err := r.Page(&b, s.ByKey("b")); err != nil || !strings.Contains(b.String(), "|甲 |") || !strings.Contains(b.String(), "glossary.html#会签") {
		t.Errorf("backlinks and terms: %s, %v", b.String(), err)
	}
}
