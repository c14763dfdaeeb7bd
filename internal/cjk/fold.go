package cjk

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks may follow a character and still be composed with
// it. A heap of marks is no word of any language, and composing it costs more than linear
// time.
const maxMarks = 8

// folder yields the characters of text after NFKC and without zero-width characters, but
// with their case: where an identifier is cut depends on it. Each cluster (a character and
// its marks) is normalised by itself, so every character keeps its place in the source.
type folder struct {
	text    string
	i       int    // start of what was not yet read
	pending []byte // rest of a cluster that became several characters
	start   int    // where that cluster begins
	raw     []byte
	out     []byte
}

// next returns a character and the byte offset of its cluster.
func (f *folder) next() (r rune, at int, ok bool) {
	if len(f.pending) > 0 {
		r, size := utf8.DecodeRune(f.pending)
		f.pending = f.pending[size:]
		return r, f.start, true
	}
	for f.i < len(f.text) {
		at = f.i
		r, size := utf8.DecodeRuneInString(f.text[f.i:])
		f.i += size
		if isZeroWidth(r) {
			continue
		}
		if short, ok := foldAlone(r); ok && !f.markFollows() {
			return short, at, true
		}
		f.normalize(r, at)
		if len(f.pending) == 0 {
			continue
		}
		return f.next()
	}
	return 0, len(f.text), false
}

// foldAlone is NFKC of the commonest characters, for the case that no mark follows: Latin,
// hanzi, Chinese punctuation and full-width forms.
func foldAlone(r rune) (rune, bool) {
	switch {
	case r < 0x80, r >= 0x4E00 && r <= 0x9FFF, r >= 0x3001 && r <= 0x3020, r >= 0x2018 && r <= 0x201D:
		return r, true
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0, true
	}
	return 0, false
}

func (f *folder) markFollows() bool {
	if f.i >= len(f.text) || f.text[f.i] < 0xCC {
		return false // every mark is at U+0300 or above
	}
	r, _ := utf8.DecodeRuneInString(f.text[f.i:])
	return isMark(r) || isZeroWidth(r)
}

// normalize reads the marks that follow r and makes the cluster's characters pending.
func (f *folder) normalize(r rune, at int) {
	f.start = at
	f.raw = utf8.AppendRune(f.raw[:0], r)
	for marks := 0; marks < maxMarks && f.i < len(f.text); {
		m, size := utf8.DecodeRuneInString(f.text[f.i:])
		if isMark(m) {
			f.raw = utf8.AppendRune(f.raw, m)
			marks++
		} else if !isZeroWidth(m) {
			break
		}
		f.i += size
	}
	f.out = norm.NFKC.Append(f.out[:0], f.raw...)
	f.pending = f.out
}

// isMark reports whether r may compose with the character before it: combining marks,
// conjoining jamo, and the half-width voice marks of kana.
func isMark(r rune) bool {
	switch {
	case r < 0x300 || r >= 0x3400 && r <= 0x9FFF:
		return false
	case r >= 0x1160 && r <= 0x11FF || r == 0xFF9E || r == 0xFF9F:
		return true
	}
	return unicode.Is(unicode.M, r)
}

// isZeroWidth reports whether r is drawn as nothing and only hides words from a search.
func isZeroWidth(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r >= 0x2000 && r <= 0x20FF:
		return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F
	case r >= 0x3000 && r < 0xFE00:
		return false
	}
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r >= 0x180B && r <= 0x180F,
		r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFB,
		r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}
