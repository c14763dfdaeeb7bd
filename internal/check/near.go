package check

import (
	"strings"
	"unicode/utf8"
)

// phrases: what is nearly, but not quite, a phrase with one fixed form.
func phrases(d *Draft, p *Para, r *report) {
	t := d.engine.tables
	nearAll(p, r, "phrase-near", t.Phrases, 2)
	nearAll(p, r, "phrase-near", d.options.House.Phrases, 2)
	nearAll(p, r, "quote-misquote", t.Quotes, 2)
	nearAll(p, r, "name-near", d.options.House.Names, 1)
	for _, term := range d.options.House.Terms {
		for from := 0; term[0] != ""; {
			at := strings.Index(p.text[from:], term[0])
			if at < 0 {
				break
			}
			start := utf8.RuneCountInString(p.text[:from+at])
			r.add("house-term", p, start, start+utf8.RuneCountInString(term[0]), fixed(term[1]))
			from += at + len(term[0])
		}
	}
}

// nearAll reports what differs from a phrase in at most most characters (insertions, losses,
// exchanges). A stretch with so few differences holds one of most+1 pieces of the phrase unchanged, so
// only the places of pieces are compared: texts without them cost one search each.
func nearAll(p *Para, r *report, id string, list []string, most int) {
	for _, phrase := range list {
		want := []rune(phrase)
		k := most
		if len(want) < 8 {
			k = 1
		}
		if len(want) < 5 || len(p.runes) < len(want)-k || strings.Contains(p.text, phrase) {
			continue
		}
		last, tries := 0, 0
		size := len(want) / (k + 1)
		for piece := 0; piece <= k; piece++ {
			from := piece * size
			part := string(want[from : from+size])
			for _, at := range placesOf(p, part, 40) {
				if tries++; tries > 40 {
					break
				}
				start, end, ok := nearest(p.runes, want, at-from, k)
				if ok && start >= last && !contained(p.slice(start, end), list) {
					r.add(id, p, start, end, fixed(phrase))
					last = end
				}
			}
		}
	}
}

// contained reports whether text holds one of the phrases as it should be.
func contained(text string, list []string) bool {
	for _, phrase := range list {
		if strings.Contains(text, phrase) {
			return true
		}
	}
	return false
}

// placesOf returns the characters at which part stands, at most most of them.
func placesOf(p *Para, part string, most int) []int {
	var places []int
	from, chars := 0, 0
	for len(places) < most {
		at := strings.Index(p.text[from:], part)
		if at < 0 {
			break
		}
		chars += utf8.RuneCountInString(p.text[from : from+at])
		places = append(places, chars)
		_, size := utf8.DecodeRuneInString(p.text[from+at:])
		from, chars = from+at+size, chars+1
	}
	return places
}

// nearest returns the stretch around guess that differs least from want, if in 1 to k characters.
func nearest(text, want []rune, guess, k int) (start, end int, ok bool) {
	best := k + 1
	for s := max(0, guess-k); s <= guess+k && s < len(text); s++ {
		for e := s + len(want) - k; e <= s+len(want)+k && e <= len(text); e++ {
			if e <= s || text[s] != want[0] && text[e-1] != want[len(want)-1] {
				continue
			}
			if n := distance(text[s:e], want, best); n < best {
				best, start, end = n, s, e
			}
		}
	}
	return start, end, best >= 1 && best <= k
}

// distance is the edit distance, or limit where it is not less.
func distance(a, b []rune, limit int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			above := row[j]
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j]+1, row[j-1]+1, diagonal+cost)
			diagonal = above
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
	}
	return row[len(b)]
}
