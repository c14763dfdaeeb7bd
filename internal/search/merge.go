package search

import (
	"bytes"
	"container/heap"
	"math"
	"math/bits"
	"unicode/utf8"
)

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
	pages    []*Page
	bases    []int // number of the first section of each segment
	starts   []int // number of the first section of each page, and behind them the number of sections
	average  [fields]float64
	first    []bool // for each section whether it is the first of its page
}

// Merge joins segments in the order of their pages. The result depends on the pages alone,
// not on how they were cut.
func Merge(segments []*Segment) *Index {
	x := &Index{segments: segments, starts: []int{0}}
	var sums, counts [fields]int
	for _, s := range segments {
		x.bases = append(x.bases, len(x.first))
		for _, lengths := range s.lengths {
			for f, n := range lengths {
				if sums[f] += n; n > 0 {
					counts[f]++
				}
			}
		}
		for i := range s.pages {
			x.pages = append(x.pages, &s.pages[i])
			for j := range s.pages[i].Sections {
				x.first = append(x.first, j == 0)
			}
			x.starts = append(x.starts, len(x.first))
		}
	}
	for f := range fields {
		x.average[f] = coarse(sums[f], counts[f])
	}
	return x
}

// coarse returns an average as the nearest number with three significant binary digits, at least
// 1: an edit then hardly ever changes the impacts of other sections, and with them their files.
func coarse(sum, count int) float64 {
	const scale = 16
	n := max(scale, scale*sum/max(1, count))
	drop := max(0, bits.Len(uint(n))-3)
	half := 1 << drop >> 1
	return float64((n+half)>>drop<<drop) / scale
}

// termPacker packs the terms of one range into shards.
type termPacker struct {
	index    *Index
	emit     func(first, content string)
	shard    packer
	postings packer
	before   string // the term before in this shard
	first    string
	size     int // of the postings in this shard
}

// packTerms packs one range of the terms, in order.
func (x *Index) packTerms(which int, emit func(first, content string)) {
	t := &termPacker{index: x, emit: emit}
	cursors := make(termHeap, 0, len(x.segments))
	for i, s := range x.segments {
		c := &termCursor{cursor: cursor{data: s.ranges[which]}, segment: i}
		if c.next() {
			cursors = append(cursors, c)
		}
	}
	heap.Init(&cursors)
	for len(cursors) > 0 {
		t.term(&cursors)
	}
	t.shut()
}

// term packs the smallest term of all segments.
func (t *termPacker) term(cursors *termHeap) {
	term, df, last := string((*cursors)[0].term), 0, 0
	t.postings.reset()
	for len(*cursors) > 0 && string((*cursors)[0].term) == term {
		c := (*cursors)[0]
		df += c.df
		last = t.index.postings(&t.postings, c, last)
		if c.next() {
			heap.Fix(cursors, 0)
		} else {
			heap.Pop(cursors)
		}
	}
	if t.size > 0 && t.size+len(t.postings.b) > termShard {
		t.shut()
	}
	if t.size == 0 {
		t.first = term
	}
	shared := sharedBytes(t.before, term)
	t.shard.number(utf8.RuneCountInString(term[:shared]))
	t.shard.text(term[shared:])
	t.shard.number(df)
	t.shard.packed(t.postings.b)
	t.size += len(t.postings.b) + 4
	t.before = term
}

// shut ends the shard at hand.
func (t *termPacker) shut() {
	if t.size > 0 {
		t.emit(t.first, string(t.shard.b))
	}
	t.shard.reset()
	t.before, t.size = "", 0
}

// sharedBytes counts the bytes of the characters that a and b begin with alike.
func sharedBytes(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n < len(b) && n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return n
}

// termHeap has the cursor with the smallest term first, of equal ones that of the first segment.
type termHeap []*termCursor

func (h termHeap) Len() int { return len(h) }
func (h termHeap) Less(i, j int) bool {
	if c := bytes.Compare(h[i].term, h[j].term); c != 0 {
		return c < 0
	}
	return h[i].segment < h[j].segment
}
func (h termHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *termHeap) Push(v any)   { *h = append(*h, v.(*termCursor)) }
func (h *termHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// postings packs the postings of a term in one segment: for each section the difference of its
// number, the mask of fields, the impact, and the places. It returns the last section.
func (x *Index) postings(p *packer, term *termCursor, last int) int {
	s, base := x.segments[term.segment], x.bases[term.segment]
	c := postingCursor{cursor: cursor{data: term.postings}}
	for c.next() {
		section := base + c.section
		p.number(section - last)
		last = section
		p.number(c.mask)
		p.number(x.impact(section, &s.lengths[c.section], &c))
		p.b = append(p.b, c.places...)
	}
	return last
}

// impact is the weighted frequency of a term in a section, against the lengths of its fields.
func (x *Index) impact(section int, lengths *[fields]int, c *postingCursor) int {
	title := float64(weightTitle)
	if !x.first[section] {
		title = weightInherited
	}
	sum := 0.0
	for f, w := range [fields]float64{title, weightHeading, weightAncestor, weightBody} {
		if c.counts[f] == 0 {
			continue
		}
		b := lengthNames
		if f == fieldBody {
			b = lengthBody
		}
		sum += w * float64(c.counts[f]) / (1 - b + b*float64(lengths[f])/x.average[f])
	}
	return max(1, int(math.Round(sum*impactScale)))
}
