package check

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// local are the algorithms that look at one paragraph alone (and at the kind, genre and direction
// that the draft gave it): the browser keeps their findings while the paragraph stays.
var local = []func(*Draft, *Para, *report){dates, pairs, enumeration, repeats, sums, vague, lengths, phrases}

// dates: days that do not exist, weekdays, clocks, ranges.
func dates(d *Draft, p *Para, r *report) {
	for _, m := range d.find("date", p) {
		year, month, day := atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3])
		if !isDay(year, month, day) {
			r.add("date-invalid", p, m.start, m.end, suggestion{})
			continue
		}
		if m.groups[4] == "" || year == 0 {
			continue
		}
		want := strings.Split("日一二三四五六", "")[weekday(year, month, day)]
		if got := m.groups[4]; got != want && !(got == "天" && want == "日") {
			at := m.start
			for at < m.end && p.runes[at] != '期' && p.runes[at] != '周' {
				at++
			}
			r.add("date-weekday", p, at+1, at+2, fixed(want))
		}
	}
	for _, m := range d.find("clock", p) {
		if atoi(m.groups[1]) > 24 || atoi(m.groups[2]) > 59 {
			r.add("date-clock-invalid", p, m.start, m.end, suggestion{})
		}
	}
	for _, m := range d.find("date-range", p) {
		year, month, day := atoi(m.groups[1]), atoi(m.groups[2]), atoi(m.groups[3])
		toYear, toMonth, toDay := or(atoi(m.groups[4]), year), or(atoi(m.groups[5]), month), atoi(m.groups[6])
		if dayNumber(toYear, toMonth, toDay) < dayNumber(year, month, day) {
			r.add("date-range-reversed", p, m.start, m.end, suggestion{})
		}
	}
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func or(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}

// isDay reports whether a day exists; without a year (0) February has 29 days.
func isDay(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	days := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && (year == 0 || year%4 == 0 && (year%100 != 0 || year%400 == 0)) {
		days = 29
	}
	return day <= days
}

// dayNumber orders days.
func dayNumber(year, month, day int) int { return year*10000 + month*100 + day }

// weekday returns 0 for Sunday to 6 (Sakamoto's method, Gregorian calendar).
func weekday(year, month, day int) int {
	t := []int{0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}
	if month < 3 {
		year--
	}
	return (year + year/4 - year/100 + year/400 + t[month-1] + day) % 7
}

const (
	openers = "“‘（《〈〔【"
	closers = "”’）》〉〕】"
)

// pairs: marks that come in twos (GB/T 15834—2011 4.8, 4.9, 4.15). A quotation may go on in the next
// paragraph, which then begins with its mark again (4.8.3.5).
func pairs(_ *Draft, p *Para, r *report) {
	var open []int // places of the marks that wait for their other half
	for i := 0; i < len(p.runes); i++ {
		c := p.runes[i]
		if named(p, i) {
			continue
		}
		if at := strings.IndexRune(openers, c); at >= 0 {
			if c == '‘' && !inside(p, open, '“') {
				single(p, i, r)
			}
			open = append(open, i)
			continue
		}
		at := runeIndex(closers, c)
		if at < 0 {
			continue
		}
		mate := []rune(openers)[at]
		if n := len(open); n > 0 && p.runes[open[n-1]] == mate {
			open = open[:n-1]
			continue
		}
		if skip := strayCloser(p, i, c, open, mate, r); skip > 0 {
			i += skip
			continue
		}
		// What was opened since the mate lacks its other half.
		for n := len(open) - 1; n >= 0; n-- {
			if p.runes[open[n]] == mate {
				for _, o := range open[n+1:] {
					r.add("pair-unbalanced", p, o, o+1, suggestion{})
				}
				open = open[:n]
				break
			}
		}
	}
	for _, o := range open {
		if p.runes[o] == '“' && p.flows {
			continue
		}
		r.add("pair-unbalanced", p, o, o+1, suggestion{})
	}
}

// named reports whether a mark stands alone in quotes: “〔” speaks of the mark.
func named(p *Para, i int) bool {
	return i > 0 && i+1 < len(p.runes) && p.runes[i-1] == '“' && p.runes[i+1] == '”' && p.runes[i] != '“' && p.runes[i] != '”'
}

// strayCloser deals with a closing mark whose opening one is nowhere: reversed quotes, apostrophes,
// numbers written 1）. It returns how many characters were dealt with beyond it, or 1 for the mark alone
// and 0 when the opening one is there after all.
func strayCloser(p *Para, i int, c rune, open []int, mate rune, r *report) int {
	if inside(p, open, mate) {
		return 0
	}
	if c == '’' && i > 0 && isASCIILetter(p.runes[i-1]) {
		return 0
	}
	if c == '）' && i > 0 && i <= p.begin+3 {
		return 0
	}
	if c == '”' {
		for j := i + 1; j < len(p.runes) && j <= i+60; j++ {
			if p.runes[j] == '”' {
				break
			}
			if p.runes[j] == '“' {
				r.add("quote-reversed", p, i, j+1, fixed("“"+p.slice(i+1, j)+"”"))
				return j - i
			}
		}
	}
	r.add("pair-unbalanced", p, i, i+1, suggestion{})
	return 0
}

