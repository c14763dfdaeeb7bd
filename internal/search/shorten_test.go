package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// TestShorten: what repeats becomes shorter, and is the same again when it is read.
func TestShorten(t *testing.T) {
	for _, tt := range []struct{ content, want string }{
		{"", ""},
		{"会议通知", "会议通知"},
		{"会议通知，会议通知", "会议通知，\x7f&!"},
		{"abcabc", "abcabc"}, // a reference is no shorter
		{"\x7f", "\x7f "},
		{"𠮷𠮷𠮷𠮷", "𠮷𠮷\x7f%!"},
	} {
		if got := shorten(tt.content); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.content, got, tt.want)
		}
	}
}

// TestDamagedReferences: none leads out of what was read, into itself, or to more than may be.
func TestDamagedReferences(t *testing.T) {
	var far packer
	far.number(refMost + 1)
	far.number(refMost + 1 - refLeast)
	for _, written := range []string{"abc\x7f", "abc\x7f$", "abc\x7f# ", "abc\x7f% ", "abc\x7f\" ", strings.Repeat("a", 400) + "\x7f" + string(far.b)} {
		if got, ok := expand(utf16.Encode([]rune(written))); ok {
			t.Errorf("%q is read as %q", written, string(utf16.Decode(got)))
		}
	}
}

// FuzzShorten: every text comes back, and whatever is read instead of one is read without a panic.
func FuzzShorten(f *testing.F) {
	for _, seed := range []string{"会议通知，会议通知的会议通知", "abcdefabcdefabcdef", "\x7f \x7f!", "𠮷野家𠮷野家𠮷野家", strings.Repeat("通知", 300)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if !utf8.ValidString(content) {
			return
		}
		units := utf16.Encode([]rune(content))
		if got, ok := expand(utf16.Encode([]rune(shorten(content)))); !ok || !slices.Equal(got, units) {
			t.Errorf("%q: got %q", content, string(utf16.Decode(got)))
		}
		expand(units)
	})
}
