// Package search finds sections of a handbook by any words in them. It cuts Chinese into pairs
// of characters, so that every substring is found without a dictionary, and packs the index
// into small scripts that a browser loads as a query needs them, also from file://.
//
// The central types are Page (what is indexed), Segment and Index (how it is built: segments
// in parallel, then merged), and Reader, which answers queries from the packed files. The
// browser's runtime does exactly what Reader does; testdata pins the two together. FORMAT.md
// specifies the files.
//
// The package knows no disk and no HTML.
package search

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"wenfang/internal/cjk"
)

// Page is one page of the site. URL is relative to the root of the site, already escaped;
// Path is the source path without its extension.
type Page struct {
	URL, Path, Title, Kind string
	Tags                   []string
	Sections               []Section
}

// Section is a heading and its own text. The first section of a page has no heading: it holds
// what stands before the first one.
type Section struct {
	Heading, Anchor string
	Text            string
	Links           []Span   // stretches of Text that lead to other pages, in order
	Called          []string // texts of the links of other pages that lead here, each once
}

// Fields of a section. The title belongs to a page's first section; its others inherit it
// when the index is read.
const (
	fieldTitle = iota // of the page
	fieldHeading
	fieldBody
	fieldCalled // texts of links from other pages: they rank a section, and are no place in it
	fields
)

// Bits of a posting's mask: the fields that hold the term, and whether it stands in the body
// inside links to other pages alone, which speak of those pages and not of this one.
const (
	maskTitle   = 1 << fieldTitle
	maskHeading = 1 << fieldHeading
	maskBody    = 1 << fieldBody
	maskCalled  = 1 << fieldCalled
	maskLink    = 16
	maskLonger  = 32 // of a query's last word: only longer words stand there
)

// entry is a term of a segment with its postings.
type entry struct {
	term string
	list *list
}

// list is the postings of one term, while a segment is built.
type list struct {
	data []byte // see posting
	last int32  // the section of the last posting
	df   int32

	seen  int32 // one more than the section that it was last seen in
	order int32 // of its first occurrence there
}

// NewSegment indexes pages. Segments are independent of each other and may be made in
// parallel.
func NewSegment(pages []Page) *Segment {
	s := &Segment{pages: pages}
	b := segmentBuilder{segment: s, words: map[string]int32{}, pairs: map[[2]rune]int32{}}
	for i := range pages {
		b.page(&pages[i])
	}
	terms := make([]entry, 0, len(b.lists))
	for word, i := range b.words {
		terms = append(terms, entry{word, &b.lists[i]})
	}
	for pair, i := range b.pairs {
		terms = append(terms, entry{pairTerm(pair), &b.lists[i]})
	}
	slices.SortFunc(terms, func(a, b entry) int { return strings.Compare(a.term, b.term) })
	s.lay(terms)
	return s
}

// pairTerm is the term of a pair, or of the one character whose second one is 0.
func pairTerm(pair [2]rune) string {
	if pair[1] == 0 {
		return string(pair[:1])
	}
	return string(pair[:])
}

// occurrence is one place of one term, and holds no pointer: there are many. In a name a part of an identifier is known from a word;
// in the body a place inside a link from others.
type occurrence struct {
	list  int32 // of the builder's lists
	field uint8
	apart bool // a part, or in a link
	pos   int32
}

// segmentBuilder holds what is reused from section to section.
type segmentBuilder struct {
	segment     *Segment
	words       map[string]int32  // by their lists
	pairs       map[[2]rune]int32 // of Han characters; the end mark has 0 for its second
	lists       []list
	occurrences []occurrence // in the order of fields and places
	counts      []int32      // of the occurrences of each term, by its order
	sorted      []occurrence
	key         []byte
	names, body packer // places of the posting at hand
	section     int32
}

func (b *segmentBuilder) page(p *Page) {
	for i := range p.Sections {
		s := &p.Sections[i]
		b.occurrences, b.counts = b.occurrences[:0], b.counts[:0]
		var lengths [fields]int
		if i == 0 {
			lengths[fieldTitle] = b.name(p.Title, fieldTitle)
		}
		lengths[fieldHeading] = b.name(s.Heading, fieldHeading)
		lengths[fieldBody] = b.text(s)
		lengths[fieldCalled] = b.called(s.Called)
		b.segment.lengths = append(b.segment.lengths, lengths)
		b.flush()
		b.section++
	}
}

// name adds the terms of a name, also by their sounds, and returns its width in positions.
func (b *segmentBuilder) name(text string, field uint8) int {
	end := 0
	for run := range cjk.Runs(text) {
		end = run.Pos + run.Width()
		if !run.Han {
			b.add(run.Chars, occurrence{field: field, pos: int32(run.Pos)})
			for _, part := range run.Parts {
				b.add(run.Chars[part[0]:part[1]], occurrence{field: field, pos: int32(run.Pos), apart: true})
			}
			continue
		}
		b.han(run, field, nil)
		for i, terms := range soundTerms(run.Chars) {
			for _, term := range terms {
				b.add([]rune(term), occurrence{field: field, pos: int32(run.Pos + i)})
			}
		}
	}
	return end
}

// text adds the terms of a section's text and returns its length in positions.
func (b *segmentBuilder) text(s *Section) int {
	end, links := 0, s.Links
	for run := range cjk.Runs(s.Text) {
		end = run.Pos + run.Width()
		for len(links) > 0 && links[0].End <= run.At[0] {
			links = links[1:]
		}
		if run.Han {
			b.han(run, fieldBody, links)
			continue
		}
		o := occurrence{field: fieldBody, pos: int32(run.Pos), apart: inside(links, run.At[0])}
		b.add(run.Chars, o)
		for _, part := range run.Parts {
			b.add(run.Chars[part[0]:part[1]], o)
		}
	}
	return end
}

