package check

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// whole are the algorithms that compare paragraphs with each other.
var whole = []func(*Draft, *report){
	sequence, calendar, titles, genres, organs, duties, attachments, signature, aliases, numbers, density, duplicates, similar, size, variants,
}

// calendar: the day of the document against the other days in it.
func calendar(d *Draft, r *report) {
	signed := 0
	if d.date >= 0 {
		for _, m := range d.find("date", d.Paras[d.date]) {
			signed = dayNumber(atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3]))
		}
	}
	arabic := false
	type place struct {
		p *Para
		m found
	}
	var hans []place
	for _, p := range d.Paras {
		for _, m := range d.find("date-cn", p) {
			hans = append(hans, place{p, m})
		}
		for _, m := range d.find("date", p) {
			if m.groups[1] == "" {
				continue
			}
			arabic = true
			day := dayNumber(atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3]))
			if signed == 0 || day >= signed {
				continue
			}
			if p.Kind == KindImprint {
				r.add("date-sign-print", p, m.start, m.end, suggestion{})
			}
			if (p.Kind == KindBody || p.Kind == KindHeading) && m.end < len(p.runes) && p.runes[m.end] == '前' && asksFor(p, m) {
				r.add("date-deadline-past", p, m.start, m.end, suggestion{})
			}
		}
	}
	if arabic {
		for _, h := range hans {
			r.add("date-style-mixed", h.p, h.m.start, h.m.end, suggestion{})
		}
	}
}

// asksFor reports whether the clause in which a date stands asks someone to do something by then.
func asksFor(p *Para, m found) bool {
	from := m.start
	for from > 0 && m.start-from < 200 && !strings.ContainsRune("。；！？", p.runes[from-1]) {
		from--
	}
	return strings.ContainsAny(p.slice(from, m.start), "请须应要")
}

// titles: what a title is made of (the regulation, article 9).
func titles(d *Draft, r *report) {
	if !d.official() {
		return
	}
	p := d.Paras[d.title]
	if d.genreOf(d.Title) == "" && d.options.Genre == "" && d.recipient >= 0 && !strings.ContainsAny(d.Paras[d.recipient].text, "们志友士生") {
		r.add("title-no-genre", p, p.begin, len(p.runes), suggestion{})
	}
	about := false
	for _, word := range []string{"关于", "转发", "印发", "命令", "公报", "纪要", "任免", "会议"} {
		about = about || strings.Contains(d.Title, word)
	}
	if d.statutory() && !about && d.genreOf(d.Title) != "" && utf8.RuneCountInString(d.Title) > 2*utf8.RuneCountInString(d.Genre)+2 && d.Genre != "令" && d.Genre != "公告" && d.Genre != "通告" {
		r.add("title-no-guanyu", p, p.begin, len(p.runes), suggestion{})
	}
	broken(d, r)
	if n := utf8.RuneCountInString(d.Title); n > 40 {
		r.add("title-too-long", p, p.begin, len(p.runes), noted(strconv.Itoa(n)))
	}
}

// broken: a title whose next line begins, or whose line ends, where no line may be broken (GB/T
// 9704—2012 7.3.1).
func broken(d *Draft, r *report) {
	for i, p := range d.Paras[:d.title+1] {
		if p.Kind != KindTitle || p.size() == 0 {
			continue
		}
		if i > 0 && d.Paras[i-1].Kind == KindTitle && strings.ContainsRune("的和与及或》”）、，", p.runes[p.begin]) {
			r.add("title-break", p, p.begin, p.begin+1, suggestion{})
		}
		if end := p.begin + p.size(); i < d.title && strings.ContainsRune("《“（〈", p.runes[end-1]) {
			r.add("title-break", p, end-1, end, suggestion{})
		}
	}
}

// signature: who signs, and where.
func signature(d *Draft, r *report) {
	if d.sign < 0 || d.title < 0 {
		return
	}
	p := d.Paras[d.sign]
	if d.date >= 0 && d.date < d.sign {
		date := d.Paras[d.date]
		r.add("sign-order", date, date.begin, len(date.runes), suggestion{})
	}
	if d.date < 0 && d.recipient >= 0 {
		r.add("sign-no-date", p, p.begin, len(p.runes), suggestion{})
	}
	org, _, ok := strings.Cut(d.Title, "关于")
	org = despace(org)
	sign := despace(p.trimmed())
	if !ok || !d.endsAsOrgan(org) || !d.endsAsOrgan(sign) || strings.HasSuffix(org, sign) || strings.HasSuffix(sign, org) {
		return
	}
	if strings.ContainsAny(d.Title, "、 　") || strings.Contains(p.trimmed(), " ") || strings.Contains(p.trimmed(), "　") || strings.Contains(org, sign) {
		return // several organs together
	}
	r.add("sign-mismatch", p, p.begin, p.begin+p.size(), fixed(org))
}

func despace(s string) string {
	return strings.NewReplacer(" ", "", "　", "", "\t", "").Replace(s)
}

// aliases: short names against where they were introduced.
func aliases(d *Draft, r *report) {
	const most = 50 // each is looked for in the whole text
	n := 0
	for i, p := range d.Paras {
		for _, m := range d.find("alias", p) {
			if n++; n <= most {
				d.alias(r, i, p, m)
			}
		}
	}
}

