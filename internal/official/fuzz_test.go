package official

import (
	"os"
	"path/filepath"
	"testing"

	"wenfang/internal/docx"
)

// FuzzPage holds that no page and no value panics, and that the part is well-formed.
func FuzzPage(f *testing.F) {
	files, err := filepath.Glob("testdata/pages/*.md")
	if err != nil || len(files) == 0 {
		f.Fatal("no pages", err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), "安平市\n2026-03-05")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		doc := parsePage("a.md", text)
		form := doc.Form()
		if form == nil {
			return
		}
		values := map[string]string{BodyField: ""}
		for i := range doc.Meta.Fields {
			field := &doc.Meta.Fields[i]
			values[field.ID] = Tidy(field, value)
			if FaultOf(field, value) == FaultDate && Tidy(field, value) == "" {
				t.Fatal("a day that does not exist is tidied away")
			}
		}
		d := Fill(form, values)
		set := Compose(d)
		if _, err := partText(docx.DocumentXML(blocksXML(d.Format, set), lastSection(d.Format, set))); err != nil {
			t.Fatal(err)
		}
		Text(set, TextOptions{NoIndent: true})
		Rich(set, Profiles[0])
		FileName(d)
	})
}
