package document

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"wenfang/internal/source"
)

var update = flag.Bool("update", false, "rewrite the expected HTML and facts")

// TestGolden parses the file N.md of each archive and compares the HTML, holes filled in the
// plainest way, with N.html, and what else was found with N.facts.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for _, f := range archive.Files {
			want[f.Name] = string(f.Data)
		}
		out := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			base, ok := strings.CutSuffix(f.Name, ".md")
			if !ok {
				continue
			}
			t.Run(filepath.Base(name)+"/"+base, func(t *testing.T) {
				file, _ := source.NewFile(f.Name, f.Data)
				d := Parse(file)
				html, facts := goldenHTML(d), goldenFacts(d)
				ids := map[string]bool{}
				audit(t, htmlOf(d, d.Sheet)+htmlOf(d, d.Attached), ids)
				audit(t, htmlOf(d, d.Body), ids)
				checkPlaces(t, file, d)
				out.Files = append(out.Files, f, txtar.File{Name: base + ".html", Data: []byte(html)}, txtar.File{Name: base + ".facts", Data: []byte(facts)})
				if *update {
					return
				}
				if html != want[base+".html"] {
					t.Errorf("HTML:\n%s\nwant:\n%s", html, want[base+".html"])
				}
				if facts != want[base+".facts"] {
					t.Errorf("facts:\n%s\nwant:\n%s", facts, want[base+".facts"])
				}
			})
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func goldenHTML(d *Document) string {
	if d.Sheet != "" {
		return "SHEET\n" + htmlOf(d, d.Sheet) + htmlOf(d, d.Attached) + "BODY\n" + htmlOf(d, d.Body)
	}
	return htmlOf(d, d.Body)
}

func goldenFacts(d *Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %s\n", d.Title)
	for _, h := range d.Headings {
		fmt.Fprintf(&b, "heading %d %s #%s line %d\n", h.Level, h.Text, h.ID, h.Line)
	}
	for _, l := range d.Links {
		fmt.Fprintf(&b, "link %d:%d %s key=%s fragment=%s text=%s\n", l.Pos.Line, l.Pos.Col, l.Target, l.Key, l.Fragment, l.Text)
	}
	for _, c := range d.Codes {
		fmt.Fprintf(&b, "code %s title=%s marks=%v start=%d numbers=%v line %d\n", c.Lang, c.Title, c.Marks, c.Start, c.Numbers, c.Line)
	}
	for _, p := range d.Passages {
		fmt.Fprintf(&b, "passage %s #%s: %s\n", p.Heading, p.Anchor, strings.ReplaceAll(p.Text, "\n", "⏎"))
	}
	for _, t := range d.Terms {
		fmt.Fprintf(&b, "term %s #%s: %s\n", strings.Join(t.Names, "、"), t.ID, t.Definition)
	}
	fmt.Fprintf(&b, "counts %d %d\n", d.Counts.Han, d.Counts.Words)
	for _, p := range d.Problems {
		fmt.Fprintf(&b, "problem %d:%d %s %v\n", p.Line, p.Col, p.ID, p.Args)
	}
	return b.String()
}