func (d *Draft) alias(r *report, i int, p *Para, m found) {
	name := m.groups[2]
	full := m.groups[1]
	rs := []rune(full)
	start := m.start + len(rs)
	uses, early := 0, false
	for j, q := range d.Paras {
		for _, at := range placesOf(q, name, 100) {
			if j == i && at >= m.start && at < m.end {
				continue
			}
			uses++
			if !early && (j < i || j == i && at < m.start) && !strings.Contains(full, name) && q.Kind != KindTitle {
				early = true
				r.add("name-alias-late", q, at, at+utf8.RuneCountInString(name), suggestion{})
			}
		}
	}
	if uses == 0 && name != "本办法" {
		r.add("name-alias-unused", p, start, m.end, suggestion{})
	}
	// The text before the parenthesis may begin with other words: the longest end that comes again is the name.
	for n := len(rs); n >= 6; n-- {
		tail := string(rs[len(rs)-n:])
		for j := i; j < d.end; j++ {
			q := d.Paras[j]
			if q.Kind != KindBody && q.Kind != KindHeading {
				continue
			}
			for _, at := range placesOf(q, tail, 3) {
				if j > i || at >= m.end {
					r.add("name-alias-full", q, at, at+n, fixed(name))
					return
				}
			}
		}
	}
}

// numbers: thousands with and without their comma in one text, 元 and 万元 for amounts of one size.
func numbers(d *Draft, r *report) {
	type place struct {
		p *Para
		m found
	}
	var with []place
	without := 0
	var yuan []place
	ten := false // amounts in 万元
	for _, p := range d.Paras {
		for _, m := range d.find("yuan", p) {
			yuan = append(yuan, place{p, m})
		}
		ten = ten || len(d.find("ten-thousand-yuan", p)) > 0
		for _, m := range d.find("thousands", p) {
			with = append(with, place{p, m})
		}
		if len(p.runes) < 5 {
			continue
		}
		without += len(d.find("plain-thousands", p))
	}
	if ten && len(yuan) > 0 {
		r.add("num-unit-mixed", yuan[0].p, yuan[0].m.start, yuan[0].m.end, suggestion{})
	}
	if without > 0 {
		for _, w := range with {
			r.add("num-thousand-mixed", w.p, w.m.start, w.m.end, fixed(strings.ReplaceAll(w.p.slice(w.m.start, w.m.end), ",", "")))
		}
	}
}

// density: empty words in the whole text, and paragraphs of nothing else. Nobody is blamed for one.
func density(d *Draft, r *report) {
	const perThousand, least, inParagraph = 8, 8, 3
	chars, marks := 0, 0
	var first *Para
	var at hit
	for _, p := range d.Paras {
		if p.Kind != KindBody && p.Kind != KindHeading {
			continue
		}
		chars += len(p.runes)
		hits := d.engine.markers.find(p.runes)
		if len(hits) == 0 {
			continue
		}
		if first == nil {
			first, at = p, hits[0]
		}
		marks += len(hits)
		if p.Kind == KindBody && len(hits) >= inParagraph && !strings.ContainsAny(p.text, "0123456789《科局室组") && !strings.Contains(p.text, "月底") {
			r.add("empty-paragraph", p, hits[0].start, hits[len(hits)-1].end, noted(strconv.Itoa(len(hits))))
		}
	}
	if marks >= least && marks*1000 > perThousand*chars {
		r.add("empty-density", first, at.start, at.end, noted(strconv.Itoa(marks)))
	}
}

// duplicates: a sentence of twelve characters or more that was there before.
func duplicates(d *Draft, r *report) {
	const least = 12
	seen := map[string]bool{}
	for _, p := range d.Paras {
		if p.Kind != KindBody {
			continue
		}
		from := p.begin
		for i := p.begin; i <= len(p.runes); i++ {
			if i < len(p.runes) && !strings.ContainsRune("。！？", p.runes[i]) {
				continue
			}
			if i-from >= least {
				text := despace(p.slice(from, i))
				if seen[text] {
					r.add("dup-sentence", p, from, min(i+1, len(p.runes)), suggestion{})
				}
				seen[text] = true
			}
			from = i + 1
		}
	}
}

// size: how long a document for subordinates may be.
func size(d *Draft, r *report) {
	if d.Direction != "down" || d.title < 0 {
		return
	}
	most := or(d.options.Length, defaultLength)
	if strings.Contains(d.Title, "专项") && most > specialLength {
		most = specialLength
	}
	n := 0
	for _, p := range d.Paras[:d.end] {
		if p.Kind == KindBody || p.Kind == KindHeading {
			for _, c := range p.runes {
				n += b2i(isHan(c))
			}
		}
	}
	if n > most {
		p := d.Paras[d.title]
		r.add("doc-length", p, p.begin, len(p.runes), noted(strconv.Itoa(n)))
	}
}

// variants: two ways to write one word in one text. The rarer one is told.
func variants(d *Draft, r *report) {
	for _, pair := range d.engine.tables.Variants {
		var first [2]*Para
		var at, count [2]int
		for _, p := range d.Paras {
			for k, word := range pair {
				if places := placesOf(p, word, 100); len(places) > 0 {
					if first[k] == nil {
						first[k], at[k] = p, places[0]
					}
					count[k] += len(places)
				}
			}
		}
		if count[0] == 0 || count[1] == 0 {
			continue
		}
		rare := b2i(count[1] <= count[0])
		n := utf8.RuneCountInString(pair[rare])
		r.add("term-variant", first[rare], at[rare], at[rare]+n, fixed(pair[1-rare]))
	}
}
