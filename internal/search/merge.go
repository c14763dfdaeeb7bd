package search

import (
	"bytes"
	"container/heap"
	"math/bits"
	"sort"
	"unicode/utf8"
)

// weights of the fields, by which a term's frequencies become one impact.
const (
	weightTitle   = 24
	weightHeading = 12
	weightBody    = 1
	weightLink    = 0.25 // of a body that holds the term in links to other pages alone
	weightCalled  = 6    // of what links of other pages call the section
	lengthNames   = 0.3
	lengthBody    = 0.6
	lengthCalled  = 0.6
)

// Impacts are kept as one of a few levels, each a fixed ratio above the one before: coarse ones
// for what stands in the body alone, which is nearly everything, and fine ones for names.
const (
	impactLeast  = 0.15
	impactRatio  = 2.2
	impactLevels = 6
	nameRatio    = 1.2
	nameLevels   = 64
)

// A posting's first number is its difference times postingCodes, plus a coarse level or one of
// two codes: what follows then is a fine level, behind codeNames times 8 and with the mask.
const (
	postingCodes = 8
	codeLink     = impactLevels
	codeNames    = impactLevels + 1
)

// levels returns the impacts that levels stand for.
func levels(ratio float64, n int) []float64 {
	list := make([]float64, n)
	for i, v := 0, impactLeast; i < n; i, v = i+1, v*ratio {
		list[i] = v
	}
	return list
}

var (
	bodyImpacts = levels(impactRatio, impactLevels)
	nameImpacts = levels(nameRatio, nameLevels)
)

// levelOf returns the level that is nearest to an impact by ratio.
func levelOf(impact float64, levels []float64) int {
	return sort.Search(len(levels)-1, func(i int) bool { return impact*impact < levels[i]*levels[i+1] })
}

// Index is the whole, ready to be packed.
type Index struct {
	segments []*Segment
	pages    []*Page
	bases    []int // number of the first section of each segment
	starts   []int // number of the first section of each page, and behind them the number of sections
	synonyms [][]string
	sections int
	average  [fields]float64
	hanzi    [len(borders) + 1]map[rune]bool // that terms of each range begin with
	pairs    [len(borders) + 1][]pair        // of Han characters that several sections hold
}

