// Package source is the border to the disk: a Tree of files below a root, each read once into
// a File: decoded text, hash and positions. Decoding follows what Chinese offices really have:
// UTF-8 with and without BOM, GBK and GB18030, UTF-16.
//
// The package knows no Markdown and no configuration; who needs a rule for leaving files out
// passes it in.
package source

import (
	"crypto/sha256"
	"sort"
	"strings"
	"unicode/utf8"

	"wenfang/internal/diag"
)

// Hash identifies the bytes of a file.
type Hash [16]byte

// HashOf returns the hash of data.
func HashOf(data []byte) Hash {
	sum := sha256.Sum256(data)
	return Hash(sum[:16])
}

// File is one text file as read: Text is UTF-8 with \n line ends and neither BOM nor control
// characters. A File is immutable.
type File struct {
	Path string // slash-separated, relative to the root of its Tree
	Hash Hash   // of the bytes on disk
	Text string

	lines []int32 // offsets of line starts, made with the File
}

// NewFile decodes raw. It always returns a File; what could not be decoded is reported, and
// the text then holds what could be.
func NewFile(path string, raw []byte) (*File, diag.List) {
	text, problems := decode(path, raw)
	return newFile(path, HashOf(raw), text), problems
}

func newFile(path string, hash Hash, text string) *File {
	f := &File{Path: path, Hash: hash, Text: text}
	f.lines = append(f.lines, 0)
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			f.lines = append(f.lines, int32(i+1))
		}
	}
	return f
}

// Pos returns the place of a byte offset in Text.
func (f *File) Pos(offset int) diag.Pos {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.Search(len(f.lines), func(i int) bool { return int(f.lines[i]) > offset })
	start := int(f.lines[line-1])
	return diag.Pos{Path: f.Path, Line: line, Col: utf8.RuneCountInString(f.Text[start:offset]) + 1}
}

// Offset returns the byte offset in Text at which line n (from 1) begins.
func (f *File) Offset(n int) int {
	return int(f.lines[max(0, min(n-1, len(f.lines)-1))])
}

// Line returns the text of line n (counting from 1) without its end, or "".
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	line := f.Text[f.lines[n-1]:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	return line
}

// Lines returns the number of lines.
func (f *File) Lines() int { return len(f.lines) }
