// Package check reads a draft as an experienced colleague would and says what it finds: a wrong
// bracket in a document number, a closing that belongs to another genre, attachments that do not add
// up, a word written wrong. The rules are data (rules/*.json, see Rule), and so are the lists and
// expressions of the algorithms (tables.json): the browser's engine (assets/check) reads the same
// files and finds the same, item by item; testdata/vectors.json pins both.
//
// The central types are Rule, Draft, Engine and Finding. A Draft is paragraphs; places are a
// paragraph and characters (code points) in it. structure.go tells title, recipient, numbering,
// attachments, signature and imprint apart, because most rules hold for one of them only. Whatever the
// text, time is linear in it.
//
// The package knows no files, no Markdown and no Word: who calls it cuts a text into paragraphs.
package check

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Block is a paragraph as the caller has it. Kind is what the caller knows of it (a heading of
// Markdown, a cell of a table), or "".
type Block struct {
	Text string
	Kind Kind
}

// House is what a unit decided for itself.
type House struct {
	Terms   [][2]string `json:"terms,omitempty"`   // what is not written here, and what is
	Names   []string    `json:"names,omitempty"`   // of organisations, in full
	Phrases []string    `json:"phrases,omitempty"` // that are written in exactly this way
}

// Options are what a reader may decide.
type Options struct {
	Genre     string          // 请示, 函 …; "" is that of the title
	Direction string          // up, down or peer; "" is that of the genre
	Off       map[string]bool // rules that are not asked
	House     House
	Length    int // Han characters that a document for subordinates may have; 0 is 5000
}

// What the rules on brevity allow for a document on everything, and for one on one matter (专项).
const (
	defaultLength = 5000
	specialLength = 4000
)

// Finding is one thing that a rule found: the characters from Start up to End of paragraph Para.
type Finding struct {
	Rule     string
	Severity Severity
	Para     int
	Start    int
	End      int
	Fix      string // what could stand there instead
	HasFix   bool
	Safe     bool   // the fix changes neither meaning nor structure
	Note     string // figures that show what does not add up: 5+6=11
}

// Engine holds the rules made ready. It never changes and is safe for concurrent use.
type Engine struct {
	rules     []*Rule
	byID      map[string]*Rule
	scopes    map[string]scope
	matchers  []matcher      // of all patterns
	starts    []int          // matchers that are tried at the beginning of a paragraph only
	byFirst   map[rune][]int // matchers by the character that they begin with
	wide      []int          // matchers that begin with one of very many
	words     *automaton     // of all word lists
	markers   *automaton     // of empty words
	tables    *tables
	algorithm map[string][]string // the rules of each algorithm
}

// matcher is one pattern of one rule.
type matcher struct {
	*compiled
	rule  *Rule
	scope scope
}

// New returns the engine of all rules.
func New() *Engine { return engine() }

var engine = sync.OnceValue(func() *Engine { return newEngine(Rules()) })

func newEngine(rules []*Rule) *Engine {
	e := &Engine{
		rules: rules, byID: map[string]*Rule{}, scopes: map[string]scope{},
		byFirst: map[rune][]int{}, tables: loadTables(), algorithm: map[string][]string{},
	}
	var words []word
	for _, r := range rules {
		e.byID[r.ID] = r
		s, _ := parseScope(r.Scope)
		e.scopes[r.ID] = s
		for _, p := range r.patterns() {
			c, err := compile(p)
			if err != nil {
				panic("check: " + r.ID + ": " + err.Error()) // validated when it was read
			}
			e.add(matcher{compiled: c, rule: r, scope: s})
		}
		words = append(words, parseWords(r)...)
		if name := r.Find.Algorithm; name != "" {
			e.algorithm[name] = append(e.algorithm[name], r.ID)
		}
	}
	e.words = newAutomaton(words)
	var markers []word
	for _, m := range e.tables.Markers {
		markers = append(markers, word{text: []rune(m)})
	}
	e.markers = newAutomaton(markers)
	return e
}

// add files a matcher under what it begins with.
func (e *Engine) add(m matcher) {
	const many = 300
	n := len(e.matchers)
	e.matchers = append(e.matchers, m)
	switch {
	case m.start:
		e.starts = append(e.starts, n)
	case m.first.size() > many:
		e.wide = append(e.wide, n)
	default:
		for i := 0; i < len(m.first); i += 2 {
			for r := m.first[i]; r <= m.first[i+1]; r++ {
				if list := e.byFirst[r]; len(list) == 0 || list[len(list)-1] != n {
					e.byFirst[r] = append(list, n)
				}
			}
		}
	}
}

// Check reads a draft and returns what is found, by place.
func (e *Engine) Check(blocks []Block, o Options) []Finding {
	d := e.read(blocks, o)
	r := &report{engine: e, draft: d}
	for _, p := range d.Paras {
		if p.Kind != KindBlank {
			e.scan(p, r)
			e.scanWords(p, r)
			for _, f := range local {
				f(d, p, r)
			}
		}
	}
	for _, f := range whole {
		f(d, r)
	}
	slices.SortStableFunc(r.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Para, b.Para), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Rule, b.Rule))
	})
	return slices.CompactFunc(r.found, func(a, b Finding) bool {
		return a.Para == b.Para && a.Start == b.Start && a.End == b.End && a.Rule == b.Rule
	})
}

