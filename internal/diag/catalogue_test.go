package diag

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{[a-z][A-Za-z0-9]*\}`)

// names returns the {names} in a text, sorted, each once.
func names(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Every diagnostic has its words in every language, made from the same facts.
func TestDiagnosticsHaveWords(t *testing.T) {
	for id := range Severities {
		var first []string
		for i, lang := range Languages {
			entry, ok := WordsFor(lang).Entry(id)
			if !ok || entry.Message == "" || entry.Hint == "" {
				t.Errorf("%s: %s needs a message and a hint", lang, id)
				continue
			}
			facts := names(entry.Message + entry.Hint)
			if i == 0 {
				first = facts
			} else if !slices.Equal(facts, first) {
				t.Errorf("%s: %s mentions %v, in %s %v", lang, id, facts, Languages[0], first)
			}
		}
	}
	for _, lang := range Languages {
		for id := range WordsFor(lang).entries {
			if _, ok := Severities[id]; !ok {
				t.Errorf("%s: words for %s, which is no diagnostic", lang, id)
			}
		}
	}
}

// catalogue reads program.json or site.json.
func catalogue(t *testing.T, lang, part string) map[string]string {
	t.Helper()
	data, err := catalogueFS.ReadFile("catalogue/" + lang + "/" + part + ".json")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

// Every language has the same keys, and no key belongs both to the program and to the site.
// The program says the same things from the same facts; the site's words may differ in what
// they need (a date).
func TestCataloguesAgree(t *testing.T) {
	owner := map[string]string{}
	for _, part := range []string{"program", "site"} {
		first := catalogue(t, Languages[0], part)
		for key := range first {
			if owner[key] != "" {
				t.Errorf("%s is a key of %s and of %s", key, owner[key], part)
			}
			owner[key] = part
		}
		for _, lang := range Languages[1:] {
			other := catalogue(t, lang, part)
			for key, words := range first {
				if _, ok := other[key]; !ok {
					t.Errorf("%s %s has %s, %s has not", part, Languages[0], key, lang)
					continue
				}
				if part == "program" && !slices.Equal(names(words), names(other[key])) {
					t.Errorf("%s %s %s: %q in %s, %q", part, lang, key, words, Languages[0], other[key])
				}
			}
			for key := range other {
				if _, ok := first[key]; !ok {
					t.Errorf("%s %s has %s, %s has not", part, lang, key, Languages[0])
				}
			}
		}
	}
}

var (
	usedKey   = regexp.MustCompile(`\b(?:T|Text|text|Word)[( ]\s*"([a-z][a-zA-Z0-9.-]*\.[a-zA-Z0-9.-]+)"`)
	quotedKey = regexp.MustCompile(`["\x60]([a-z][a-zA-Z0-9-]*(?:\.[a-zA-Z0-9-]+)+)["\x60]`)
)

// sources returns the program's sources that ask for words: Go and layouts, no tests.
func sources(t *testing.T) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..")
	all := map[string]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if base != ".." && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || base == "public") {
				return filepath.SkipDir
			}
			return nil
		}
		isGo := strings.HasSuffix(base, ".go") && !strings.HasSuffix(base, "_test.go")
		isLayout := strings.HasSuffix(base, ".html") && strings.HasPrefix(name, filepath.Join(root, "layouts"))
		if isGo || isLayout {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			all[name] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Every key that the sources ask for has words, and all words of the program are asked for.
func TestKeysExist(t *testing.T) {
	words := WordsFor(Languages[0])
	mentioned := map[string]bool{}
	asked := 0
	for name, source := range sources(t) {
		for _, m := range usedKey.FindAllStringSubmatch(source, -1) {
			asked++
			if _, ok := words.texts[m[1]]; !ok {
				t.Errorf("%s asks for %s, which has no words", name, m[1])
			}
		}
		if strings.HasSuffix(name, ".go") {
			for _, m := range quotedKey.FindAllStringSubmatch(source, -1) {
				mentioned[m[1]] = true
			}
		}
	}
	if asked == 0 {
		t.Error("no source asks for words: the search for keys is broken")
	}
	for key := range catalogue(t, Languages[0], "program") {
		if !mentioned[key] {
			t.Errorf("nothing asks for the words of %s", key)
		}
	}
}
