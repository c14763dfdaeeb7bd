package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"wenfang/content"
	"wenfang/internal/check"
	"wenfang/internal/manuscript"
	"wenfang/internal/source"
)

// judged is every finding of severity error or warning in the prose of the handbook, with what a
// person said of it: "meant" is a wrong example that a page shows, "right" is worth correcting, "false"
// is an alarm about nothing.
//
//go:embed testdata/judged.txt
var judged string

// proseFindings returns the findings in the handbook's prose as path | rule | quote, and how many
// Han characters that prose has. Templates are no prose: their fields wait to be filled in.
func proseFindings(t *testing.T) (errors, warnings []string, han int) {
	t.Helper()
	engine := check.New()
	err := fs.WalkDir(content.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		raw, err := fs.ReadFile(content.FS, name)
		if err != nil || bytes.Contains(raw, []byte("\nkind: template\n")) {
			return err
		}
		file, _ := source.NewFile(name, raw)
		m := manuscript.Markdown(file, false)
		for _, p := range m.Paragraphs {
			for _, r := range p.Text {
				if unicode.Is(unicode.Han, r) {
					han++
				}
			}
		}
		for _, f := range engine.Check(blocks(m), check.Options{}) {
			line := fmt.Sprintf("%s | %s | %s", name, f.Rule, quoted(m, f))
			switch f.Severity {
			case check.Error:
				errors = append(errors, line)
			case check.Warning:
				warnings = append(warnings, line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return errors, warnings, han
}

// False alarms stay below 2 errors and 10 warnings in 10,000 characters of office prose. What nobody
// judged yet counts as false.
func TestFalseAlarms(t *testing.T) {
	verdicts := map[string]string{}
	for line := range strings.Lines(judged) {
		if cut := strings.LastIndex(line, " | "); cut > 0 && !strings.HasPrefix(line, "#") {
			verdicts[line[:cut]] = strings.TrimSpace(line[cut+3:])
		}
	}
	errors, warnings, han := proseFindings(t)
	for _, group := range []struct {
		name  string
		found []string
		most  float64
	}{{"errors", errors, 2}, {"warnings", warnings, 10}} {
		var bad []string
		for _, line := range group.found {
			if v := verdicts[line]; v != "meant" && v != "right" {
				bad = append(bad, line+" | "+v)
			}
		}
		rate := float64(len(bad)) * 10_000 / float64(han)
		fmt.Fprintf(t.Output(), "%d %s in %d characters, %d of them false: %.2f in 10,000\n", len(group.found), group.name, han, len(bad), rate)
		if rate > group.most {
			t.Errorf("%.2f false %s in 10,000 characters:\n%s", rate, group.name, strings.Join(bad, "\n"))
		}
	}
	if os.Getenv("WENFANG_JUDGE") != "" {
		all := slices.Concat(errors, warnings)
		slices.Sort(all)
		var b strings.Builder
		for line := range strings.Lines(judged) {
			if strings.HasPrefix(line, "#") {
				b.WriteString(line)
			}
		}
		for _, line := range slices.Compact(all) {
			fmt.Fprintf(&b, "%s | %s\n", line, verdicts[line])
		}
		if err := os.WriteFile(filepath.Join("testdata", "judged.txt"), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// plantedTexts returns the drafts of the vectors of internal/check: the examples of all rules, all planted
// mistakes, and a thousand mutations.
func plantedTexts(t *testing.T) []string {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("../../internal/check/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	clean := strings.Split(strings.TrimSpace(string(read("clean.txt"))), "\n====\n")
	var vectors []struct {
		Base  int     `json:"base"`
		Edits [][]any `json:"edits"` // place, lines taken away, and the line put in
	}
	if err := json.Unmarshal(read("vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, v := range vectors {
		var lines []string
		if v.Base >= 0 {
			lines = strings.Split(clean[v.Base], "\n")
		}
		for _, e := range v.Edits {
			at := int(e[0].(float64))
			lines = slices.Delete(lines, at, at+int(e[1].(float64)))
			if len(e) > 2 {
				lines = slices.Insert(lines, at, e[2].(string))
			}
		}
		texts = append(texts, strings.Join(lines, "\n"))
	}
	return texts
}

// Safe fixes made once leave nothing to fix, and touch nothing but their own characters.
func TestFixOnce(t *testing.T) {
	d := &desk{engine: check.New()}
	var texts []string
	for _, r := range check.Rules() {
		texts = append(texts, "\ufeff前面一段。\r\n"+strings.ReplaceAll(r.Bad, "\n", "\r\n")+"\r\n\r\n后面一段。", "- 前\n\n**"+r.Bad+"** 后\n\n```\n"+r.Bad+"\n```\n")
	}
	planted := plantedTexts(t)
	if len(planted) < 2000 {
		t.Fatalf("%d planted drafts", len(planted))
	}
	for _, text := range append(texts, planted...) {
		for _, name := range []string{"a.txt", "a.md"} {
			raw := []byte(text)
			for range 8 {
				next, n, ok := d.round(name, raw)
				if !ok || n == 0 {
					break
				}
				checkEdits(t, d, name, raw, next)
				raw = next
			}
			if _, n, _ := d.round(name, raw); n != 0 {
				t.Errorf("%s: %d fixes are left after eight rounds in %q", name, n, raw)
			}
		}
	}
}

// checkEdits compares a round with the findings that it was made from: between them every byte is
// the same.
func checkEdits(t *testing.T, d *desk, name string, raw, next []byte) {
	t.Helper()
	m, _ := read(name, raw)
	places, ok := trace(raw, m.File.Text)
	if !ok {
		t.Fatalf("%s: %q cannot be traced", name, raw)
	}
	rest := next
	last := 0
	for _, f := range d.find(m, d.options) {
		if !f.Safe {
			continue
		}
		for _, e := range editsOf(m, f) {
			from, to := places(e.from), places(e.to)
			if from < last {
				continue
			}
			kept := raw[last:from]
			if !bytes.HasPrefix(rest, kept) || !bytes.HasPrefix(rest[len(kept):], []byte(e.text)) {
				t.Fatalf("%s: %q became %q", name, raw, next)
			}
			rest = rest[len(kept)+len(e.text):]
			last = to
		}
	}
	if !bytes.Equal(rest, raw[last:]) {
		t.Fatalf("%s: %q became %q", name, raw, next)
	}
}
