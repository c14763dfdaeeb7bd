package search

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"wenfang/internal/cjk"
)

// Span is a stretch of a text, in bytes.
type Span struct{ Start, End int }

// Excerpt is a window of a section's text around the words that were asked for.
type Excerpt struct {
	Text  string
	Marks []Span
}

// excerptWidth is how many characters an excerpt has.
const excerptWidth = 60

// Excerpt returns the part of a result's text that shows most of the query.
func (r *Reader) Excerpt(result Result, text string) (Excerpt, error) {
	body, err := r.textOf(result.Section)
	if err != nil {
		return Excerpt{}, err
	}
	if result.Words != "" {
		text = result.Words
	}
	return cutExcerpt(body, Marks(body, text)), nil
}

// Marks returns where the runs of a query stand in a text; for a run that stands nowhere,
// its pairs of characters.
func Marks(text, queryText string) []Span {
	q := parseQuery(queryText)
	found := make([]bool, len(q.runs))
	var whole, parts []Span
	for run := range cjk.Runs(text) {
		end := func(i int) int {
			if i < len(run.At) {
				return run.At[i]
			}
			return run.End
		}
		for qi, asked := range q.runs {
			if asked.han != run.Han {
				continue
			}
			for i := range run.Chars {
				if !run.Han && i > 0 {
					break
				}
				switch n := len(asked.chars); {
				case !run.Han && !asked.prefix && len(run.Chars) != n:
				case hasPrefix(run.Chars[i:], asked.chars):
					found[qi] = true
					stop := i + n
					if !run.Han {
						stop = len(run.Chars)
					}
					whole = append(whole, Span{run.At[i], end(stop)})
				case run.Han && i+1 < len(run.Chars) && pairIn(run.Chars[i:i+2], asked.chars):
					parts = append(parts, Span{run.At[i], end(i + 2)})
				}
			}
		}
	}
	if slices.Contains(found, false) {
		whole = append(whole, parts...)
	}
	return joined(whole)
}

func hasPrefix(chars, prefix []rune) bool {
	return len(chars) >= len(prefix) && slices.Equal(chars[:len(prefix)], prefix)
}

func pairIn(pair, chars []rune) bool {
	for i := range len(chars) - 1 {
		if chars[i] == pair[0] && chars[i+1] == pair[1] {
			return true
		}
	}
	return false
}

// joined sorts spans and joins those that touch.
func joined(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// cutExcerpt takes the window with the most marked text; it begins a little before the first
// mark of it.
func cutExcerpt(text string, marks []Span) Excerpt {
	starts := make([]int, 0, len(text)/3+1) // byte offset of each character
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	charOf := func(offset int) int { i, _ := slices.BinarySearch(starts, offset); return i }
	best, bestMarked := 0, -1
	for i, m := range marks {
		from := max(0, charOf(m.Start)-excerptWidth/4)
		limit := starts[min(len(starts)-1, from+excerptWidth)]
		marked := 0
		for _, n := range marks[i:min(len(marks), i+20)] {
			if n.End <= limit {
				marked += utf8.RuneCountInString(text[n.Start:n.End])
			}
		}
		if marked > bestMarked {
			best, bestMarked = from, marked
		}
	}
	if best+excerptWidth >= len(starts) {
		best = max(0, len(starts)-1-excerptWidth)
	}
	start, stop := starts[best], starts[min(len(starts)-1, best+excerptWidth)]
	e := Excerpt{Text: strings.ReplaceAll(text[start:stop], "\n", " ")}
	for _, m := range marks {
		if m.Start >= start && m.End <= stop {
			e.Marks = append(e.Marks, Span{m.Start - start, m.End - start})
		}
	}
	if start > 0 {
		e.Text = "…" + e.Text
		for i := range e.Marks {
			e.Marks[i].Start += len("…")
			e.Marks[i].End += len("…")
		}
	}
	if stop < len(text) {
		e.Text += "…"
	}
	return e
}

// escapeFragment percent-encodes an anchor as encodeURIComponent does.
func escapeFragment(anchor string) string {
	if utf8.ValidString(anchor) && strings.IndexFunc(anchor, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.!~*'()", r))
	}) < 0 {
		return anchor
	}
	return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*", "%7E", "~").Replace(url.QueryEscape(anchor))
}
