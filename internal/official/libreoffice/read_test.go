package libreoffice

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wenfang/internal/manuscript"
	"wenfang/internal/official"
)

// texts returns the paragraphs of a Word package that are not empty, without the blanks that place them.
func texts(t *testing.T, name string, data []byte) []string {
	t.Helper()
	m, err := manuscript.Word(name, data)
	if err != nil {
		t.Fatal(name, err)
	}
	var out []string
	for _, p := range m.Paragraphs {
		if text := strings.Trim(p.Text, " 　\t"); text != "" {
			out = append(out, p.Kind+":"+text)
		}
	}
	return out
}

// A Word file of ours and the one that LibreOffice makes of it are read with the same text, and that
// is the text of the document.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	var files []string
	named := map[string]*filled{}
	for _, f := range handbook(t) {
		if !slices.Contains([]string{"templates-qingshi", "templates-han", "templates-jiyao", "templates-mingling", "templates-tongbao-qingkuang", "samples-bushu-tongzhi"}, f.name) {
			continue
		}
		path := filepath.Join(dir, f.name+".docx")
		if err := os.WriteFile(path, official.Word(f.doc.Format, f.set, official.Profiles[0]), 0o600); err != nil {
			t.Fatal(err)
		}
		files, named[f.name] = append(files, path), f
	}
	if len(files) != 6 {
		t.Fatalf("%d documents", len(files))
	}
	theirs := t.TempDir()
	args := []string{"--headless", "-env:UserInstallation=file://" + t.TempDir(), "--convert-to", "docx:MS Word 2007 XML", "--outdir", theirs}
	run(t, "soffice", append(args, files...)...)
	for name, f := range named {
		ours, err := os.ReadFile(filepath.Join(dir, name+".docx"))
		if err != nil {
			t.Fatal(err)
		}
		again, err := os.ReadFile(filepath.Join(theirs, name+".docx"))
		if err != nil {
			t.Fatal(err)
		}
		got, want := texts(t, name, again), texts(t, name, ours)
		if !slices.Equal(got, want) {
			t.Errorf("%s: LibreOffice's is read as\n%s\nours as\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		all := strings.Join(want, "")
		for _, p := range f.set {
			for _, line := range append(slices.Clone(p.Cells), p.Runs) {
				for piece := range strings.FieldsFuncSeq(line.String(), func(c rune) bool { return strings.ContainsRune(" 　\t\n", c) }) {
					if !strings.Contains(all, piece) {
						t.Errorf("%s: %q is not read", name, piece)
					}
				}
			}
		}
	}
}
