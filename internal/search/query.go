package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenfang/internal/cjk"
)

// maxQuery is how much of a query is read, in characters. Nobody types more.
const maxQuery = 200

// query is what a reader asked for.
type query struct {
	runs   []queryRun
	kinds  []string // kind:…
	tags   []string // tag:…
	groups int      // of runs that were typed side by side
	other  bool     // it is not what was typed
}

// queryRun is a run of Han characters or a word of a query, or the sound of one.
type queryRun struct {
	han    bool
	chars  []rune
	exact  bool // stood in quotation marks
	prefix bool // a word that may go on, a lone Han character, or a sound cut short
	group  int  // runs of one group stand side by side
	pos    int  // in its group

	sound []string // terms of the sound that is looked for in place of the characters
	wide  int      // width of the sound
}

// questionWords are left out of a question where enough remains. The longest come first.
var questionWords = []string{
	"为什么要", "有什么区别", "怎么办理", "什么时候", "应该怎么", "应该如何",
	"是什么意思", "什么意思", "怎么样", "怎么办", "为什么", "有哪些", "是什么", "什么是", "怎么写",
	"如何", "怎样", "怎么", "请问", "哪些", "什么", "吗", "呢",
}

// quotes are the pairs of marks that ask for the words exactly.
var quotes = map[rune]rune{'“': '”', '"': '"', '「': '」', '『': '』', '”': '”'}

// parseQuery reads a query.
func parseQuery(text string) query {
	var q query
	if runes := []rune(text); len(runes) > maxQuery {
		text = string(runes[:maxQuery])
	}
	for text != "" {
		open, size := utf8.DecodeRuneInString(text)
		if shut, ok := quotes[open]; ok {
			if inner, rest, closed := strings.Cut(text[size:], string(shut)); closed {
				q.add(inner, true)
				text = rest
				continue
			}
			text = text[size:]
			continue
		}
		end := strings.IndexFunc(text, func(r rune) bool { _, ok := quotes[r]; return ok })
		if end < 0 {
			end = len(text)
		}
		q.plain(text[:end])
		text = text[end:]
	}
	if n := len(q.runs); n > 0 {
		last := &q.runs[n-1]
		last.prefix = last.prefix || !last.han && !last.exact
	}
	return q
}

// plain reads text outside quotation marks: filters, then words.
func (q *query) plain(text string) {
	var words []string
	for _, word := range strings.Fields(text) {
		if kind, ok := cutFilter(word, "kind"); ok {
			q.kinds = append(q.kinds, kind)
		} else if tag, ok := cutFilter(word, "tag"); ok {
			q.tags = append(q.tags, tag)
		} else {
			words = append(words, word)
		}
	}
	q.add(dropQuestion(strings.Join(words, " ")), false)
}

func cutFilter(word, name string) (string, bool) {
	for _, colon := range []string{":", "："} {
		if value, ok := strings.CutPrefix(word, name+colon); ok && value != "" {
			return value, true
		}
	}
	return "", false
}

// dropQuestion takes question words away if two characters or more remain.
func dropQuestion(text string) string {
	rest := text
	for _, word := range questionWords {
		rest = strings.ReplaceAll(rest, word, " ")
	}
	if n := utf8.RuneCountInString(strings.Join(strings.Fields(strings.Trim(rest, "？? ")), "")); n >= 2 {
		return rest
	}
	return text
}

func (q *query) add(text string, exact bool) {
	for run := range cjk.Runs(text) {
		chars := append([]rune{}, run.Chars...)
		q.runs = append(q.runs, queryRun{
			han: run.Han, chars: chars, exact: exact, prefix: run.Han && len(chars) == 1, group: q.groups, pos: run.Pos,
		})
	}
	q.groups++
}

// terms returns the terms of a run; of one that may go on the last term is the prefix.
func (r queryRun) terms() []string {
	switch {
	case r.sound != nil:
		return r.sound
	case !r.han || len(r.chars) == 1:
		return []string{string(r.chars)}
	}
	terms := make([]string, 0, len(r.chars)-1)
	for i := range len(r.chars) - 1 {
		terms = append(terms, string(r.chars[i:i+2]))
	}
	return terms
}

// width is the number of positions that a run takes.
func (r queryRun) width() int {
	switch {
	case r.sound != nil:
		return r.wide
	case r.han:
		return len(r.chars)
	}
	return 1
}

// adjoins reports whether another run follows at once, and can be written so.
func (r queryRun) adjoins(next queryRun) bool {
	return r.group == next.group && r.pos+r.width() == next.pos && (r.han || next.han)
}

// exactly reports whether a part of the query stood in quotation marks.
func (q query) exactly() bool {
	return slices.ContainsFunc(q.runs, func(run queryRun) bool { return run.exact })
}