func inside(p *Para, open []int, mate rune) bool {
	for n := len(open) - 1; n >= 0 && n >= len(open)-20; n-- {
		if p.runes[open[n]] == mate {
			return true
		}
	}
	return false
}

// single reports ‘…’ that stands in no “”.
func single(p *Para, i int, r *report) {
	for j := i + 2; j < len(p.runes) && j <= i+60; j++ {
		if p.runes[j-1] == '’' {
			return // ‘’ speaks of the marks
		}
		if p.runes[j] == '’' {
			r.add("quote-single-outer", p, i, j+1, fixed("“"+p.slice(i+1, j)+"”"))
			return
		}
	}
}

func runeIndex(s string, c rune) int {
	n := 0
	for _, r := range s {
		if r == c {
			return n
		}
		n++
	}
	return -1
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// enumeration: 一是 二是 and 第一， 第二， in their order.
func enumeration(_ *Draft, p *Para, r *report) {
	count(p, r, "seq-yishi", '是', 0)
	count(p, r, "seq-di", '，', '第')
	text := p.text
	if strings.Contains(text, "首先，") && !strings.Contains(text, "第一，") && !strings.Contains(text, "其次") {
		if at := strings.Index(text, "第二，"); at >= 0 {
			n := utf8.RuneCountInString(text[:at])
			r.add("seq-first-mixed", p, n, n+3, fixed("其次，"))
		}
	}
}

// count follows numerals that stand before after (and behind prefix) at the beginning of a clause.
func count(p *Para, r *report, id string, after, prefix rune) {
	last := 0
	for i := 0; i+1 < len(p.runes); i++ {
		if !isHanNumeral(p.runes[i]) || p.runes[i+1] != after {
			continue
		}
		from := i
		if i > 0 && p.runes[i-1] == '十' {
			from--
		}
		start := from
		if prefix != 0 {
			if from == 0 || p.runes[from-1] != prefix {
				continue
			}
			start--
		}
		if start > 0 && !strings.ContainsRune("，。；：、“（！？ 　\t", p.runes[start-1]) {
			continue
		}
		n := hanValue(p.runes[from : i+1])
		if n > 1 && last > 0 && n != last+1 {
			r.add(id, p, start, i+2, suggestion{})
		}
		last = n
	}
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// repeats: two to six characters said twice in a row.
func repeats(d *Draft, p *Para, r *report) {
	for i := 0; i+3 < len(p.runes); i++ {
		for n := 6; n >= 2; n-- {
			if i+2*n > len(p.runes) || !twice(p.runes[i:i+2*n]) {
				continue
			}
			if !d.mayRepeat(p.runes[i : i+n]) {
				r.add("dup-word", p, i, i+2*n, fixed(p.slice(i, i+n)))
			}
			i += 2*n - 1
			break
		}
	}
}

func twice(rs []rune) bool {
	half := len(rs) / 2
	for k := range half {
		if rs[k] != rs[half+k] || !isHan(rs[k]) {
			return false
		}
	}
	return true
}

// mayRepeat knows what is rightly said twice: 研究研究, 一步一步, 变没变没, 哈哈哈哈, numbers.
func (d *Draft) mayRepeat(rs []rune) bool {
	same, numeral := true, true
	for _, r := range rs {
		same = same && r == rs[0]
		numeral = numeral && strings.ContainsRune("〇零一二三四五六七八九十百千万亿", r)
	}
	if strings.ContainsRune("没不", rs[len(rs)-1]) || same || numeral || rs[0] == '一' || rs[0] == '又' || rs[0] == '越' || len(rs) == 2 && (rs[1] == '不' || rs[1] == '一') {
		return true
	}
	for _, word := range d.engine.tables.Reduplicated {
		if word == string(rs) {
			return true
		}
	}
	return false
}

// sums: what is said to be the whole, the parts, shares and rates.
func sums(d *Draft, p *Para, r *report) {
	for _, m := range d.find("sum", p) {
		whole, unit := hundredths(m.groups[1]), m.groups[2]
		total, parts, note := 0, 0, ""
		for _, part := range d.findIn("sum-part", d.engine.tables.patterns["aside"].re.ReplaceAllString(m.groups[3], "")) {
			if part[2] != unit {
				continue
			}
			total, parts = total+hundredths(part[1]), parts+1
			note += "+" + part[1]
		}
		if parts >= 2 && total != whole && !strings.ContainsAny(m.groups[3], "等这里") {
			at := m.start
			for at < m.end && (p.runes[at] < '0' || p.runes[at] > '9') {
				at++
			}
			r.add("num-sum", p, at, at+len(m.groups[1]), noted(note[1:]+"="+decimal(total)))
		}
	}
	shares, total, last := 0, 0, found{}
	for _, m := range d.find("share", p) {
		shares, total, last = shares+1, total+hundredths(m.groups[1]), m
	}
	if off := total - 10000; shares >= 3 && (off > 50 || off < -50) && off < 2000 && off > -500 {
		r.add("num-percent-sum", p, last.start, last.end, noted(decimal(total)+"%"))
	}
	for _, m := range d.find("growth", p) {
		from, to, said := hundredths(m.groups[1]), hundredths(m.groups[2]), hundredths(m.groups[3])
		if from == 0 {
			continue
		}
		rate := math.Abs(float64(to-from)) / float64(from) * 100
		if math.Abs(rate-float64(said)/100) > 0.6 {
			r.add("num-growth", p, m.end-len(m.groups[3])-1, m.end, noted(decimal(int(math.Floor(rate*100+0.5)))+"%"))
		}
	}
}

// findIn returns the groups of every match of a pattern of the tables in text.
func (d *Draft) findIn(name, text string) [][]string {
	return d.engine.tables.patterns[name].re.FindAllStringSubmatch(text, -1)
}

// hundredths reads a decimal number as hundredths of it; more places are cut.
func hundredths(s string) int {
	whole, part, _ := strings.Cut(s, ".")
	return atoi(whole)*100 + atoi((part + "00")[:2])
}

// decimal writes hundredths as a decimal number without idle zeros.
func decimal(n int) string {
	s := strconv.Itoa(n / 100)
	if part := n % 100; part != 0 {
		s += "." + strings.TrimRight(strconv.Itoa(100 + part)[1:], "0")
	}
	return s
}

// vague: an effect that is claimed where the whole paragraph has no figure.
func vague(d *Draft, p *Para, r *report) {
	if p.Kind != KindBody || strings.ContainsAny(p.text, "0123456789") {
		return
	}
	for _, m := range d.find("vague", p) {
		from := m.start
		for from > 0 && m.start-from < 60 && !strings.ContainsRune("，。；：！？", p.runes[from-1]) {
			from--
		}
		if !strings.ContainsAny(p.slice(from, m.start), "要应须需将拟促为以使推") {
			r.add("empty-vague", p, m.start, m.end, suggestion{})
			return
		}
	}
}

// lengths: sentences, paragraphs and rows of words that are too long.
func lengths(_ *Draft, p *Para, r *report) {
	if p.Kind != KindBody {
		return
	}
	const sentence, paragraph, commas = 100, 350, 8
	from, stops := p.begin, 0
	semicolon := false
	for i := p.begin; i <= len(p.runes); i++ {
		if i < len(p.runes) {
			stops += b2i(p.runes[i] == '，')
			semicolon = semicolon || p.runes[i] == '；'
			if !strings.ContainsRune("。！？", p.runes[i]) {
				continue
			}
		}
		end := min(i+1, len(p.runes))
		if end-from > sentence {
			r.add("sentence-long", p, from, end, noted(strconv.Itoa(end-from)))
		}
		if stops >= commas && !semicolon {
			r.add("comma-splice", p, from, end, noted(strconv.Itoa(stops)))
		}
		from, stops, semicolon = end, 0, false
	}
	if n := len(p.runes) - p.begin; n > paragraph {
		r.add("paragraph-long", p, p.begin, p.begin+1, noted(strconv.Itoa(n)))
	}
	rows(p, r)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// rows: six words of four characters, one after the other; four clauses of one length.
func rows(p *Para, r *report) {
	evenClauses(p, r)
	words, from := 0, 0
	for i := 0; i <= len(p.runes); i++ {
		if i < len(p.runes) && isHan(p.runes[i]) {
			continue
		}
		four := i-4 >= 0 && allHan(p.runes[i-4:i])
		before := i-5 >= 0 && isHan(p.runes[i-5])
		separated := i < len(p.runes) && p.runes[i] == '、'
		switch {
		case four && words > 0 && !before:
			words++
		case four && words == 0 && separated:
			words, from = 1, i-4
		default:
			words = 0
		}
		if words > 0 && !separated {
			if words >= 6 {
				r.add("parallel-overuse", p, from, i, noted(strconv.Itoa(words)))
			}
			words = 0
		}
	}
}

// evenClauses: four clauses of five characters or more, each as long as the one before.
func evenClauses(p *Para, r *report) {
	const least, most, many = 5, 14, 4
	length, clauses, from, begin := 0, 0, 0, p.begin
	for i := p.begin; i <= len(p.runes); i++ {
		if i < len(p.runes) && isHan(p.runes[i]) {
			continue
		}
		n := i - begin
		switch {
		case n < least || n > most:
			clauses = 0
		case clauses > 0 && n == length:
			clauses++
		default:
			clauses, length, from = 1, n, begin
		}
		if i == len(p.runes) || !strings.ContainsRune("，；、", p.runes[i]) {
			if clauses >= many {
				r.add("parallel-overuse", p, from, i, noted(strconv.Itoa(clauses)))
			}
			clauses = 0
		} else if clauses >= many && !(i+1+n < len(p.runes) && allHan(p.runes[i+1:i+1+n]) && !isHan(p.runes[i+1+n])) {
			r.add("parallel-overuse", p, from, i, noted(strconv.Itoa(clauses)))
			clauses = 0
		}
		begin = i + 1
	}
}

func allHan(rs []rune) bool {
	for _, r := range rs {
		if !isHan(r) {
			return false
		}
	}
	return true
}
