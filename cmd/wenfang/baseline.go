package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"wenfang/internal/diag"
)

// known is a problem that a baseline lets pass: so many findings of a rule with the same words in
// one file. Places are not noted, so that an edit elsewhere changes nothing.
type known struct {
	Path  string `json:"path"`
	Rule  string `json:"rule"`
	Quote string `json:"quote"`
	Count int    `json:"count"`
}

// baseline is what was found before; seen is what was found now.
type baseline struct {
	left map[known]int
	seen map[known]int
}

// readBaseline reads a baseline; without a name or a file it is empty.
func readBaseline(name string) (*baseline, error) {
	b := &baseline{left: map[known]int{}, seen: map[known]int{}}
	if name == "" {
		return b, nil
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	var list []known
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, k := range list {
		b.left[known{Path: k.Path, Rule: k.Rule, Quote: k.Quote}] += k.Count
	}
	return b, nil
}

// knows reports whether a finding was there before, and takes note of it.
func (b *baseline) knows(path, rule, quote string) bool {
	k := known{Path: path, Rule: rule, Quote: quote}
	b.seen[k]++
	if b.left[k] == 0 {
		return false
	}
	b.left[k]--
	return true
}

func (b *baseline) count() int {
	n := 0
	for _, c := range b.seen {
		n += c
	}
	return n
}

// write notes everything that was found.
func (b *baseline) write(name string) error {
	list := make([]known, 0, len(b.seen))
	for k, n := range b.seen {
		k.Count = n
		list = append(list, k)
	}
	slices.SortFunc(list, func(x, y known) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Quote, y.Quote))
	})
	var out bytes.Buffer
	if err := diag.EncodeJSON(&out, list); err != nil {
		return err
	}
	return os.WriteFile(name, out.Bytes(), 0o644)
}
