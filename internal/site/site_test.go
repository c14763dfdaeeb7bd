package site_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"wenfang/internal/config"
	"wenfang/internal/document"
	"wenfang/internal/site"
	"wenfang/internal/source"
)

var update = flag.Bool("update", false, "rewrite the expected dumps")

// TestSites builds the site of each archive and compares its dump with the file "dump" in it:
// pages in reading order, where links lead, backlinks, tags, terms, problems.
func TestSites(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var docs []*document.Document
			files := map[string]string{}
			want, at := "", -1
			for i, f := range archive.Files {
				switch {
				case f.Name == "dump":
					want, at = string(f.Data), i
				case strings.HasSuffix(f.Name, ".md"):
					file, _ := source.NewFile(f.Name, f.Data)
					docs = append(docs, document.Parse(file))
				default:
					files[f.Name] = f.Name
				}
			}
			cfg := config.Default()
			cfg.Title = "手册"
			cfg.Today = document.Date{Year: 2026, Month: 11, Day: 24}
			got := dump(site.New(cfg, docs, files))
			if *update {
				archive.Files[at].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			checkBacklinks(t, func() *site.Site { return site.New(cfg, docs, files) })
		})
	}
}

// checkBacklinks compares the two ways in which backlinks are found: for one page, and for all.
func checkBacklinks(t *testing.T, newSite func() *site.Site) {
	t.Helper()
	all := newSite()
	for range 100 {
		all.Backlinks(all.Home)
	}
	for i, p := range all.Pages {
		one := newSite()
		got, want := sources(one.Backlinks(one.Pages[i])), sources(all.Backlinks(p))
		if got != want {
			t.Errorf("backlinks of %s alone: %s, among all: %s", p.Out, got, want)
		}
	}
}

func sources(pages []*site.Page) string {
	var names []string
	for _, p := range pages {
		names = append(names, p.Source())
	}
	return strings.Join(names, " ")
}

func dump(s *site.Site) string {
	var b strings.Builder
	for _, p := range s.Pages {
		depth := 0
		for above := p.Parent; above != nil; above = above.Parent {
			depth++
		}
		fmt.Fprintf(&b, "%s%s %s [%s]", strings.Repeat("  ", depth), p.Out, p.Title, p.Kind)
		if p.Next != nil {
			fmt.Fprintf(&b, " → %s", p.Next.Out)
		}
		b.WriteString("\n")
	}
	for _, p := range s.Pages {
		if p.Doc == nil {
			continue
		}
		for i := range p.Doc.Links {
			link := &p.Doc.Links[i]
			t := s.Resolve(p, link)
			where := t.File + t.Problem
			if t.Page != nil {
				where = site.Relative(p.Out, t.Page.Out) + " " + t.Problem
			}
			if t.Fragment != "" {
				where += " #" + t.Fragment
			}
			fmt.Fprintf(&b, "link %s: %s → %s\n", p.Doc.Path, link.Target, strings.TrimSpace(where))
		}
		for _, other := range s.Backlinks(p) {
			fmt.Fprintf(&b, "backlink %s ← %s\n", p.Out, other.Out)
		}
	}
	for i, calls := range s.Called() {
		for _, call := range calls {
			fmt.Fprintf(&b, "called %s #%s %s\n", s.Pages[i].Out, call.Fragment, call.Text)
		}
	}
	for _, tag := range s.Tags() {
		fmt.Fprintf(&b, "tag %s %s %d\n", tag.Name, tag.Out, len(tag.Pages))
	}
	for _, facet := range s.Facets() {
		for _, v := range facet.Values {
			fmt.Fprintf(&b, "facet %s %s %s %d\n", facet.Key, v.Name, v.Out, len(v.Pages))
		}
	}
	for _, term := range s.Terms() {
		fmt.Fprintf(&b, "term %s #%s\n", strings.Join(term.Names, "、"), term.ID)
	}
	for _, p := range s.Problems().Sort() {
		fmt.Fprintf(&b, "problem %s:%d:%d %s %v\n", p.Path, p.Line, p.Col, p.ID, p.Args)
	}
	return b.String()
}

func TestRelative(t *testing.T) {
	tests := []struct{ from, to, want string }{
		{"index.html", "index.html", "index.html"},
		{"index.html", "guide/a.html", "guide/a.html"},
		{"guide/a.html", "guide/b.html", "b.html"},
		{"guide/a.html", "index.html", "../index.html"},
		{"guide/a.html", "guides/b.html", "../guides/b.html"},
		{"a/b/c.html", "a/d/e.html", "../d/e.html"},
		{"index.html", "上情/甲 乙.html", "%E4%B8%8A%E6%83%85/%E7%94%B2%20%E4%B9%99.html"},
		{"index.html", "a:b.html", "./a:b.html"},
		{"index.html", "100%#?.html", "100%25%23%3F.html"},
	}
	for _, tt := range tests {
		if got := site.Relative(tt.from, tt.to); got != tt.want {
			t.Errorf("Relative(%q, %q) = %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestTagAddressesAreSafe(t *testing.T) {
	for tag, want := range map[string]string{
		"开会": "tags/开会.html", "a/b": "tags/a-b.html", "../x": "tags/-x.html", "index": "tags/-index.html", "C#": "tags/C-.html", "": "tags/-.html",
	} {
		if got := site.TagAddress(tag); got != want {
			t.Errorf("TagAddress(%q) = %q, want %q", tag, got, want)
		}
	}
}
