package check

import "slices"

// similar: paragraphs that are nearly the same: of the pairs of characters of both more than four in
// five stand in both. Only paragraphs that share one of four samples of their pairs are compared
// (Broder 1997), so time is linear in the text.
func similar(d *Draft, r *report) {
	const least = 40 // characters
	seen := [samples]map[uint32]*Para{}
	for k := range seen {
		seen[k] = map[uint32]*Para{}
	}
	for _, p := range d.Paras {
		if p.Kind != KindBody || len(p.runes)-p.begin < least {
			continue
		}
		found := false
		for k, sample := range p.pairs().samples {
			if q := seen[k][sample]; q != nil && !found && q.text != p.text && alike(q.pairs().codes, p.pairs().codes) {
				r.add("dup-paragraph", p, p.begin, len(p.runes), suggestion{})
				found = true
			}
			seen[k][sample] = p
		}
	}
}

// samples is how many samples of a paragraph's pairs are taken: alike paragraphs share one in 998 of
// 1,000 cases.
const samples = 4

// pairSet is the pairs of neighbouring characters of a paragraph, each once, as numbers in order.
type pairSet struct {
	codes   []uint32
	samples [samples]uint32 // the least code, in four shuffled orders
}

func (p *Para) pairs() *pairSet {
	if p.pairSet != nil {
		return p.pairSet
	}
	s := &pairSet{}
	for i := p.begin; i+1 < len(p.runes); i++ {
		s.codes = append(s.codes, uint32(p.runes[i])*0x9e3779b1^uint32(p.runes[i+1])*0x85ebca77)
	}
	slices.Sort(s.codes)
	s.codes = slices.Compact(s.codes)
	for k := range s.samples {
		s.samples[k] = 1<<32 - 1
		for _, c := range s.codes {
			h := (c ^ uint32(k)*0x27d4eb2f) * 0xc2b2ae3d
			s.samples[k] = min(s.samples[k], h^h>>15)
		}
	}
	p.pairSet = s
	return s
}

// alike reports whether more than four fifths of two sets in order are in both.
func alike(a, b []uint32) bool {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return both*5 > (len(a)+len(b)-both)*4
}