// Merge joins segments in the order of their pages. The result depends on the pages alone,
// not on how they were cut. Each group of synonyms holds names of one thing.
func Merge(segments []*Segment, synonyms [][]string) *Index {
	x := &Index{segments: segments, starts: []int{0}, synonyms: synonyms}
	var sums, counts [fields]int
	for _, s := range segments {
		x.bases = append(x.bases, x.sections)
		for _, lengths := range s.lengths {
			for f, n := range lengths {
				if sums[f] += n; n > 0 {
					counts[f]++
				}
			}
		}
		for i := range s.pages {
			x.pages = append(x.pages, &s.pages[i])
			x.sections += len(s.pages[i].Sections)
			x.starts = append(x.starts, x.sections)
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

// termPacker packs the terms of one range into shards: their postings, and in a file of its own
// where they stand in the body.
type termPacker struct {
	index  *Index
	add    func(content string) string
	emit   func(termFile)
	shard  packer
	places packer // of this shard
	first  string
	before string // the term before in this shard

	// the term at hand
	postings packer
	body     packer
	cuts     []cut
	uncut    int // postings with a body behind the last cut
	hanzi    map[rune]bool
	pairs    []pair
}

// cut is where the places of a frequent term are cut: behind some postings with a body.
type cut struct{ postings, end int }

// packTerms packs one range of the terms, in order.
func (x *Index) packTerms(which int, add func(content string) string, emit func(termFile)) {
	t := &termPacker{index: x, add: add, emit: emit, hanzi: map[rune]bool{}}
	x.hanzi[which] = t.hanzi
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
	x.pairs[which] = t.pairs
}

// term packs the smallest term of all segments.
func (t *termPacker) term(cursors *termHeap) {
	term, df, last := string((*cursors)[0].term), 0, 0
	t.postings.reset()
	t.body.reset()
	t.cuts, t.uncut = t.cuts[:0], 0
	for len(*cursors) > 0 && string((*cursors)[0].term) == term {
		c := (*cursors)[0]
		df += c.df
		last = t.segment(c, last)
		if c.next() {
			heap.Fix(cursors, 0)
		} else {
			heap.Pop(cursors)
		}
	}
	t.note(term, df)
	if n, sizes := len(t.shard.b), t.index.sizes(); n > 0 && (n+len(t.postings.b) > sizes.terms || len(t.places.b) > sizes.places) {
		t.shut()
	}
	if len(t.shard.b) == 0 {
		t.first = term
	}
	shared := sharedBytes(t.before, term)
	t.shard.number(utf8.RuneCountInString(term[:shared]))
	t.shard.text(term[shared:])
	t.shard.number(df)
	t.packPlaces()
	t.shard.packed(t.postings.b)
	t.before = term
}

// note keeps what the tables of characters and of pairs by their sound are made of.
func (t *termPacker) note(term string, df int) {
	r, size := utf8.DecodeRuneInString(term)
	if r < utf8.RuneSelf {
		return
	}
	t.hanzi[r] = true
	if df >= pairSections && len(term) > size {
		t.pairs = append(t.pairs, pair{term, df})
	}
}

// packPlaces writes where the places of the term at hand are: so many units of the shard's own
// file, or of a frequent term files of its own, each with the number of its postings.
func (t *termPacker) packPlaces() {
	if len(t.cuts) > 0 && t.uncut > 0 {
		t.cutHere()
	}
	if len(t.cuts) == 0 {
		t.shard.number(len(t.body.b) << 1)
		t.places.b = append(t.places.b, t.body.b...)
		return
	}
	t.shard.number(len(t.cuts)<<1 | 1)
	start := 0
	for _, c := range t.cuts {
		t.shard.number(c.postings)
		t.shard.b = append(t.shard.b, t.add(string(t.body.b[start:c.end]))...)
		start = c.end
	}
}

// shut ends the shard at hand.
func (t *termPacker) shut() {
	if len(t.shard.b) > 0 {
		t.emit(termFile{t.first, t.add(string(t.shard.b)), t.add(string(t.places.b))})
	}
	t.shard.reset()
	t.places.reset()
	t.before = ""
}

// segment packs the postings of a term in one segment, behind the section last, and returns the
// last section of them.
func (t *termPacker) segment(term *termCursor, last int) int {
	s, base := t.index.segments[term.segment], t.index.bases[term.segment]
	c := postingCursor{cursor: cursor{data: term.postings}}
	for c.next() {
		section := base + c.section
		impact := t.index.impact(&s.lengths[c.section], &c)
		t.posting(section-last, impact, &c)
		last = section
		if c.mask&maskBody != 0 {
			t.place(c.body)
		}
	}
	return last
}

// posting packs one posting, less its places in the body. What others call the section is in the
// impact alone; a term that stands in links only stays one, whatever they call it.
func (t *termPacker) posting(difference int, impact float64, c *postingCursor) {
	if c.mask == maskBody {
		t.postings.number(difference*postingCodes + levelOf(impact, bodyImpacts))
		return
	}
	level := levelOf(impact, nameImpacts)
	if c.mask&maskLink != 0 && c.mask&(maskTitle|maskHeading) == 0 {
		t.postings.number(difference*postingCodes + codeLink)
		t.postings.number(level)
		return
	}
	t.postings.number(difference*postingCodes + codeNames)
	t.postings.number(level<<3 | c.mask&(maskTitle|maskHeading|maskBody))
	t.postings.b = append(t.postings.b, c.names...)
}

// place adds the places of one posting in the body.
func (t *termPacker) place(body []byte) {
	t.body.b = append(t.body.b, body...)
	t.uncut++
	start := 0
	if n := len(t.cuts); n > 0 {
		start = t.cuts[n-1].end
	}
	if len(t.body.b)-start >= placeChunk {
		t.cutHere()
	}
}

func (t *termPacker) cutHere() {
	t.cuts = append(t.cuts, cut{t.uncut, len(t.body.b)})
	t.uncut = 0
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

// impact is the weighted frequency of a term in a section, against the lengths of its fields.
func (x *Index) impact(lengths *[fields]int, c *postingCursor) float64 {
	sum := 0.0
	for f, w := range [fields]float64{weightTitle, weightHeading, weightBody, weightCalled} {
		if c.counts[f] == 0 {
			continue
		}
		b := [fields]float64{lengthNames, lengthNames, lengthBody, lengthCalled}[f]
		if f == fieldBody && c.mask&maskLink != 0 {
			w = weightLink
		}
		sum += w * float64(c.counts[f]) / (1 - b + b*float64(lengths[f])/x.average[f])
	}
	return sum
}
