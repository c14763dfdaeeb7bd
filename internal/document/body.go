package document

import (
	"iter"
	"strconv"
	"strings"
)

// The marks of a run of prose.
const (
	proseStart = '\x01'
	proseEnd   = '\x02'
)

// Body is the HTML of a document with holes. Control characters never occur in text, so
// four of them serve as marks:
//
//	\x01 text \x02            a run of prose: plain text, not yet escaped, in which terms may be
//	                          marked and the gap between Han and Latin may be shown
//	\x03 kind argument \x04   a hole, filled by render
//
// Everything else is finished HTML.
type Body string

// PartKind is the kind of a part of a Body.
type PartKind byte

// The parts of a Body. A link hole stands for the opening tag <a …> only (</a> is part of the
// HTML); an image hole for the whole <img>; a code hole for the whole block; a word hole for
// words of the site's catalogue.
const (
	PartHTML  PartKind = 'H'
	PartProse PartKind = 'P'
	PartLink  PartKind = 'L' // argument: index into Links
	PartImage PartKind = 'I' // argument: index into Links
	PartCode  PartKind = 'C' // argument: index into Codes
	PartWord  PartKind = 'W' // argument: key of the catalogue
)

// Part is one part of a Body. Text is the HTML, the prose, or the key of a word; Index is
// the argument of the other holes.
type Part struct {
	Kind  PartKind
	Text  string
	Index int
}

// Parts returns the parts of b in order.
func (b Body) Parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		s := string(b)
		for s != "" {
			i := strings.IndexAny(s, "\x01\x03")
			if i < 0 {
				yield(Part{Kind: PartHTML, Text: s})
				return
			}
			if i > 0 && !yield(Part{Kind: PartHTML, Text: s[:i]}) {
				return
			}
			part, rest := nextPart(s[i:])
			if !yield(part) {
				return
			}
			s = rest
		}
	}
}

// nextPart reads the prose or hole at the start of s.
func nextPart(s string) (Part, string) {
	end := "\x02"
	if s[0] == '\x03' {
		end = "\x04"
	}
	text, rest, _ := strings.Cut(s[1:], end)
	if end == "\x02" {
		return Part{Kind: PartProse, Text: text}, rest
	}
	part := Part{Kind: PartKind(text[0]), Text: text[1:]}
	if part.Kind != PartWord {
		part.Index, _ = strconv.Atoi(part.Text)
	}
	return part, rest
}

// Hole returns a hole with an index for a Body.
func Hole(kind PartKind, index int) string {
	return "\x03" + string(rune(kind)) + strconv.Itoa(index) + "\x04"
}

// Word returns a hole for words of the site's catalogue.
func Word(key string) string { return "\x03" + string(rune(PartWord)) + key + "\x04" }
