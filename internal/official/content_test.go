package official

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenfang/internal/document"
	"wenfang/internal/source"
)

// handbook returns the pages of a folder of the handbook that hold a document, by name.
func handbook(t testing.TB, folder string) map[string]*document.Document {
	t.Helper()
	files, err := filepath.Glob("../../content/" + folder + "/*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*document.Document{}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if doc := parsePage(path, string(data)); len(doc.Draft) > 0 {
			pages[strings.TrimSuffix(filepath.Base(path), ".md")] = doc
		}
	}
	if len(pages) == 0 {
		t.Fatalf("no documents in %s", folder)
	}
	return pages
}

func parsePage(path, text string) *document.Document {
	file, _ := source.NewFile(path, []byte(text))
	return document.Parse(file)
}

// examples returns the examples of all fields.
func examples(doc *document.Document) map[string]string {
	values := map[string]string{}
	for _, f := range doc.Meta.Fields {
		values[f.ID] = f.Example
	}
	return values
}
