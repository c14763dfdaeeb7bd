package diag

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed catalogue
var catalogueFS embed.FS

// Languages are the languages of the program and of the site's own words.
var Languages = []string{"zh-CN", "en"}

// Entry is what a catalogue says of one diagnostic: the message, and what to do.
type Entry struct {
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// Words is the catalogue of one language: the words of diagnostics, of the program and of
// the site's pages. It is read-only and safe for concurrent use.
type Words struct {
	Lang    string
	entries map[string]Entry
	texts   map[string]string
}

var loadWords = sync.OnceValue(func() map[string]*Words {
	all := make(map[string]*Words)
	for _, lang := range Languages {
		w := &Words{Lang: lang, entries: map[string]Entry{}, texts: map[string]string{}}
		mustDecode(path.Join("catalogue", lang, "diagnostics.json"), &w.entries)
		for _, part := range []string{"program", "site"} {
			texts := map[string]string{}
			mustDecode(path.Join("catalogue", lang, part+".json"), &texts)
			maps.Copy(w.texts, texts)
		}
		all[lang] = w
	}
	return all
})

// mustDecode panics on a broken catalogue: it is part of the program.
func mustDecode(name string, into any) {
	data, err := fs.ReadFile(catalogueFS, name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		panic(fmt.Sprintf("diag: catalogue %s: %v", name, err))
	}
}

// WordsFor returns the catalogue of a language; for a language without one, that of the
// nearest (any "zh…" is zh-CN, everything else en).
func WordsFor(lang string) *Words {
	all := loadWords()
	if w, ok := all[lang]; ok {
		return w
	}
	if strings.HasPrefix(strings.ToLower(lang), "zh") || lang == "" {
		return all["zh-CN"]
	}
	return all["en"]
}

// Text returns the words of key with each {name} replaced by the value that follows the
// name in args ("n", 3, "title", "…"). A key without words is a programmer's mistake; the
// key itself is returned so that it is seen, and a test finds it.
func (w *Words) Text(key string, args ...any) string {
	text, ok := w.texts[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	for i := 0; i+1 < len(args); i += 2 {
		text = strings.ReplaceAll(text, "{"+fmt.Sprint(args[i])+"}", fmt.Sprint(args[i+1]))
	}
	return text
}

// Keys returns every key of the program's and the site's words, sorted.
func (w *Words) Keys() []string {
	return slices.Sorted(maps.Keys(w.texts))
}

// Message returns the words of d, and its hint (which may be empty).
func (w *Words) Message(d Diagnostic) (message, hint string) {
	if d.Said != nil {
		return d.Said.Message, d.Said.Hint
	}
	e := w.entries[d.ID]
	return fill(e.Message, d.Args), fill(withoutGaps(e.Hint, d.Args), d.Args)
}

// withoutGaps leaves out the clauses of a hint that name something nobody knows: no
// “did you mean …” without a guess.
func withoutGaps(hint string, args Args) string {
	if !slices.Contains(slices.Collect(maps.Values(args)), "") {
		return hint
	}
	separator := "；"
	if !strings.Contains(hint, separator) {
		separator = "; "
	}
	var kept []string
	for clause := range strings.SplitSeq(hint, separator) {
		empty := false
		for name, value := range args {
			empty = empty || value == "" && strings.Contains(clause, "{"+name+"}")
		}
		if !empty {
			kept = append(kept, clause)
		}
	}
	return strings.Join(kept, separator)
}

// Entry returns the words of a diagnostic id with their {names} in place.
func (w *Words) Entry(id string) (Entry, bool) {
	e, ok := w.entries[id]
	return e, ok
}

// fill puts the arguments in the place of their {names}; a name without one stays.
func fill(text string, args Args) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		value, known := args[name]
		if !closed || !known {
			b.WriteByte('{')
			text = rest
			continue
		}
		b.WriteString(value)
		text = after
	}
}