// called adds the terms of what others call a section, and returns the length of that in
// positions.
func (b *segmentBuilder) called(texts []string) (length int) {
	for _, text := range texts {
		for run := range cjk.Runs(text) {
			length += run.Width()
			if run.Han {
				b.han(run, fieldCalled, nil)
				continue
			}
			b.add(run.Chars, occurrence{field: fieldCalled})
			for _, part := range run.Parts {
				b.add(run.Chars[part[0]:part[1]], occurrence{field: fieldCalled})
			}
		}
	}
	return length
}

// han adds the pairs of a run, and its last character alone as the end mark.
func (b *segmentBuilder) han(run *cjk.Run, field uint8, links []Span) {
	for i := range run.Chars {
		for len(links) > 0 && links[0].End <= run.At[i] {
			links = links[1:]
		}
		pair := [2]rune{run.Chars[i]}
		if i+1 < len(run.Chars) {
			pair[1] = run.Chars[i+1]
		}
		l, ok := b.pairs[pair]
		if !ok {
			l = b.newList()
			b.pairs[pair] = l
		}
		b.note(l, occurrence{field: field, pos: int32(run.Pos + i), apart: inside(links, run.At[i])})
	}
}

// inside reports whether an offset lies in the first of some spans; those before it were left
// behind.
func inside(spans []Span, offset int) bool {
	return len(spans) > 0 && spans[0].Start <= offset && offset < spans[0].End
}

// add notes an occurrence of a word.
func (b *segmentBuilder) add(term []rune, o occurrence) {
	b.key = b.key[:0]
	for _, r := range term {
		b.key = utf8.AppendRune(b.key, r)
	}
	l, ok := b.words[string(b.key)]
	if !ok {
		l = b.newList()
		b.words[string(b.key)] = l
	}
	b.note(l, o)
}

func (b *segmentBuilder) newList() int32 {
	b.lists = append(b.lists, list{})
	return int32(len(b.lists) - 1)
}

func (b *segmentBuilder) note(index int32, o occurrence) {
	l := &b.lists[index]
	if l.seen != b.section+1 {
		l.seen, l.order = b.section+1, int32(len(b.counts))
		b.counts = append(b.counts, 0)
	}
	b.counts[l.order]++
	o.list = index
	b.occurrences = append(b.occurrences, o)
}

// flush writes the postings of the section at hand: it brings the occurrences of each term
// together, which keeps the order of their fields and places.
func (b *segmentBuilder) flush() {
	b.sorted = slices.Grow(b.sorted[:0], len(b.occurrences))[:len(b.occurrences)]
	start := int32(0)
	for i, n := range b.counts {
		b.counts[i] = start // from here on the place of the term's next occurrence
		start += n
	}
	for _, o := range b.occurrences {
		order := b.lists[o.list].order
		b.sorted[b.counts[order]] = o
		b.counts[order]++
	}
	start = 0
	for _, end := range b.counts {
		b.posting(b.sorted[start:end])
		start = end
	}
}

// posting writes the difference of the section's number, the mask, for each field how often the
// term stands there, and then what FORMAT.md has of the places in names and of those in the body,
// packed already, each behind its length: merging needs the numbers for the impact, and copies
// the rest.
func (b *segmentBuilder) posting(places []occurrence) {
	l := &b.lists[places[0].list]
	l.data = binary.AppendUvarint(l.data, uint64(b.section-l.last))
	l.last = b.section
	l.df++
	mask, outside := 0, false
	for _, p := range places {
		mask |= 1 << p.field
		outside = outside || p.field == fieldBody && !p.apart
	}
	if mask&maskBody != 0 && !outside {
		mask |= maskLink
	}
	l.data = append(l.data, byte(mask))
	b.names.reset()
	b.body.reset()
	for start := 0; start < len(places); {
		field, end := places[start].field, start
		for end < len(places) && places[end].field == field {
			end++
		}
		l.data = binary.AppendUvarint(l.data, uint64(end-start))
		switch field {
		case fieldTitle, fieldHeading:
			b.namePlaces(int(field), places[start:end])
		case fieldBody:
			b.bodyPlaces(places[start:end])
		}
		start = end
	}
	for _, packed := range [][]byte{b.names.b, b.body.b} {
		l.data = binary.AppendUvarint(l.data, uint64(len(packed)))
		l.data = append(l.data, packed...)
	}
}

// namePlaces packs the width of a name and the places as differences, each with a bit that tells
// a part of an identifier and one that tells the last place.
func (b *segmentBuilder) namePlaces(field int, places []occurrence) {
	b.names.number(b.segment.lengths[b.section][field])
	before := int32(0)
	for i, p := range places {
		b.names.number(int(p.pos-before)<<2 | bit(p.apart)<<1 | bit(i == len(places)-1))
		before = p.pos
	}
}

// bodyPlaces packs places as differences, each with a bit that tells the last one.
func (b *segmentBuilder) bodyPlaces(places []occurrence) {
	before := int32(0)
	for i, p := range places {
		b.body.number(int(p.pos-before)<<1 | bit(i == len(places)-1))
		before = p.pos
	}
}

func bit(set bool) int {
	if set {
		return 1
	}
	return 0
}
