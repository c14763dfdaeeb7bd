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
		whole := h.exact == len(q.runs)
		if !whole && (exactOnly || h.covered < least*total) {
			continue
		}
		h.score += h.bonus
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
			if err := p.each(r.dir.Sections, func(q posting) { l.postings = append(l.postings, q) }); err != nil {
				return nil, err
			}
		}
		lists = append(lists, l)
	}
	return lists, nil
}

func (r *Reader) idf(df int) float64 {
	return math.Log(1 + (float64(r.dir.Sections)-float64(df)+0.5)/(float64(df)+0.5))
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
		err := found[term].each(r.dir.Sections, func(q posting) {
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
	if len(body) > 0 {
		h.bonus += phraseBody * weight
	}
	// A section without a heading is the first of its page: the title is its own.
	if len(title) > 0 && terms[0].heading.width == 0 && len(heading) == 0 {
		h.bonus += nameBonus(title, width, terms[0].title.width, weight, phraseTitle, equalTitle, 1)
	} else if len(title) > 0 {
		h.bonus += phraseInherit * weight
	}
	if len(heading) > 0 {
		h.bonus += nameBonus(heading, width, terms[0].heading.width, weight, phraseHeading, equalHeading, borderHeading)
	}
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

// results orders the hits, each page by its best section too, and names them.
func (r *Reader) results(ranked []*hit, q query, limit int) ([]Result, error) {
	pages := make([]*pageName, len(ranked))
	sums := map[int]float64{}
	for i, h := range ranked {
		if i > 0 && h.section < pages[i-1].first+len(pages[i-1].sections) {
			pages[i] = pages[i-1]
		} else {
			p, err := r.pageOf(h.section)
			if err != nil {
				return nil, err
			}
			pages[i] = p
		}
		sums[pages[i].first] += h.score
	}
	var results []Result
	for i, h := range ranked {
		p := pages[i]
		if !q.wants(p) {
			continue
		}
		others := sums[p.first] - h.score
		score := h.score + pageWeight*math.Log1p(others/h.score)*h.score
		s := p.sections[h.section-p.first]
		url := p.url
		if s.Anchor != "" {
			url += "#" + escapeFragment(s.Anchor)
		}
		results = append(results, Result{
			URL: url, Path: p.path, Title: p.title, Heading: s.Heading, Anchor: s.Anchor, Kind: p.kind, Tags: p.tags,
			Score: math.Round(score*scorePrecision) / scorePrecision, Exact: h.exact == len(q.runs), Section: h.section,
		})
	}
	slices.SortStableFunc(results, func(a, b Result) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Section, b.Section))
	})
	if limit > 0 && len(results) > limit {
		results = results[:limit]
	}
	return results, nil
}

// wants reports whether the filters of a query let a page through.
func (q query) wants(p *pageName) bool {
	if len(q.kinds) > 0 && !slices.Contains(q.kinds, p.kind) {
		return false
	}
	for _, tag := range q.tags {
		if !slices.Contains(p.tags, tag) {
			return false
		}
	}
	return true
}
