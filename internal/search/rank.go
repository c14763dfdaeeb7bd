package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Options of a search. Limit 0 means no limit; Exact asks for the words as they stand.
type Options struct {
	Limit int
	Exact bool
}

// Result is a section that answers a query. URL leads to the section, relative to the root
// of the site.
type Result struct {
	URL     string
	Path    string
	Title   string
	Heading string
	Anchor  string
	Kind    string
	Tags    []string
	Score   float64
	Exact   bool // it holds the words as they stand
	Section int
}

// Weights of the ranking; see FORMAT.md for the formula.
const (
	k1             = 1.2
	phraseTitle    = 2.0
	phraseHeading  = 2.0
	phraseInherit  = 0.5
	phraseBody     = 0.6
	borderBegin    = 0.4
	borderEnd      = 0.6
	borderHeading  = 0.7
	equalTitle     = 3.0
	equalHeading   = 1.5
	pageWeight     = 0.2
	prefixWeight   = 0.6
	least          = 0.5 // of the query's weight that a section must hold to be listed
	scorePrecision = 1e4
)

// hit is a section while it is being scored.
type hit struct {
	section int
	score   float64
	covered float64 // weight of the query's terms that it holds
	exact   int     // runs that it holds as they stand
	bonus   float64
	title   float64  // bonus of the title, if it is the section's own
	inherit float64  // and if it is not
	quotes  int      // the quotation that is being followed, and
	starts  [3][]int // where it can begin, in title, heading and body
	broken  bool     // it does not hold a quotation as it stands
}

// Search returns the sections that answer a query, best first.
func (r *Reader) Search(text string, o Options) ([]Result, error) {
	q := parseQuery(text)
	if len(q.runs) == 0 {
		return nil, nil
	}
	hits := map[int]*hit{}
	total := 0.0
	for _, run := range q.runs {
		weight, err := r.scoreRun(run, hits)
		if err != nil {
			return nil, err
		}
		total += weight
	}
	exactOnly := o.Exact || slices.ContainsFunc(q.runs, func(run queryRun) bool { return run.exact })
	ranked := make([]*hit, 0, len(hits))
	for _, section := range slices.Sorted(maps.Keys(hits)) {
		h := hits[section]
		whole := h.exact == len(q.runs) && !h.broken
		if !whole && (exactOnly || h.covered < least*total) {
			continue
		}
		ranked = append(ranked, h)
	}
	return r.results(ranked, q, o.Limit)
}

// scoreRun adds one run of the query to the hits, and returns its weight.
func (r *Reader) scoreRun(run queryRun, hits map[int]*hit) (float64, error) {
	lists, err := r.lists(run)
	if err != nil {
		return 0, err
	}
	weight := 0.0
	for _, l := range lists {
		weight += l.idf
	}
	holds := map[int][]*posting{} // section → its posting for each term, in order
	for i, l := range lists {
		for j := range l.postings {
			p := &l.postings[j]
			h := hits[p.section]
			if h == nil {
				h = &hit{section: p.section}
				hits[p.section] = h
			}
			h.score += l.idf * p.impact * (k1 + 1) / (k1 + p.impact)
			h.covered += l.idf
			if len(holds[p.section]) == i {
				holds[p.section] = append(holds[p.section], p)
			}
		}
	}
	for section, terms := range holds {
		if len(terms) == len(lists) {
			hits[section].phrase(run, terms, weight)
		}
	}
	return weight, nil
}

// termList is a term of the query with its postings and its weight.
type termList struct {
	idf      float64
	postings []posting
}

// lists returns the terms of a run, each once.
func (r *Reader) lists(run queryRun) ([]termList, error) {
	if run.prefix {
		l, err := r.prefixList(run)
		return []termList{l}, err
	}
	var lists []termList
	for _, term := range run.terms() {
		p, err := r.term(term)
		if err != nil {
			return nil, err
		}
		l := termList{idf: r.idf(0)}
		if p != nil {
			l.idf = r.idf(p.df)
			if err := p.each(r.dir.sections, func(q posting) { l.postings = append(l.postings, q) }); err != nil {
				return nil, err
			}
		}
		lists = append(lists, l)
	}
	return lists, nil
}

func (r *Reader) idf(df int) float64 {
	return math.Log(1 + (float64(r.dir.sections)-float64(df)+0.5)/(float64(df)+0.5))
}

// prefixList joins the words that begin with a prefix into one term. A longer word counts
// less than the word itself.
func (r *Reader) prefixList(run queryRun) (termList, error) {
	found, err := r.beginning(string(run.chars))
	if err != nil {
		return termList{}, err
	}
	merged := map[int]*posting{}
	for _, term := range slices.Sorted(maps.Keys(found)) {
		weight := 1.0
		if n := len([]rune(term)); !run.han && n > len(run.chars) {
			weight = prefixWeight * float64(len(run.chars)) / float64(n)
		}
		err := found[term].each(r.dir.sections, func(q posting) {
			q.impact *= weight
			if old := merged[q.section]; old != nil {
				old.join(q)
			} else {
				merged[q.section] = &q
			}
		})
		if err != nil {
			return termList{}, err
		}
	}
	l := termList{idf: r.idf(len(merged))}
	for _, section := range slices.Sorted(maps.Keys(merged)) {
		l.postings = append(l.postings, *merged[section])
	}
	return l, nil
}

