package check

import (
	"strings"
	"unicode/utf8"
)

// entry is a numbered paragraph in its list: the paragraphs of one level under one parent.
type entry struct {
	p    *Para
	body bool // something stands below it
}

// lists follows the numbers of a text (GB/T 9704—2012 7.3.3): 一、 （一） 1. （1）.
type lists struct {
	d     *Draft
	r     *report
	last  [5]int     // the number that a level has come to; 0 is none open
	ever  [5]int     // the number that a level came to last, in whatever list
	open  [5][]entry // the list that is open on each level
	begun bool       // a number was seen
	flat  *Para      // the first 1. right below 一、
	deep  bool       // a （一） was seen
	form  [5]string  // how numbers of a level are written here
}

// sequence: gaps, doubles, skipped levels, lists of one, mixed forms, headings without text.
func sequence(d *Draft, r *report) {
	l := &lists{d: d, r: r}
	for i, p := range d.Paras {
		if i == d.end || p.Kind == KindMark {
			l.end()
			*l = lists{d: d, r: r}
		}
		switch {
		case p.Kind == KindBlank:
		case p.Level > 0:
			l.enter(p)
		case p.Kind == KindHeading || p.Kind == KindTitle:
			l.end()
			*l = lists{d: d, r: r}
		default:
			l.body()
		}
	}
	l.end()
}

// end closes all lists. 一、 with 1. below it is common where a text has two levels alone.
func (l *lists) end() {
	l.close(1)
	if l.flat != nil && l.deep {
		l.r.add("seq-level-mixed", l.flat, l.flat.begin, l.width(l.flat), suggestion{})
	}
}

// body notes that the last entry has something below it.
func (l *lists) body() {
	for level := 4; level >= 1; level-- {
		if n := len(l.open[level]); n > 0 {
			l.open[level][n-1].body = true
			return
		}
	}
}

// close ends the lists from a level down.
func (l *lists) close(level int) {
	for n := level; n <= 4; n++ {
		l.judge(n, l.open[n])
		l.open[n], l.last[n] = nil, 0
	}
}

// enter takes a numbered paragraph.
func (l *lists) enter(p *Para) {
	level := p.Level
	if upper := l.parent(level); upper != nil {
		upper.body = true
	}
	if level == 4 && p.Num == 1 && l.last[1] > 0 && l.last[2] == 0 && l.last[3] == 0 {
		l.r.add("seq-skip-level", p, p.begin, l.width(p), suggestion{})
	}
	l.deep = l.deep || level == 2 && l.last[1] > 0
	if l.flat == nil && level == 3 && p.Num == 1 && l.last[1] > 0 && l.last[2] == 0 {
		l.flat = p
	}
	restart := p.Num == 1 && l.last[level] > 0
	switch {
	case p.Num == l.last[level]+1, !l.begun && l.d.title < 0: // a part of a text may begin anywhere
		l.close(level + 1)
	case l.last[level] == 0 && level >= 3 && p.Num > 1 && p.Num == l.ever[level]+1: // one count through all parts
		l.close(level + 1)
	case restart && level >= 3:
		l.close(level)
	case restart && level == 1 && l.last[1] > 1 && l.d.title < 0:
		l.close(1) // another text
	default:
		l.r.add("seq-order", p, p.begin, l.width(p), suggestion{})
		l.close(level + 1)
	}
	l.last[level], l.ever[level], l.begun = p.Num, p.Num, true
	l.open[level] = append(l.open[level], entry{p: p, body: p.Kind != KindHeading})
	if l.form[level] == "" {
		l.form[level] = p.Form
	} else if p.Form != l.form[level] {
		l.r.add("seq-format-mixed", p, p.begin, l.width(p), suggestion{})
	}
}

// parent returns the last entry of the nearest open level above.
func (l *lists) parent(level int) *entry {
	for n := level - 1; n >= 1; n-- {
		if k := len(l.open[n]); k > 0 {
			return &l.open[n][k-1]
		}
	}
	return nil
}

// width returns the end of a paragraph's number.
func (l *lists) width(p *Para) int {
	i := p.begin
	for i < len(p.runes) && i < p.begin+6 {
		c := p.runes[i]
		i++
		if strings.ContainsRune("、.．）)", c) {
			break
		}
	}
	return i
}

// judge looks at a list that is complete.
func (l *lists) judge(level int, list []entry) {
	if len(list) == 1 && level >= 2 && list[0].p.Num == 1 {
		l.r.add("seq-single-child", list[0].p, list[0].p.begin, l.width(list[0].p), suggestion{})
	}
	bodies := 0
	for _, e := range list {
		bodies += b2i(e.body)
	}
	if bodies*2 >= len(list) && level <= 2 && l.d.Genre != "议程" {
		for _, e := range list {
			if !e.body {
				l.r.add("heading-orphan", e.p, e.p.begin, len(e.p.runes), suggestion{})
			}
		}
	}
	l.parallel(list)
}

// parallel compares how the headings of a list begin: where two of three begin alike, the others
// should.
func (l *lists) parallel(list []entry) {
	if len(list) < 3 {
		return
	}
	counts := map[rune]int{}
	var most rune
	for _, e := range list {
		if e.p.Head == "" {
			continue
		}
		c, _ := utf8.DecodeRuneInString(e.p.Head)
		if counts[c]++; counts[c] > counts[most] {
			most = c
		}
	}
	if counts[most] == len(list) || counts[most]*3 < len(list)*2 || !strings.ContainsRune("要抓强加坚推严把做提完建落实深", most) {
		return
	}
	for _, e := range list {
		if !strings.HasPrefix(e.p.Head, string(most)) {
			l.r.add("seq-parallel", e.p, e.p.begin, l.width(e.p), suggestion{})
		}
	}
}
