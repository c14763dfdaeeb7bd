package search

import (
	"encoding/binary"
	"sort"
)

// Segment is the index of some pages that follow one another. Its terms lie one behind the
// other in sorted bytes, in ranges that are merged apart from each other: so a segment is
// nothing that a garbage collector has to walk, and can be kept as it is.
type Segment struct {
	pages   []Page
	lengths [][fields]int // of each section, in positions
	ranges  [len(borders) + 1][]byte
}

// borders cut the terms into ranges of about the same weight in Chinese text with code in it.
// A shard never reaches over a border.
var borders = [...]string{"1", "d", "m", "s", "一", "于", "以", "入", "取", "多", "应", "操", "构", "用", "解"}

// rangeOf returns the range of a term.
func rangeOf(term string) int {
	return sort.Search(len(borders), func(i int) bool { return borders[i] > term })
}

// lay writes sorted terms into the ranges. A term is: how many bytes it begins with of the
// term before, how many more it has, and these; then the number of sections, the length of
// the postings, and these.
func (s *Segment) lay(terms []entry) {
	var sizes [len(borders) + 1]int
	for _, e := range terms {
		sizes[rangeOf(e.term)] += len(e.term) + len(e.list.data) + 4*binary.MaxVarintLen16
	}
	for i, n := range sizes {
		s.ranges[i] = make([]byte, 0, n)
	}
	before, at := "", -1
	for _, e := range terms {
		if r := rangeOf(e.term); r != at {
			at, before = r, ""
		}
		data := s.ranges[at]
		shared := 0
		for shared < min(len(before), len(e.term)) && before[shared] == e.term[shared] {
			shared++
		}
		data = binary.AppendUvarint(data, uint64(shared))
		data = binary.AppendUvarint(data, uint64(len(e.term)-shared))
		data = append(data, e.term[shared:]...)
		data = binary.AppendUvarint(data, uint64(e.list.df))
		data = binary.AppendUvarint(data, uint64(len(e.list.data)))
		s.ranges[at] = append(data, e.list.data...)
		before = e.term
	}
}

// Data returns the segment as bytes, for OpenSegment.
func (s *Segment) Data() []byte {
	data := binary.AppendUvarint(nil, uint64(len(s.lengths)))
	for _, lengths := range s.lengths {
		for _, n := range lengths {
			data = binary.AppendUvarint(data, uint64(n))
		}
	}
	for _, r := range s.ranges {
		data = binary.AppendUvarint(data, uint64(len(r)))
		data = append(data, r...)
	}
	return data
}

// OpenSegment returns the segment that the same pages gave before, from its Data. It reports
// false for bytes that are not those of a segment of as many sections. Whether they are whole
// is for the keeper to know: a segment is as trusted as the memory of the program.
func OpenSegment(pages []Page, data []byte) (*Segment, bool) {
	s := &Segment{pages: pages}
	c := cursor{data: data}
	sections := 0
	for i := range pages {
		sections += len(pages[i].Sections)
	}
	if c.number() != sections || c.bad {
		return nil, false
	}
	s.lengths = make([][fields]int, sections)
	for i := range s.lengths {
		for f := range fields {
			s.lengths[i][f] = c.number()
		}
	}
	for i := range s.ranges {
		s.ranges[i] = c.bytes()
	}
	return s, !c.bad && len(c.data) == 0
}

// cursor reads what a segment holds. After a fault it reads zeros.
type cursor struct {
	data []byte
	bad  bool
}

func (c *cursor) number() int {
	n, size := binary.Uvarint(c.data)
	if size <= 0 || n > 1<<40 {
		c.data, c.bad = nil, true
		return 0
	}
	c.data = c.data[size:]
	return int(n)
}

// bytes reads a stretch behind its length.
func (c *cursor) bytes() []byte {
	n := c.number()
	if n > len(c.data) {
		c.data, c.bad = nil, true
		return nil
	}
	part := c.data[:n:n]
	c.data = c.data[n:]
	return part
}

// termCursor walks through the terms of one range of a segment.
type termCursor struct {
	cursor
	segment  int
	term     []byte
	df       int
	postings []byte
}

// next steps to the next term, if there is one.
func (c *termCursor) next() bool {
	if len(c.data) == 0 {
		return false
	}
	shared := min(c.number(), len(c.term))
	c.term = append(c.term[:shared], c.bytes()...)
	c.df = c.number()
	c.postings = c.bytes()
	return !c.bad
}

// postingCursor walks through the postings of a term in a segment.
type postingCursor struct {
	cursor
	section int // from the segment's start
	mask    int
	counts  [fields]int // how often the term stands in each field
	places  []byte      // packed
}

func (c *postingCursor) next() bool {
	if len(c.data) == 0 {
		return false
	}
	c.section += c.number()
	if len(c.data) == 0 {
		return false
	}
	c.mask = int(c.data[0])
	c.data = c.data[1:]
	for f := range fields {
		c.counts[f] = 0
		if c.mask&(1<<f) != 0 {
			c.counts[f] = c.number()
		}
	}
	c.places = c.bytes()
	return !c.bad
}
