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
	Level           int
	Text            string
}

// Fields of a section, in the order of a posting's mask.
const (
	fieldTitle = iota // of the page
	fieldHeading
	fieldAncestor // headings above
	fieldBody
	fields
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
	b := segmentBuilder{segment: s, terms: map[string]*list{}}
	for i := range pages {
		b.page(&pages[i])
	}
	terms := make([]entry, 0, len(b.terms))
	for term, l := range b.terms {
		terms = append(terms, entry{term, l})
	}
	slices.SortFunc(terms, func(a, b entry) int { return strings.Compare(a.term, b.term) })
	s.lay(terms)
	return s
}

// occurrence is one place of one term.
type occurrence struct {
	list  *list
	field uint8
	pos   int32
}

// segmentBuilder holds what is reused from section to section.
type segmentBuilder struct {
	segment     *Segment
	terms       map[string]*list
	occurrences []occurrence // in the order of fields and places
	counts      []int32      // of the occurrences of each term, by its order
	sorted      []occurrence
	key         []byte
	places      packer // of the posting at hand, packed
	section     int32
}

func (b *segmentBuilder) page(p *Page) {
	var above []string // headings above, by level
	levels := []int{}
	for i := range p.Sections {
		s := &p.Sections[i]
		for len(levels) > 0 && s.Level <= levels[len(levels)-1] {
			levels, above = levels[:len(levels)-1], above[:len(above)-1]
		}
		b.occurrences, b.counts = b.occurrences[:0], b.counts[:0]
		var lengths [fields]int
		lengths[fieldTitle] = b.text(p.Title, fieldTitle)
		lengths[fieldHeading] = b.text(s.Heading, fieldHeading)
		for _, heading := range above {
			lengths[fieldAncestor] += b.text(heading, fieldAncestor)
		}
		lengths[fieldBody] = b.text(s.Text, fieldBody)
		b.segment.lengths = append(b.segment.lengths, lengths)
		b.flush()
		b.section++
		if s.Heading != "" {
			levels, above = append(levels, s.Level), append(above, s.Heading)
		}
	}
}

// text adds the terms of one field and returns its length in positions.
func (b *segmentBuilder) text(text string, field uint8) int {
	end := 0
	for run := range cjk.Runs(text) {
		b.run(run, field)
		end = run.Pos + run.Width()
	}
	return end
}

// run adds the terms of a run: pairs of Han characters and the last character alone (its end
// mark); a word, and the parts of an identifier.
func (b *segmentBuilder) run(run *cjk.Run, field uint8) {
	if !run.Han {
		b.add(run.Chars, field, run.Pos)
		for _, part := range run.Parts {
			b.add(run.Chars[part[0]:part[1]], field, run.Pos)
		}
		return
	}
	for i := range run.Chars {
		b.add(run.Chars[i:min(i+2, len(run.Chars))], field, run.Pos+i)
	}
}

func (b *segmentBuilder) add(term []rune, field uint8, pos int) {
	b.key = b.key[:0]
	for _, r := range term {
		b.key = utf8.AppendRune(b.key, r)
	}
	l := b.terms[string(b.key)]
	if l == nil {
		l = &list{}
		b.terms[string(b.key)] = l
	}
	if l.seen != b.section+1 {
		l.seen, l.order = b.section+1, int32(len(b.counts))
		b.counts = append(b.counts, 0)
	}
	b.counts[l.order]++
	b.occurrences = append(b.occurrences, occurrence{l, field, int32(pos)})
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
		b.sorted[b.counts[o.list.order]] = o
		b.counts[o.list.order]++
	}
	start = 0
	for _, end := range b.counts {
		b.posting(b.sorted[start:end])
		start = end
	}
}

// posting writes the difference of the section's number, the mask of fields, for each field the
// number of places, and then what FORMAT.md has of the places, packed already and behind its
// length: merging needs the numbers for the impact, and copies the rest.
func (b *segmentBuilder) posting(places []occurrence) {
	l := places[0].list
	l.data = binary.AppendUvarint(l.data, uint64(b.section-l.last))
	l.last = b.section
	l.df++
	mask := 0
	for _, p := range places {
		mask |= 1 << p.field
	}
	l.data = append(l.data, byte(mask))
	b.places.reset()
	for start := 0; start < len(places); {
		field, end := places[start].field, start
		for end < len(places) && places[end].field == field {
			end++
		}
		l.data = binary.AppendUvarint(l.data, uint64(end-start))
		b.place(field, places[start:end])
		start = end
	}
	l.data = binary.AppendUvarint(l.data, uint64(len(b.places.b)))
	l.data = append(l.data, b.places.b...)
}

// place packs the places of one field: of a name its width first, of the headings above nothing.
func (b *segmentBuilder) place(field uint8, places []occurrence) {
	if field == fieldAncestor {
		return
	}
	if field != fieldBody {
		b.places.number(b.segment.lengths[b.section][field])
	}
	b.places.number(len(places))
	before := int32(0)
	for _, p := range places {
		b.places.number(int(p.pos - before))
		before = p.pos
	}
}
