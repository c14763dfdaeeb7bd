package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
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
	Exact   bool   // it holds the words as they stand
	Words   string // what it holds in place of the query, where it was found by sound or otherwise
	Section int

	found found
}

// Weights of the ranking; see FORMAT.md for the formula.
const (
	k1             = 1.2
	phraseTitle    = 2.0
	phraseHeading  = 2.0
	phraseInherit  = 0.5
	phraseBody     = 1.0
	sequenceBody   = 2.0 // runs side by side
	partWeight     = 0.7 // of a name that holds the word as a part of another
	borderBegin    = 0.4
	borderEnd      = 0.6
	borderHeading  = 0.7
	equalTitle     = 3.0
	equalHeading   = 1.5
	inherited      = 3.0 // impact of a page's title in its other sections
	pageWeight     = 0.2
	prefixWeight   = 0.6
	synonymWeight  = 0.8
	unknownWeight  = 0.5 // of a term that stands nowhere, in what a section should hold
	least          = 0.3 // of the query's weight that a section must hold to be listed
	leastBeside    = 0.6 // and beside sections that hold all
	scorePrecision = 1e4
)

// Search returns the sections that answer a query, best first.
func (r *Reader) Search(text string, o Options) ([]Result, error) {
	q := parseQuery(text)
	if len(q.runs) == 0 {
		return nil, nil
	}
	exactOnly := o.Exact || q.exactly()
	own, err := r.score(q)
	if err != nil {
		return nil, err
	}
	all := map[int]found{}
	own.collect(q, exactOnly, 1, all)
	if !exactOnly {
		if err := r.collectOthers(q, own, all); err != nil {
			return nil, err
		}
	}
	return r.results(q, all, o.Limit)
}

// collectOthers collects what other readings of a query find: the likely ones, and where these
// find nothing either, the most frequent words of the text that sound like the query.
func (r *Reader) collectOthers(q query, own *scored, all map[int]found) error {
	whole := own.whole
	for stage, readings := range []func(query, *scored) ([]alternative, error){r.alternatives, r.respelled} {
		others, err := readings(q, own)
		if err != nil {
			return err
		}
		for _, a := range others {
			s, err := r.score(a.query)
			if err != nil {
				return err
			}
			s.collect(a.query, true, a.weight, all)
			if whole = whole || s.whole; whole && stage > 0 {
				return nil
			}
		}
		if whole {
			return nil
		}
	}
	return nil
}

// found is a section with the score of its own that the best reading of the query gives it.
type found struct {
	query query
	hit   *hit
	score float64
	exact bool
}

// collect adds sections to those found before; of two scores the better one counts.
func (s *scored) collect(q query, wholeOnly bool, weight float64, all map[int]found) {
	for section, h := range s.hits {
		whole := h.exact == len(q.runs) && !h.broken
		if !whole && (wholeOnly || h.covered < s.least()*s.total) {
			continue
		}
		score := (h.score + h.bonus) * weight
		if old, ok := all[section]; !ok || score > old.score {
			all[section] = found{q, h, score, whole && !q.other || old.exact}
		}
	}
}

// least is the part of the query's weight that a section must hold to be listed: more where others
// hold all of it in words of their own.
func (s *scored) least() float64 {
	if s.plain {
		return leastBeside
	}
	return least
}

// results orders the sections, each page by its best section too, and names the first of them.
func (r *Reader) results(q query, all map[int]found, limit int) ([]Result, error) {
	sums := map[int]float64{}
	sections := slices.Sorted(maps.Keys(all))
	for _, section := range sections {
		sums[r.pageNumber(section)] += all[section].score
	}
	var results []Result
	for _, section := range sections {
		page, f := r.pageNumber(section), all[section]
		if !q.wants(r.dir.kinds[page], r.dir.tags[page]) {
			continue
		}
		score := f.score + pageWeight*math.Log1p((sums[page]-f.score)/f.score)*f.score
		results = append(results, Result{
			Kind: r.dir.kinds[page], Tags: r.dir.tags[page],
			Score: math.Round(score*scorePrecision) / scorePrecision, Exact: f.exact, Section: section, found: f,
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
	if f := result.found; f.query.other {
		result.Words = f.words(p.title, s.Heading)
	}
	return nil
}

// words is the query as the section has it: a sound as the characters that stand there.
func (f found) words(title, heading string) string {
	var b strings.Builder
	for i, run := range f.query.runs {
		word := string(run.chars)
		if run.sound != nil {
			spots := f.hit.spots[i]
			if len(spots[fieldHeading]) > 0 {
				word = charsAt(heading, spots[fieldHeading][0]>>1, run.width())
			} else if len(spots[fieldTitle]) > 0 {
				word = charsAt(title, spots[fieldTitle][0]>>1, run.width())
			}
		}
		if i > 0 && !f.query.runs[i-1].adjoins(run) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
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