// report collects findings.
type report struct {
	engine *Engine
	draft  *Draft
	found  []Finding
}

// suggestion is what may stand in place of a finding, and the figures behind it.
type suggestion struct {
	fix  string
	has  bool
	safe bool
	note string
}

func fixed(text string) suggestion { return suggestion{fix: text, has: true} }

func noted(note string) suggestion { return suggestion{note: note} }

// add notes that rule id found the characters from start up to end of p, unless the rule is off,
// does not hold there, or a phrase nearby excepts it.
func (r *report) add(id string, p *Para, start, end int, s suggestion) {
	rule := r.engine.byID[id]
	if rule == nil || r.draft.options.Off[id] || !r.engine.scopes[id].holds(p, r.draft) {
		return
	}
	if excepted(rule, p, start, end) {
		return
	}
	severity := rule.Severity
	if slices.Contains(quotedGroups, rule.Group) && p.quoted(start, end) {
		if severity == Info {
			return
		}
		severity = lower(severity)
		s.safe = false
	}
	r.found = append(r.found, Finding{
		Rule: id, Severity: severity, Para: p.index, Start: start, End: end,
		Fix: s.fix, HasFix: s.has, Safe: s.safe && s.has, Note: s.note,
	})
}

func lower(s Severity) Severity {
	if s == Error {
		return Warning
	}
	return Info
}

// excepted reports whether one of the rule's exceptions stands within 16 characters.
func excepted(rule *Rule, p *Para, start, end int) bool {
	const window = 16
	if len(rule.Except) == 0 {
		return false
	}
	near := p.slice(max(0, start-window), min(len(p.runes), end+window))
	for _, phrase := range rule.Except {
		if strings.Contains(near, phrase) {
			return true
		}
	}
	return false
}

// scan tries the patterns: at each character those that may begin with it. Matches of one pattern
// do not overlap.
func (e *Engine) scan(p *Para, r *report) {
	ends := make(map[int]int, 8)
	try := func(n, i int) {
		m := &e.matchers[n]
		if i < ends[n] || !m.scope.holds(p, r.draft) {
			return
		}
		end, ok := m.match(p, i)
		if !ok || end == i {
			return
		}
		ends[n] = end
		var s suggestion
		if m.rule.Fix != nil {
			s.fix, s.has = m.rule.fixOf(m.Pattern, m.groups(p, i, end))
			s.safe = m.rule.Fix.Safe
		}
		r.add(m.rule.ID, p, i, end, s)
	}
	for _, n := range e.starts {
		if p.begin < len(p.runes) && e.matchers[n].first.has(p.runes[p.begin]) {
			try(n, p.begin)
		}
	}
	for i, c := range p.runes {
		for _, n := range e.byFirst[c] {
			try(n, i)
		}
		if c >= 0x2e80 && (c < 0x3000 || c >= 0xa000) || c < 0x2e80 && c > 0x7f {
			for _, n := range e.wide {
				if e.matchers[n].first.has(c) {
					try(n, i)
				}
			}
		}
	}
}

// scanWords looks the word lists up. Of words that overlap the first and longest counts.
func (e *Engine) scanWords(p *Para, r *report) {
	hits := e.words.find(p.runes)
	type span struct {
		hit
		at int
	}
	var kept []span
	for i, h := range hits {
		if w := &e.words.words[h.word]; !w.except && e.scopes[w.rule.ID].holds(p, r.draft) && !e.words.spared(hits, i) {
			kept = append(kept, span{h, i})
		}
	}
	slices.SortStableFunc(kept, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.word, b.word))
	})
	last := 0
	for _, h := range kept {
		if h.start < last {
			continue
		}
		last = h.end
		w := &e.words.words[h.word]
		r.add(w.rule.ID, p, h.start, h.end, suggestion{fix: w.fix, has: w.hasFix, safe: w.rule.Fix != nil && w.rule.Fix.Safe})
	}
}
