package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// page is one Markdown file of the corpora.
type page struct {
	path string // below the corpora, with slashes
	disk string
	size int64
}

// listCorpora returns every page of the folders in a folder, sorted by path.
func listCorpora(folder string) ([]page, error) {
	if folder == "" {
		return nil, errors.New("no corpora: set WENFANG_CORPORA to a folder that holds folders of Markdown")
	}
	var pages []page
	err := filepath.WalkDir(folder, func(disk string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(disk) != ".md" || filepath.Dir(disk) == filepath.Clean(folder) {
			return err
		}
		rel, err := filepath.Rel(folder, disk)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		pages = append(pages, page{filepath.ToSlash(rel), disk, info.Size()})
		return nil
	})
	if err == nil && len(pages) == 0 {
		err = errors.New("no pages in it")
	}
	if err != nil {
		return nil, fmt.Errorf("corpora in %s (WENFANG_CORPORA): %w", folder, err)
	}
	return pages, nil
}

// layPages writes pages to dir: as they are, or copied until there are count, each copy in a
// folder of its own and distinct, so that nothing is measured that equal texts make cheap.
func layPages(dir string, pages []page, count int) error {
	if count <= len(pages) {
		for _, p := range pages[:count] {
			if err := layPage(dir, "", p, 0); err != nil {
				return err
			}
		}
		return nil
	}
	for i := range count {
		number := i/len(pages) + 1
		if err := layPage(dir, fmt.Sprintf("copy-%02d", number), pages[i%len(pages)], number); err != nil {
			return err
		}
	}
	return nil
}

func layPage(dir, folder string, p page, number int) error {
	text, err := os.ReadFile(p.disk)
	if err != nil {
		return err
	}
	text = distinct(text, number)
	target := filepath.Join(dir, folder, filepath.FromSlash(laidPath(p.path)))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, text, 0o644)
}

// laidPath names the page of a folder so that both programs take it for one: what Hugo finds
// beside an index.md is no page.
func laidPath(name string) string {
	if path.Base(name) == "index.md" {
		return path.Join(path.Dir(name), "_index.md")
	}
	return name
}

var slashedDate = regexp.MustCompile(`^date: *\d+/\d+/\d+\s*$`)

// distinct puts a number in every heading and at the end of every fenced block of code; 0
// puts none. Behind the language of a block nothing stays: what other tools write there stops
// Hugo, and both get the same files.
func distinct(text []byte, number int) []byte {
	var out bytes.Buffer
	fence := ""
	for line := range bytes.Lines(text) {
		mark := fenceOf(string(line))
		switch {
		case fence == "" && mark != "":
			fence = mark
			line = languageOnly(line)
		case fence == "" && number > 0 && isHeading(line):
			hashes := bytes.IndexByte(line, ' ')
			fmt.Fprintf(&out, "%s %d", line[:hashes], number)
			line = line[hashes:]
		case fence == "" && slashedDate.Match(line):
			line = bytes.ReplaceAll(line, []byte("/"), []byte("-"))
		case fence != "" && strings.HasPrefix(mark, fence) && strings.TrimSpace(string(line)) == mark:
			fence = ""
			if number > 0 {
				fmt.Fprintln(&out, number)
			}
		}
		out.Write(line)
	}
	return out.Bytes()
}

// languageOnly cuts the first line of a block of code behind the language.
func languageOnly(line []byte) []byte {
	trimmed := bytes.TrimLeft(line, " `~")
	mark := line[:len(line)-len(trimmed)]
	language, _, _ := bytes.Cut(bytes.TrimSpace(trimmed), []byte(" "))
	language, _, _ = bytes.Cut(language, []byte("{"))
	return fmt.Appendf(nil, "%s%s\n", mark, language)
}

// fenceOf returns the backticks or tildes that a line begins or ends a block of code with.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, mark := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, mark)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

func isHeading(line []byte) bool {
	rest := bytes.TrimLeft(line, "#")
	hashes := len(line) - len(rest)
	return hashes >= 1 && hashes <= 6 && len(rest) > 0 && rest[0] == ' '
}

// spread returns count pages at equal distances.
func spread(pages []page, count int) []page {
	if count >= len(pages) {
		return pages
	}
	some := make([]page, count)
	for i := range some {
		some[i] = pages[i*len(pages)/count]
	}
	return some
}
