package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"wenfang/internal/document"
)

// starterFS holds the files that new and init write: LANG/KIND.md, and a small site below
// LANG/site. They have $TITLE, $TODAY and $REVIEW in place of what is not yet known.
//
//go:embed starter
var starterFS embed.FS

var starterKinds = []string{"guide", "template", "sample"}

// starter returns the file to start a page of a kind from.
func starter(lang, kind, title string, today document.Date) []byte {
	return fillStarter(mustReadStarter(path.Join(lang, kind+".md")), title, today)
}

// mustReadStarter panics when a file is missing: it is part of the program.
func mustReadStarter(name string) []byte {
	data, err := starterFS.ReadFile(path.Join("starter", name))
	if err != nil {
		panic(err)
	}
	return data
}

func fillStarter(data []byte, title string, today document.Date) []byte {
	return []byte(strings.NewReplacer(
		"$TITLE", yamlText(title),
		"$TODAY", today.String(),
		"$REVIEW", yearLater(today).String(),
	).Replace(string(data)))
}

// yamlText returns text as a YAML value on one line: plain where that is certainly read
// back as the same text, else in double quotes.
func yamlText(text string) string {
	for i, r := range text {
		plain := unicode.IsLetter(r) || i > 0 && (unicode.IsDigit(r) || strings.ContainsRune("-_（）《》“”，、。 ", r))
		if !plain || strings.HasSuffix(text, " ") {
			return quote(text)
		}
	}
	switch strings.ToLower(text) {
	case "", "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return quote(text)
	}
	return text
}

func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(quoted)
}

// writeNew writes a file that must not exist, with the folders above it.
func writeNew(name string, data []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(name) // ours, and not whole
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// existing returns the first of the names below dir that is there already, or "".
func existing(dir string, names []string) string {
	for _, name := range names {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Lstat(full); !errors.Is(err, fs.ErrNotExist) {
			return full
		}
	}
	return ""
}
