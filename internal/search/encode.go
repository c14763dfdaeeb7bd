package search

import (
	"bytes"
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
)

// FormatVersion is the version of the files. A runtime refuses any other.
//
//	1  bigrams with places, impacts, names and texts by page (first version)
//	2  index.js is packed and holds what ranking needs of pages: sections, kinds, tags
const FormatVersion = 2

// Sizes of shards, in bytes. A list of results reads a name shard and a text shard for nearly
// every line of it, so these are small.
const (
	termShard = 24 << 10
	nameShard = 4 << 10
	textShard = 8 << 10
)

// File is one file of the index. Name is relative to the root of the site.
type File struct {
	Name string
	Data []byte
}

// IndexName is the one file of the index with a fixed name; it names all others.
const IndexName = "search/index.js"

// weights of the fields, by which a term's frequencies become one impact. The title counts
// fully for a page's first section and less for its others.
const (
	weightTitle     = 16
	weightInherited = 4
	weightHeading   = 12
	weightAncestor  = 0.3
	weightBody      = 1
	lengthNames     = 0.3
	lengthBody      = 0.6
	impactScale     = 64 // impacts are kept as integers of 1/64
)

// Index is the whole, ready to be packed.
type Index struct {
	segments []*Segment
	bases    []int // number of the first section of each segment
	sections int
	average  [fields]float64
	first    []bool // for each section whether it is the first of its page
	reader   postingReader
}

// Merge joins segments in the order of their pages. The result depends on the pages alone,
// not on how they were cut.
func Merge(segments []*Segment) *Index {
	x := &Index{segments: segments}
	var sums, counts [fields]int
	for _, s := range segments {
		x.bases = append(x.bases, x.sections)
		x.sections += len(s.lengths)
		for _, lengths := range s.lengths {
			for f, n := range lengths {
				if sums[f] += n; n > 0 {
					counts[f]++
				}
			}
		}
		for _, p := range s.pages {
			for i := range p.Sections {
				x.first = append(x.first, i == 0)
			}
		}
	}
	for f := range fields {
		x.average[f] = max(1, float64(sums[f])/float64(max(1, counts[f])))
	}
	return x
}

// Files packs the index. build is kept in index.js; pages carry it too, so that an old page
// does not use a new index. Equal pages give equal bytes. Packing lets go of what was indexed:
// Files is called once.
func (x *Index) Files(build string) []File {
	d := directory{build: build, sections: x.sections}
	var files []File
	add := func(content string) string {
		hash := hashOf(content)
		files = append(files, File{"search/" + hash + ".js", script(hash, content)})
		return hash
	}
	x.packTerms(func(first, content string) { d.terms = append(d.terms, termFile{first, add(content)}) })
	x.packNames(add, func(section int, content string) { d.names = append(d.names, spanFile{section, add(content)}) })
	for _, s := range x.segments {
		for i := range s.pages {
			d.addPage(&s.pages[i])
		}
	}
	files = append(files, File{IndexName, script("index", d.pack())})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(files, func(a, b File) bool { return a.Name == b.Name })
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])[:hashLength]
}

// script is a classic script that hands over a string under a key.
func script(key, content string) []byte {
	var b bytes.Buffer
	b.WriteString(`wenfang.put("` + key + `",`)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(content); err != nil {
		panic(err) // a string
	}
	b.Truncate(b.Len() - 1)
	b.WriteString(");\n")
	return b.Bytes()
}

// packer writes integers and strings as characters.
type packer struct{ b strings.Builder }

// number writes n ≥ 0 as one character, or as two from 8000 up. See FORMAT.md.
func (p *packer) number(n int) {
	const small = 8000
	if n >= small {
		p.b.WriteRune(rune(0x2100 + (n-small)>>12))
		n = (n - small) & 0xfff
	}
	if n >= 93 {
		p.b.WriteRune(rune(0xa0 + n - 93))
		return
	}
	c := 0x20 + n
	if c >= '"' {
		c++
	}
	if c >= '\\' {
		c++
	}
	p.b.WriteByte(byte(c))
}

// text writes a string behind its length in UTF-16 units.
func (p *packer) text(s string) {
	p.number(unitsOf(s))
	p.b.WriteString(s)
}

func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// packTerms packs the postings, terms in order. The segments' postings are let go on the way:
// an Index is packed once.
func (x *Index) packTerms(emit func(first, content string)) {
	var shard packer
	first, before, size := "", "", 0
	x.eachTerm(func(term string, lists []part) {
		postings, df := x.postings(lists)
		if size > 0 && size+len(postings) > termShard {
			emit(first, shard.b.String())
			shard, size, before = packer{}, 0, ""
		}
		if size == 0 {
			first = term
		}
		shared := sharedRunes(before, term)
		shard.number(shared)
		shard.text(string([]rune(term)[shared:]))
		shard.number(df)
		shard.text(postings)
		size += len(postings) + 4
		before = term
	})
	if size > 0 {
		emit(first, shard.b.String())
	}
}

// part is the postings of a term in one segment.
type part struct {
	segment int
	list    *list
}

