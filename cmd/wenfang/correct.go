package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/diag"
	"wenfang/internal/manuscript"
)

// edit replaces the bytes from start up to end.
type edit struct {
	from, to int
	text     string
}

// correct makes the safe fixes in a file until nothing is left to fix, and writes it. It returns
// the bytes that the file then has and how many places were corrected. A Word package, a file that is
// not plain UTF-8, a read-only one and one that somebody changed meanwhile stay as they are.
func (d *desk) correct(name string, raw []byte) ([]byte, int, diag.List, error) {
	untouched := func(key string) diag.List {
		return diag.List{diag.New(diag.Pos{Path: filepath.ToSlash(name)}, "check-untouched", diag.Args{"detail": d.u.words.Text(key)})}
	}
	if strings.EqualFold(filepath.Ext(name), ".docx") {
		return raw, 0, nil, nil
	}
	now, count := raw, 0
	const rounds = 8 // a fix may make room for another; more than a few never did
	for range rounds {
		next, n, ok := d.round(name, now)
		if !ok {
			return raw, 0, untouched("cli.check.encoding"), nil
		}
		if n == 0 {
			break
		}
		now, count = next, count+n
	}
	if count == 0 {
		return raw, 0, nil, nil
	}
	key, err := replaceFile(name, raw, now)
	if err != nil {
		return nil, 0, nil, err
	}
	if key != "" {
		return raw, 0, untouched(key), nil
	}
	return now, count, nil, nil
}

// round makes every safe fix that does not overlap another once. ok is false where the text cannot
// be traced back to the bytes of the file.
func (d *desk) round(name string, raw []byte) (next []byte, count int, ok bool) {
	m, _ := read(name, raw)
	if m == nil {
		return raw, 0, true
	}
	var edits []edit
	for _, f := range d.find(m, d.options) {
		if f.Safe {
			edits = append(edits, editsOf(m, f)...)
		}
	}
	if len(edits) == 0 {
		return raw, 0, true
	}
	places, ok := trace(raw, m.File.Text)
	if !ok {
		return nil, 0, false
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	var b bytes.Buffer
	last := 0
	for _, e := range edits {
		from, to := places(e.from), places(e.to)
		if from < last {
			continue
		}
		b.Write(raw[last:from])
		b.WriteString(e.text)
		last = to
		count++
	}
	b.Write(raw[last:])
	return b.Bytes(), count, true
}

// editsOf returns the edit of a finding, if its characters stand together in the file.
func editsOf(m *manuscript.Manuscript, f check.Finding) []edit {
	from, to, ok := m.Stretch(f.Para, f.Start, f.End)
	if !ok {
		return nil
	}
	return []edit{{from, to, f.Fix}}
}

// trace returns where an offset of the decoded text lies in the bytes of the file: a byte-order
// mark and carriage returns are all that decoding may have taken away.
func trace(raw []byte, text string) (places func(int) int, ok bool) {
	bom := len("\ufeff")
	if !bytes.HasPrefix(raw, []byte("\ufeff")) {
		bom = 0
	}
	var returns []int // offsets in text before which a \r was taken away
	i, n := bom, 0
	for i < len(raw) {
		switch {
		case n < len(text) && raw[i] == text[n]:
			i, n = i+1, n+1
		case raw[i] == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
			returns = append(returns, n)
			i++
		default:
			return nil, false
		}
	}
	return func(at int) int {
		before, _ := slices.BinarySearch(returns, at)
		return bom + at + before
	}, n == len(text)
}

// replaceFile puts new bytes in place of old ones at once: the file is whole at any time. Where it may
// not be written, or holds other bytes by now, key says why nothing was done.
func replaceFile(name string, old, new []byte) (key string, err error) {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(target)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o200 == 0 {
		return "cli.check.read-only", nil
	}
	temp, err := os.CreateTemp(filepath.Dir(target), ".wenfang-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(temp.Name()) // gone when it was renamed
	_, err = temp.Write(new)
	if err == nil {
		err = temp.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = temp.Sync()
	}
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return "", err
	}
	now, err := os.ReadFile(target)
	if err != nil {
		return "", err
	}
	if !bytes.Equal(now, old) {
		return "cli.check.changed", nil
	}
	return "", os.Rename(temp.Name(), target)
}
