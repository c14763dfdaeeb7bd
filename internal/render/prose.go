package render

import (
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenfang/internal/document"
	"wenfang/internal/site"
)

// termMatcher finds glossary terms in text, the longest first.
type termMatcher struct {
	byFirst map[rune][]termName // by first character, longest name first
}

type termName struct {
	name string
	term *site.Term
}

func newTermMatcher(terms []site.Term) *termMatcher {
	m := &termMatcher{byFirst: map[rune][]termName{}}
	for i := range terms {
		for _, name := range terms[i].Names {
			first, _ := utf8.DecodeRuneInString(name)
			if utf8.RuneCountInString(name) > 1 {
				m.byFirst[first] = append(m.byFirst[first], termName{name, &terms[i]})
			}
		}
	}
	for first := range m.byFirst {
		slices.SortStableFunc(m.byFirst[first], func(a, b termName) int { return len(b.name) - len(a.name) })
	}
	return m
}

// at returns the longest name that text begins with.
func (m *termMatcher) at(first rune, text string) (termName, bool) {
	for _, t := range m.byFirst[first] {
		if strings.HasPrefix(text, t.name) && !splitsWord(t.name, text[len(t.name):]) {
			return t, true
		}
	}
	return termName{}, false
}

// splitsWord reports whether a Latin name would end inside a longer word.
func splitsWord(name, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	next, _ := utf8.DecodeRuneInString(rest)
	return isLatin(last) && isLatin(next)
}

// prose writes the runs of text of one body: escaped, each term linked where it is first
// used, and with the small spaces that typography wants between Han and Latin shown by CSS
// (spans only: no character is ever added to the text).
type prose struct {
	r      *Renderer
	page   *site.Page
	marked bool
	used   map[*site.Term]bool
}

func (r *Renderer) newProse(p *site.Page, marked bool) *prose {
	return &prose{r: r, page: p, marked: marked && p.Kind != document.KindGlossary, used: map[*site.Term]bool{}}
}

func (p *prose) write(b *strings.Builder, text string) {
	matcher := p.r.terms()
	if len(matcher.byFirst) == 0 || !p.marked {
		writeSpaced(b, text)
		return
	}
	start := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		found, ok := matcher.at(r, text[i:])
		if !ok {
			i += size
			continue
		}
		end := i + len(found.name)
		if !p.used[found.term] {
			p.used[found.term] = true
			writeSpaced(b, text[start:i])
			p.writeTerm(b, found)
			start = end
		}
		i = end // a longer term also hides the shorter ones inside it
	}
	writeSpaced(b, text[start:])
}

func (p *prose) writeTerm(b *strings.Builder, t termName) {
	b.WriteString(`<a class="term" href="`)
	b.WriteString(template.HTMLEscapeString(site.Relative(p.page.Out, t.term.Page.Out) + hash(t.term.ID)))
	b.WriteString(`" data-def="`)
	b.WriteString(template.HTMLEscapeString(t.term.Definition))
	b.WriteString(`">`)
	b.WriteString(template.HTMLEscapeString(t.name))
	b.WriteString(`</a>`)
}

// writeSpaced writes text escaped; a Latin run that touches Han is wrapped so that CSS can
// show a gap (class la, or la-s and la-e where only its start or end touches), and the first
// of two full-width marks is wrapped so that CSS can close the hole between them (class hk).
func writeSpaced(b *strings.Builder, text string) {
	if isASCII(text) {
		b.WriteString(template.HTMLEscapeString(text))
		return
	}
	var before rune
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isLatin(r) {
			end := latinEnd(text, i)
			next, _ := utf8.DecodeRuneInString(text[end:])
			writeLatin(b, text[i:end], isHan(before), end < len(text) && isHan(next))
			before, _ = utf8.DecodeLastRuneInString(text[i:end])
			i = end
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[i+size:]); isClosing(r) && (isClosing(next) || isOpening(next)) {
			b.WriteString(`<span class="hk">`)
			b.WriteRune(r)
			b.WriteString(`</span>`)
		} else {
			writeRune(b, r)
		}
		before = r
		i += size
	}
}

func writeLatin(b *strings.Builder, run string, start, end bool) {
	class := ""
	switch {
	case start && end:
		class = "la"
	case start:
		class = "la-s"
	case end:
		class = "la-e"
	}
	if class != "" {
		b.WriteString(`<span class="` + class + `">`)
	}
	b.WriteString(template.HTMLEscapeString(run))
	if class != "" {
		b.WriteString(`</span>`)
	}
}

func writeRune(b *strings.Builder, r rune) {
	switch r {
	case '<':
		b.WriteString("&lt;")
	case '>':
		b.WriteString("&gt;")
	case '&':
		b.WriteString("&amp;")
	case '"':
		b.WriteString("&#34;")
	default:
		b.WriteRune(r)
	}
}

// latinEnd returns where the Latin run that begins at i ends: letters and digits with the
// marks that hold them together.
func latinEnd(text string, i int) int {
	end := i
	for j := i; j < len(text); {
		r, size := utf8.DecodeRuneInString(text[j:])
		if isLatin(r) {
			j += size
			end = j
			continue
		}
		if !strings.ContainsRune(" .,:/-_%+&'@#", r) {
			break
		}
		j += size
	}
	if end < len(text) && text[end] == '%' {
		end++
	}
	return end
}

func isLatin(r rune) bool {
	return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func isHan(r rune) bool { return r >= 0x3400 && unicode.Is(unicode.Han, r) }

func isClosing(r rune) bool {
	return r > 0x7f && strings.ContainsRune("」』）】》〉〕”’，。、：；！？", r)
}

func isOpening(r rune) bool {
	return r > 0x7f && strings.ContainsRune("「『（【《〈〔“‘", r)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
