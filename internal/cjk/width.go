package cjk

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// Width returns how many columns of a terminal text takes: two for a Han character or a
// full-width mark, none for a combining one. Tabs count as one; see ExpandTabs.
func Width(text string) int { return uniseg.StringWidth(text) }

// ExpandTabs replaces each tab by spaces up to the next multiple of four columns.
func ExpandTabs(text string) string {
	if !strings.Contains(text, "\t") {
		return text
	}
	const stop = 4
	var b strings.Builder
	for part := range strings.SplitSeq(text, "\t") {
		if b.Len() > 0 || strings.HasPrefix(text, "\t") && part != "" {
			b.WriteString(strings.Repeat(" ", stop-Width(b.String())%stop))
		}
		b.WriteString(part)
	}
	return b.String()
}

// Count returns the number of Han characters of text, and of its words in Latin and other
// scripts with spaces; numbers are words too.
func Count(text string) (han, words int) {
	inWord := false
	for _, r := range text {
		switch {
		case r >= 0x2e80 && unicode.Is(unicode.Han, r):
			han++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord {
				words++
			}
			inWord = true
		case r == '\'' || r == '’' || r == '-' || r == '_' || r == '.' || unicode.IsMark(r):
			// inside a word these belong to it
		default:
			inWord = false
		}
	}
	return han, words
}
