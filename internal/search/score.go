package search

import (
	"maps"
	"math"
	"slices"
)

// scored is what a query earns in every section.
type scored struct {
	hits    map[int]*hit
	total   float64   // weight of the query's terms
	weights []float64 // of each run
	held    []bool    // for each run whether some section holds it as it stands
	words   []bool    // and whether it is more than the beginning of a word
	strange []bool    // and whether a term of it stands nowhere
	whole   bool      // some section holds all
	plain   bool      // and not in links to other pages alone
}

// hit is a section while it is being scored.
type hit struct {
	own     bool // it is the first section of its page
	score   float64
	bonus   float64
	covered float64         // weight of the query's terms that it holds
	exact   int             // runs that it holds as they stand
	spots   [][fields][]int // where each run stands whole
	widths  [fields]int     // of its names
	linked  bool            // it holds a run inside links to other pages alone
	broken  bool            // it does not hold a quotation as it stands
}

// score scores every section that holds a term of the query.
func (r *Reader) score(q query) (*scored, error) {
	s := &scored{hits: map[int]*hit{}, held: make([]bool, len(q.runs)), words: make([]bool, len(q.runs)), strange: make([]bool, len(q.runs))}
	for i, run := range q.runs {
		lists, word, err := r.lists(run)
		if err != nil {
			return nil, err
		}
		s.words[i] = word
		r.scoreRun(s, q, i, lists)
	}
	for _, h := range s.hits {
		if h.exact == len(q.runs) {
			h.sequences(q, s.weights)
			s.whole = s.whole || !h.broken
			s.plain = s.plain || !h.broken && !h.linked
		}
	}
	return s, nil
}

// scoreRun adds one run of the query to the hits.
func (r *Reader) scoreRun(s *scored, q query, which int, lists []termList) {
	weight := 0.0
	for _, l := range lists {
		weight += l.idf
		if len(l.postings) > 0 {
			s.total += l.idf
		} else {
			s.total += l.idf * unknownWeight
			s.strange[which] = true
		}
	}
	s.weights = append(s.weights, weight)
	holds := map[int][]*posting{} // section → its posting for each term, in order
	for i, l := range lists {
		for j := range l.postings {
			p := &l.postings[j]
			h := s.hits[p.section]
			if h == nil {
				h = &hit{own: r.dir.starts[r.pageNumber(p.section)] == p.section, spots: make([][fields][]int, len(q.runs))}
				s.hits[p.section] = h
			}
			h.score += l.idf * p.impact * (k1 + 1) / (k1 + p.impact)
			h.covered += l.idf
			if len(holds[p.section]) == i {
				holds[p.section] = append(holds[p.section], p)
			}
		}
	}
	for section, terms := range holds {
		if len(terms) == len(lists) && s.hits[section].phrase(q.runs[which], which, terms, weight) {
			s.held[which] = true
		}
	}
}

// phrase adds what a section earns by holding a run as it stands, and reports whether it does.
func (h *hit) phrase(run queryRun, which int, terms []*posting, weight float64) bool {
	var spots [fields][]int
	spots[fieldTitle] = together(terms, 2, func(p *posting) []int { return p.title.places })
	spots[fieldHeading] = together(terms, 2, func(p *posting) []int { return p.heading.places })
	spots[fieldBody] = together(terms, 1, func(p *posting) []int { return p.body })
	if len(spots[fieldTitle])+len(spots[fieldHeading])+len(spots[fieldBody]) == 0 {
		return false
	}
	h.spots[which] = spots
	h.exact++
	h.widths[fieldTitle] = max(h.widths[fieldTitle], terms[0].title.width)
	h.widths[fieldHeading] = max(h.widths[fieldHeading], terms[0].heading.width)
	linked := slices.ContainsFunc(terms, func(p *posting) bool { return p.mask&maskLink != 0 })
	h.linked = h.linked || linked
	body := phraseBody
	if terms[len(terms)-1].mask&maskLonger != 0 {
		body *= prefixWeight
	}
	h.earn(spots, run.width(), weight, body, linked)
	return true
}

// earn adds what words that stand at some places are worth; in the body, so much.
func (h *hit) earn(spots [fields][]int, width int, weight, body float64, linked bool) {
	if len(spots[fieldBody]) > 0 && !linked {
		h.bonus += body * weight
	}
	if len(spots[fieldTitle]) > 0 {
		if h.own {
			h.bonus += nameBonus(spots[fieldTitle], width, h.widths[fieldTitle], weight, phraseTitle, equalTitle, 1)
		} else {
			h.bonus += phraseInherit * weight
		}
	}
	if len(spots[fieldHeading]) > 0 {
		h.bonus += nameBonus(spots[fieldHeading], width, h.widths[fieldHeading], weight, phraseHeading, equalHeading, borderHeading)
	}
}

// sequences adds what a section that holds every run earns by holding neighbours side by side.
func (h *hit) sequences(q query, weights []float64) {
	for first := 0; first < len(q.runs); {
		end := first + 1
		for end < len(q.runs) && q.runs[end].group == q.runs[first].group {
			end++
		}
		if end > first+1 {
			h.sequence(q.runs[first:end], h.spots[first:end], weights[first:end])
		}
		first = end
	}
}

