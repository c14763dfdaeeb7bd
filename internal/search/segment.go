package search

import (
	"encoding/binary"
	"sort"
)

// Segment is the index of some pages that follow one another: sorted bytes, nothing that a
// garbage collector has to walk, and fit to be kept as they are. In them stand the number of
// sections, the lengths of their fields, and behind their lengths the ranges of terms.
type Segment struct {
	pages   []Page
	data    []byte
	lengths [][fields]int            // of each section, in positions
	ranges  [len(borders) + 1][]byte // of terms, merged apart from each other
}

// borders cut the terms into ranges of about the same weight in Chinese text with code in it.
// A shard never reaches over a border.
var borders = [...]string{"0", "1", "d", "m", "s", "一", "于", "以", "入", "取", "多", "应", "操", "构", "用", "解"}

// lay writes lengths and sorted terms into the bytes of the segment. A term is: how many bytes
// it begins with of the term before in its range, how many more it has, and these; then the
// number of sections, the length of the postings, and these.
func (s *Segment) lay(terms []entry) {
	size := binary.MaxVarintLen16 * (1 + fields*len(s.lengths) + len(s.ranges))
	for _, e := range terms {
		size += len(e.term) + len(e.list.data) + 4*binary.MaxVarintLen16
	}
	data := binary.AppendUvarint(make([]byte, 0, size), uint64(len(s.lengths)))
	for _, lengths := range s.lengths {
		for _, n := range lengths {
			data = binary.AppendUvarint(data, uint64(n))
		}
	}
	for i := range s.ranges {
		n := len(terms)
		if i < len(borders) {
			n = sort.Search(len(terms), func(j int) bool { return terms[j].term >= borders[i] })
		}
		data = layRange(data, terms[:n])
		terms = terms[n:]
	}
	s.open(data)
}

// layRange writes the terms of a range behind the length of what it writes, which is known
// only afterwards: it has a fixed size.
func layRange(data []byte, terms []entry) []byte {
	start := len(data)
	data = binary.LittleEndian.AppendUint32(data, 0)
	before := ""
	for _, e := range terms {
		shared := 0
		for shared < min(len(before), len(e.term)) && before[shared] == e.term[shared] {
			shared++
		}
		data = binary.AppendUvarint(data, uint64(shared))
		data = binary.AppendUvarint(data, uint64(len(e.term)-shared))
		data = append(data, e.term[shared:]...)
		data = binary.AppendUvarint(data, uint64(e.list.df))
		data = binary.AppendUvarint(data, uint64(len(e.list.data)))
		data = append(data, e.list.data...)
		before = e.term
	}
	binary.LittleEndian.PutUint32(data[start:], uint32(len(data)-start-4))
	return data
}

// Data returns the segment as bytes, for OpenSegment. They must not be changed.
func (s *Segment) Data() []byte { return s.data }

// OpenSegment returns the segment that the same pages gave before, from its Data. It reports
// false for bytes that are not those of a segment of as many sections. Whether they are whole
// is for the keeper to know: a segment is as trusted as the memory of the program.
func OpenSegment(pages []Page, data []byte) (*Segment, bool) {
	s := &Segment{pages: pages}
	sections := 0
	for i := range pages {
		sections += len(pages[i].Sections)
	}
	return s, s.open(data) && len(s.lengths) == sections
}

// open finds lengths and ranges in the bytes of a segment.
func (s *Segment) open(data []byte) bool {
	c := cursor{data: data}
	n := c.number()
	if n > len(data) {
		return false
	}
	s.data, s.lengths = data, make([][fields]int, n)
	for i := range s.lengths {
		for f := range fields {
			s.lengths[i][f] = c.number()
		}
	}
	for i := range s.ranges {
		s.ranges[i] = c.stretch()
	}
	return !c.bad && len(c.data) == 0
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

// stretch reads bytes behind their length of fixed size.
func (c *cursor) stretch() []byte {
	if len(c.data) < 4 {
		c.data, c.bad = nil, true
		return nil
	}
	n := binary.LittleEndian.Uint32(c.data)
	c.data = c.data[4:]
	return c.take(int(n))
}

// bytes reads bytes behind their length.
func (c *cursor) bytes() []byte { return c.take(c.number()) }

func (c *cursor) take(n int) []byte {
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
	names   []byte      // places in names, packed
	body    []byte      // places in the body, packed
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
	c.names, c.body = c.bytes(), c.bytes()
	return !c.bad
}
