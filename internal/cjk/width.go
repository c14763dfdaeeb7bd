package cjk

import (
	"unicode"

	"github.com/rivo/uniseg"
)

// Width returns how many columns of a terminal text takes: two for a Han character or a
// full-width mark, none for a combining one. Tabs count as one.
func Width(text string) int {
	width := 0
	for _, r := range text {
		switch {
		case r >= ' ' && r < 0x7f:
			width++
		case r >= 0x4e00 && r <= 0x9fff:
			width += 2
		default: // what may join what is before it, or be of any width
			return uniseg.StringWidth(text)
		}
	}
	return width
}

// Count returns the number of Han characters of text, and of its words in Latin and other
// scripts with spaces; numbers are words too.
func Count(text string) (han, words int) {
	inWord := false
	for _, r := range text {
		switch {
		case r >= 0x4e00 && r <= 0x9fff:
			han++
			inWord = false
		case r < 0x80:
			switch {
			case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
				if !inWord {
					words++
				}
				inWord = true
			case r == '\'' || r == '-' || r == '_' || r == '.':
				// inside a word these belong to it
			default:
				inWord = false
			}
		case r >= 0x3000 && r <= 0x3004 || r >= 0x3008 && r <= 0x3020 || r >= 0xff00 && r <= 0xff0f: // most of the punctuation
			inWord = false
		case r >= 0x2e80 && unicode.Is(unicode.Han, r):
			han++
			inWord = false
		case r >= 0x3000 && r <= 0x303f: // the rest of it
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord {
				words++
			}
			inWord = true
		case r == '’' || unicode.IsMark(r):
		default:
			inWord = false
		}
	}
	return han, words
}
