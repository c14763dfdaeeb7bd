package check

import (
	"slices"
	"strings"
)

// word is one entry of a word list.
type word struct {
	rule   *Rule
	text   []rune
	fix    string
	hasFix bool
	except bool // a phrase inside which entries pass
}

// automaton finds all words of all lists in one pass (Aho and Corasick 1975): its time is that
// of the text, however many words there are.
type automaton struct {
	words []word
	next  []map[rune]int32 // by state
	fail  []int32
	out   [][]int32 // words that end in a state, its own and those of its failures
}

// newAutomaton makes the automaton of words.
func newAutomaton(words []word) *automaton {
	a := &automaton{words: words, next: []map[rune]int32{{}}, fail: []int32{0}, out: [][]int32{nil}}
	for w := range words {
		state := int32(0)
		for _, r := range words[w].text {
			to, ok := a.next[state][r]
			if !ok {
				to = int32(len(a.next))
				a.next[state][r] = to
				a.next, a.fail, a.out = append(a.next, map[rune]int32{}), append(a.fail, 0), append(a.out, nil)
			}
			state = to
		}
		a.out[state] = append(a.out[state], int32(w))
	}
	a.link()
	return a
}

// link sets the failures, breadth first.
func (a *automaton) link() {
	var queue []int32
	for _, to := range a.next[0] {
		queue = append(queue, to)
	}
	slices.Sort(queue)
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		for r, to := range a.next[state] {
			f := a.fail[state]
			for f != 0 && !has(a.next[f], r) {
				f = a.fail[f]
			}
			if there, ok := a.next[f][r]; ok && there != to {
				f = there
			} else {
				f = 0
			}
			a.fail[to] = f
			queue = append(queue, to)
		}
		a.out[state] = append(a.out[state], a.out[a.fail[state]]...)
	}
}

func has(m map[rune]int32, r rune) bool {
	_, ok := m[r]
	return ok
}

// hit is a word in a text: characters from start up to end.
type hit struct{ word, start, end int }

// find returns every occurrence of every word, by its end, longer ones first.
func (a *automaton) find(text []rune) []hit {
	var hits []hit
	state := int32(0)
	for i, r := range text {
		for state != 0 && !has(a.next[state], r) {
			state = a.fail[state]
		}
		state = a.next[state][r]
		for _, w := range a.out[state] {
			hits = append(hits, hit{word: int(w), start: i + 1 - len(a.words[w].text), end: i + 1})
		}
	}
	return hits
}

// parseWords reads the entries of a rule's list.
func parseWords(r *Rule) []word {
	var words []word
	for _, entry := range r.Find.Words {
		entry, except, _ := strings.Cut(entry, "!")
		wrong, right, hasFix := strings.Cut(entry, "→")
		words = append(words, word{rule: r, text: []rune(wrong), fix: right, hasFix: hasFix})
		for _, phrase := range strings.Split(except, ",") {
			if phrase != "" {
				words = append(words, word{rule: r, text: []rune(phrase), except: true})
			}
		}
	}
	return words
}

// spared reports whether hits[i] lies inside an exception, which is a word of the same rule. Hits
// stand by their ends, and no word is longer than longestWord, so only the neighbours can hold it.
func (a *automaton) spared(hits []hit, i int) bool {
	h := hits[i]
	holds := func(e hit) bool {
		w := &a.words[e.word]
		return w.except && w.rule == a.words[h.word].rule && e.start <= h.start && h.end <= e.end
	}
	for j := i; j >= 0 && hits[j].end == h.end; j-- {
		if holds(hits[j]) {
			return true
		}
	}
	for j := i + 1; j < len(hits) && hits[j].end <= h.end+longestWord; j++ {
		if holds(hits[j]) {
			return true
		}
	}
	return false
}

// longestWord is more than the characters of any entry.
const longestWord = 16