func (h *hit) sequence(runs []queryRun, spots [][fields][]int, weights []float64) {
	weight := 0.0
	for _, w := range weights {
		weight += w
	}
	var starts [fields][]int
	held := false
	for f := range fields {
		step := 2
		if f == fieldBody {
			step = 1
		}
		starts[f] = spots[0][f]
		for i, run := range runs[1:] {
			starts[f] = followed(starts[f], spots[i+1][f], (run.pos-runs[0].pos)*step, step)
		}
		held = held || len(starts[f]) > 0
	}
	last := runs[len(runs)-1]
	h.earn(starts, last.pos-runs[0].pos+last.width(), weight, sequenceBody, h.linked)
	h.broken = h.broken || runs[0].exact && !held
}

// nameBonus is what words earn in a name: more in a short one, at its borders, and most when
// they are the whole name.
func nameBonus(places []int, width, name int, weight, phrase, equal, border float64) float64 {
	if !slices.ContainsFunc(places, func(place int) bool { return place&1 == 0 }) {
		weight *= partWeight
	}
	bonus := phrase * weight * (0.5 + 0.5*float64(width)/float64(max(width, name)))
	if places[0]>>1 == 0 {
		bonus += borderBegin * border * weight
	}
	if slices.Contains(places, (name-width)<<1) {
		bonus += borderEnd * border * weight
	}
	if places[0] == 0 && name == width {
		bonus += equal * weight
	}
	return bonus
}

// together returns the places where all terms follow one another.
func together(terms []*posting, step int, of func(*posting) []int) []int {
	places := of(terms[0])
	for i := 1; i < len(terms) && len(places) > 0; i++ {
		places = followed(places, of(terms[i]), i*step, step)
	}
	return places
}

// followed keeps of some places those that others follow at a distance. Where step is 2 places
// are doubled, and what is a part on either side is a part.
func followed(places, others []int, distance, step int) []int {
	var kept []int
	j := 0
	for _, pos := range places {
		want := (pos + distance) / step
		for j < len(others) && others[j]/step < want {
			j++
		}
		if j < len(others) && others[j]/step == want {
			kept = append(kept, pos|others[j]%step)
		}
	}
	return kept
}

// termList is a term of the query with its postings and its weight.
type termList struct {
	idf      float64
	postings []posting
}

// lists returns the terms of a run, and whether the last one is more than the beginning of a
// word.
func (r *Reader) lists(run queryRun) (lists []termList, word bool, err error) {
	terms := run.terms()
	for i, term := range terms {
		if run.prefix && i == len(terms)-1 {
			l, known, err := r.prefixList(run, term)
			return append(lists, l), known, err
		}
		p, err := r.term(term)
		if err != nil {
			return nil, false, err
		}
		l := termList{idf: r.idf(0)}
		if p != nil {
			l.idf = r.idf(p.df)
			if l.postings, err = r.all(p); err != nil {
				return nil, false, err
			}
		}
		lists = append(lists, l)
	}
	return lists, true, nil
}

func (r *Reader) idf(df int) float64 {
	return math.Log(1 + (float64(r.dir.sections)-float64(df)+0.5)/(float64(df)+0.5))
}

// prefixList joins the terms that begin with a prefix into one, and tells whether the prefix is
// one of them. A longer word counts less than the word itself, and is no whole name.
func (r *Reader) prefixList(run queryRun, prefix string) (termList, bool, error) {
	found, err := r.beginning(prefix, prefixShards)
	if err != nil {
		return termList{}, false, err
	}
	word := !run.han && run.sound == nil
	merged := map[int]*posting{}
	for _, term := range slices.Sorted(maps.Keys(found)) {
		weight, part := 1.0, 0
		if word && term != prefix {
			weight, part = prefixWeight*float64(len(run.chars))/float64(len([]rune(term))), 1
		}
		list, err := r.all(found[term])
		if err != nil {
			return termList{}, false, err
		}
		for _, q := range list {
			q.impact *= weight
			q.mask |= part * maskLonger
			q.title.places, q.heading.places = marked(q.title.places, part), marked(q.heading.places, part)
			if old := merged[q.section]; old != nil {
				old.join(q)
			} else {
				merged[q.section] = &q
			}
		}
	}
	l := termList{idf: r.idf(len(merged))}
	if p := found[prefix]; p != nil && word {
		l.idf = r.idf(p.df)
	}
	for _, section := range slices.Sorted(maps.Keys(merged)) {
		l.postings = append(l.postings, *merged[section])
	}
	return l, found[prefix] != nil || !word && len(found) > 0, nil
}

func marked(places []int, part int) []int {
	out := make([]int, len(places))
	for i, pos := range places {
		out[i] = pos | part
	}
	return out
}

// join adds the places of another term in the same section. Of equal places the whole word's
// comes first.
func (p *posting) join(q posting) {
	p.impact = max(p.impact, q.impact)
	link := p.mask & q.mask & maskLink
	if p.mask&maskBody == 0 {
		link = q.mask & maskLink
	} else if q.mask&maskBody == 0 {
		link = p.mask & maskLink
	}
	p.mask = (p.mask|q.mask)&^(maskLink|maskLonger) | link | p.mask&q.mask&maskLonger
	p.title = named{max(p.title.width, q.title.width), joinedPlaces(p.title.places, q.title.places)}
	p.heading = named{max(p.heading.width, q.heading.width), joinedPlaces(p.heading.places, q.heading.places)}
	p.body = joinedPlaces(p.body, q.body)
}

func joinedPlaces(a, b []int) []int {
	if len(b) == 0 {
		return a
	}
	out := slices.Concat(a, b)
	slices.Sort(out)
	return out
}