// join adds the places of another term in the same section.
func (p *posting) join(q posting) {
	p.impact = max(p.impact, q.impact)
	p.title = named{max(p.title.width, q.title.width), append(p.title.places, q.title.places...)}
	p.heading = named{max(p.heading.width, q.heading.width), append(p.heading.places, q.heading.places...)}
	p.body = append(p.body, q.body...)
	slices.Sort(p.title.places)
	slices.Sort(p.heading.places)
	slices.Sort(p.body)
}

// phrase adds what a section earns by holding a run as it stands.
func (h *hit) phrase(run queryRun, terms []*posting, weight float64) {
	width := run.width()
	title := together(terms, func(p *posting) []int { return p.title.places })
	heading := together(terms, func(p *posting) []int { return p.heading.places })
	body := together(terms, func(p *posting) []int { return p.body })
	if len(title) > 0 || len(heading) > 0 || len(body) > 0 {
		h.exact++
	}
	if run.quote > 0 {
		h.follow(run, [3][]int{title, heading, body})
	}
	if len(body) > 0 {
		h.bonus += phraseBody * weight
	}
	if len(title) > 0 {
		h.title += nameBonus(title, width, terms[0].title.width, weight, phraseTitle, equalTitle, 1)
		h.inherit += phraseInherit * weight
	}
	if len(heading) > 0 {
		h.bonus += nameBonus(heading, width, terms[0].heading.width, weight, phraseHeading, equalHeading, borderHeading)
	}
}

// follow keeps the places where a quotation can begin, in each field, if this run of it is to
// stand where it does in the quotation.
func (h *hit) follow(run queryRun, places [3][]int) {
	begins := h.quotes != run.quote
	held := false
	for f := range places {
		var kept []int
		for _, pos := range places[f] {
			start := pos - run.pos
			if _, known := slices.BinarySearch(h.starts[f], start); begins || known {
				kept = append(kept, start)
			}
		}
		h.starts[f] = kept
		held = held || len(kept) > 0
	}
	h.quotes = run.quote
	h.broken = h.broken || !held
}

// nameBonus is what a run earns in a name: more in a short one, at its borders, and most when
// it is the whole name.
func nameBonus(places []int, width, name int, weight, phrase, equal, border float64) float64 {
	bonus := phrase * weight * (0.5 + 0.5*float64(width)/float64(max(width, name)))
	begins := places[0] == 0
	ends := slices.Contains(places, name-width)
	if begins {
		bonus += borderBegin * border * weight
	}
	if ends {
		bonus += borderEnd * border * weight
	}
	if begins && name == width {
		bonus += equal * weight
	}
	return bonus
}

// together returns the places where all terms follow one another.
func together(terms []*posting, of func(*posting) []int) []int {
	places := of(terms[0])
	for i := 1; i < len(terms) && len(places) > 0; i++ {
		next := of(terms[i])
		var kept []int
		j := 0
		for _, pos := range places {
			for j < len(next) && next[j] < pos+i {
				j++
			}
			if j < len(next) && next[j] == pos+i {
				kept = append(kept, pos)
			}
		}
		places = kept
	}
	return places
}

// results orders the hits, each page by its best section too, and names the first of them.
func (r *Reader) results(ranked []*hit, q query, limit int) ([]Result, error) {
	sums := map[int]float64{}
	pages := make([]int, len(ranked))
	for i, h := range ranked {
		pages[i] = r.pageNumber(h.section)
		h.score += h.bonus
		if h.section == r.dir.starts[pages[i]] {
			h.score += h.title
		} else {
			h.score += h.inherit
		}
		sums[pages[i]] += h.score
	}
	var results []Result
	for i, h := range ranked {
		page := pages[i]
		if !q.wants(r.dir.kinds[page], r.dir.tags[page]) {
			continue
		}
		others := sums[page] - h.score
		score := h.score + pageWeight*math.Log1p(others/h.score)*h.score
		results = append(results, Result{
			Kind: r.dir.kinds[page], Tags: r.dir.tags[page],
			Score: math.Round(score*scorePrecision) / scorePrecision, Exact: h.exact == len(q.runs) && !h.broken, Section: h.section,
		})
	}
	slices.SortStableFunc(results, func(a, b Result) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Section, b.Section))
	})
	if limit > 0 && len(results) > limit {
		results = results[:limit]
	}
	for i := range results {
		if err := r.name(&results[i]); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// name adds to a result what is shown of it.
func (r *Reader) name(result *Result) error {
	p, err := r.pageOf(result.Section)
	if err != nil {
		return err
	}
	s := p.sections[result.Section-p.first]
	result.URL, result.Path, result.Title = p.url, p.path, p.title
	result.Heading, result.Anchor = s.Heading, s.Anchor
	if s.Anchor != "" {
		result.URL += "#" + escapeFragment(s.Anchor)
	}
	return nil
}

// wants reports whether the filters of a query let a page through.
func (q query) wants(kind string, tags []string) bool {
	if len(q.kinds) > 0 && !slices.Contains(q.kinds, kind) {
		return false
	}
	for _, tag := range q.tags {
		if !slices.Contains(tags, tag) {
			return false
		}
	}
	return true
}