// eachTerm calls f with every term in order and its parts in the order of segments.
func (x *Index) eachTerm(f func(term string, parts []part)) {
	heads := make(heads, 0, len(x.segments))
	for i, s := range x.segments {
		if len(s.terms) > 0 {
			heads = append(heads, head{i, s.terms})
		}
	}
	heap.Init(&heads)
	var parts []part
	for len(heads) > 0 {
		term := heads[0].rest[0].term
		parts = parts[:0]
		for len(heads) > 0 && heads[0].rest[0].term == term {
			h := &heads[0]
			parts = append(parts, part{h.segment, h.rest[0].list})
			h.rest[0] = entry{}
			if h.rest = h.rest[1:]; len(h.rest) == 0 {
				heap.Pop(&heads)
			} else {
				heap.Fix(&heads, 0)
			}
		}
		f(term, parts)
	}
}

// head is where the walk through the terms of a segment stands.
type head struct {
	segment int
	rest    []entry
}

// heads is a heap: the smallest term first, of equal ones the first segment.
type heads []head

func (h heads) Len() int { return len(h) }
func (h heads) Less(i, j int) bool {
	if a, b := h[i].rest[0].term, h[j].rest[0].term; a != b {
		return a < b
	}
	return h[i].segment < h[j].segment
}
func (h heads) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *heads) Push(v any)   { *h = append(*h, v.(head)) }
func (h *heads) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// sharedRunes counts the characters that a and b begin with alike.
func sharedRunes(a, b string) int {
	n := 0
	ra, rb := []rune(a), []rune(b)
	for n < len(ra) && n < len(rb) && ra[n] == rb[n] {
		n++
	}
	return n
}

// postings packs one term: for each section the difference of its number, the mask of fields,
// the impact, and for each positioned field the width of a name, the number of places, and
// the places as differences.
func (x *Index) postings(parts []part) (packed string, df int) {
	var p packer
	last := 0
	r := &x.reader
	for _, part := range parts {
		s := x.segments[part.segment]
		df += int(part.list.df)
		r.data, r.section = part.list.data, 0
		for r.next() {
			section := x.bases[part.segment] + r.section
			p.number(section - last)
			last = section
			p.number(r.mask)
			p.number(x.impact(section, s.lengths[r.section], r))
			for _, f := range []int{fieldTitle, fieldHeading, fieldBody} {
				if r.mask&(1<<f) == 0 {
					continue
				}
				if f != fieldBody {
					p.number(s.lengths[r.section][f])
				}
				places := r.places[f]
				p.number(len(places))
				before := 0
				for _, pos := range places {
					p.number(pos - before)
					before = pos
				}
			}
		}
	}
	return p.b.String(), df
}

// impact is the weighted frequency of a term in a section, against the lengths of its fields.
func (x *Index) impact(section int, lengths [fields]int, r *postingReader) int {
	title := float64(weightTitle)
	if !x.first[section] {
		title = weightInherited
	}
	sum := 0.0
	for f, w := range [fields]float64{title, weightHeading, weightAncestor, weightBody} {
		b := lengthNames
		if f == fieldBody {
			b = lengthBody
		}
		if n := len(r.places[f]); n > 0 {
			sum += w * float64(n) / (1 - b + b*float64(lengths[f])/x.average[f])
		}
	}
	return max(1, int(math.Round(sum*impactScale)))
}

// postingReader reads the postings of a segment.
type postingReader struct {
	data    []byte
	section int
	mask    int
	places  [fields][]int
}

func (r *postingReader) next() bool {
	if len(r.data) == 0 {
		return false
	}
	r.section += r.varint()
	r.mask = int(r.data[0])
	r.data = r.data[1:]
	for f := range fields {
		r.places[f] = r.places[f][:0]
		if r.mask&(1<<f) == 0 {
			continue
		}
		pos := 0
		for range r.varint() {
			pos += r.varint()
			r.places[f] = append(r.places[f], pos)
		}
	}
	return true
}

func (r *postingReader) varint() int {
	n, size := binary.Uvarint(r.data)
	r.data = r.data[size:]
	return int(n)
}

// packNames packs what is shown of pages and sections, each shard with the list of the files
// of its sections' texts: who shows a result needs both, and the directory stays short.
func (x *Index) packNames(add func(content string) string, emit func(section int, content string)) {
	var names packer
	var sections []*Section
	section, first := 0, 0
	shut := func() {
		var shard packer
		packTexts(&shard, sections, add)
		shard.b.WriteString(names.b.String())
		emit(first, shard.b.String())
		names, sections, first = packer{}, nil, section
	}
	for _, s := range x.segments {
		for i := range s.pages {
			p := &s.pages[i]
			if names.b.Len() > nameShard {
				shut()
			}
			for _, text := range []string{p.URL, p.Path, p.Title} {
				names.text(text)
			}
			names.number(len(p.Sections))
			for j := range p.Sections {
				names.text(p.Sections[j].Heading)
				names.text(p.Sections[j].Anchor)
				sections = append(sections, &p.Sections[j])
			}
			section += len(p.Sections)
		}
	}
	if names.b.Len() > 0 {
		shut()
	}
}

// packTexts packs the texts that excerpts are cut from, and writes how many sections each file
// holds and its hash.
func packTexts(list *packer, sections []*Section, add func(content string) string) {
	var files packer
	count := 0
	for i := 0; i < len(sections); count++ {
		var texts packer
		from := i
		for i < len(sections) && (i == from || texts.b.Len()+len(sections[i].Text) <= textShard) {
			texts.text(sections[i].Text)
			i++
		}
		files.number(i - from)
		files.b.WriteString(add(texts.b.String()))
	}
	list.number(count)
	list.b.WriteString(files.b.String())
}
