package check

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// read makes a Draft of blocks: places, kinds, numbers, genre and direction.
func (e *Engine) read(blocks []Block, o Options) *Draft {
	d := &Draft{options: o, engine: e, title: -1, recipient: -1, date: -1, sign: -1, end: len(blocks)}
	for i, b := range blocks {
		d.Paras = append(d.Paras, e.newPara(i, b))
	}
	for i, p := range d.Paras {
		if p.begin == len(p.runes) {
			continue // a run of blank lines is looked over once
		}
		if next := d.after(i); next != nil && strings.HasPrefix(next.trimmed(), "“") {
			p.flows = true
		}
	}
	d.findTitle()
	d.findAttachments()
	d.findDate()
	d.findRecipient()
	d.findSign()
	d.nameRest()
	d.findGenre()
	return d
}

func (e *Engine) newPara(i int, b Block) *Para {
	text := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, b.Text)
	if strings.Contains(text, "://") || strings.Contains(text, "@") || strings.Contains(text, "www.") {
		text = e.tables.patterns["mask"].re.ReplaceAllStringFunc(text, func(m string) string { return strings.Repeat("\ufffc", len(m)) })
	}
	p := &Para{index: i, hint: b.Kind, text: text, runes: []rune(text)}
	p.offsets = make([]int32, 0, len(p.runes)+1)
	for at := range text {
		p.offsets = append(p.offsets, int32(at))
	}
	p.offsets = append(p.offsets, int32(len(text)))
	for p.begin < len(p.runes) && strings.ContainsRune(" 　\t", p.runes[p.begin]) {
		p.begin++
	}
	switch {
	case b.Kind != "":
		p.Kind = b.Kind
	case p.begin == len(p.runes):
		p.Kind = KindBlank
	}
	return p
}

// after returns the next paragraph that is not blank, or nil.
func (d *Draft) after(i int) *Para {
	for _, p := range d.Paras[i+1:] {
		if p.begin < len(p.runes) {
			return p
		}
	}
	return nil
}

// before returns the paragraph before that is not blank, or nil.
func (d *Draft) before(i int) *Para {
	for i--; i >= 0; i-- {
		if d.Paras[i].begin < len(d.Paras[i].runes) {
			return d.Paras[i]
		}
	}
	return nil
}

// findTitle looks for the title among the first paragraphs; what stands above it is the header.
func (d *Draft) findTitle() {
	const far = 10 // paragraphs that may stand above the title
	var first []*Para
	for _, p := range d.Paras {
		if p.Kind == KindTitle {
			d.setTitle(p)
			return
		}
		if p.Kind == "" && len(first) < far {
			first = append(first, p)
		}
	}
	for n, p := range first {
		text := p.trimmed()
		if d.isHeader(p) {
			continue
		}
		if p.size() > 80 || !d.mayBeTitle(p, text) {
			return
		}
		if d.genreOf(text) == "" {
			// A title of two lines: the genre stands in the second one.
			if n+1 < len(first) && first[n+1].size() <= 40 && d.mayBeTitle(first[n+1], first[n+1].trimmed()) && d.genreOf(first[n+1].trimmed()) != "" {
				d.setTitle(p, first[n+1])
				return
			}
			if d.endsAsOrgan(text) && !strings.Contains(text, "关于") && n+1 < len(first) {
				continue // the mark of a letter
			}
			if len(first) < 2 || strings.ContainsAny(text, "。；，！？") || !d.isOfficial() {
				return
			}
		}
		d.setTitle(p)
		return
	}
}

// isHeader reports whether p is one of the elements above a title.
func (d *Draft) isHeader(p *Para) bool {
	return d.is("header", p) || p.size() <= 40 && (d.is("docno", p) || d.is("signer", p)) && d.genreOf(p.trimmed()) == ""
}

// mayBeTitle refuses numbered lines, lists, recipients and sentences.
func (d *Draft) mayBeTitle(p *Para, text string) bool {
	if level, _, _, _ := number(p); level > 0 || d.is("attach-line", p) || d.is("date-line", p) || strings.HasPrefix(text, "特此") {
		return false
	}
	body := strings.TrimRight(text, "。，、；：,.;:！!")
	if body != text {
		return d.genreOf(body) != "" && !strings.ContainsAny(body, "。；，：") && strings.Contains(body, "关于")
	}
	return !strings.ContainsAny(text, "。；：")
}

// isOfficial reports whether something in the text is as only documents have it: a recipient's
// line among the first, or a line that is a date.
func (d *Draft) isOfficial() bool {
	for i, p := range d.Paras {
		if p.Kind == "" && d.is("date-line", p) {
			return true
		}
		if p.Kind == "" && i > 0 && i < 6 && d.isRecipient(p) {
			return true
		}
	}
	return false
}

func (d *Draft) isRecipient(p *Para) bool {
	text := p.trimmed()
	n := p.size()
	if n < 3 || n > 60 || strings.Contains(text, "如下") || strings.Contains(strings.TrimRight(text, "：:"), "：") || strings.ContainsAny(text, "。；！") {
		return false
	}
	level, _, _, _ := number(p)
	return level == 0 && (strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":")) && !d.is("attach-line", p) && !strings.HasSuffix(text, "附件：")
}

func (d *Draft) setTitle(lines ...*Para) {
	for _, p := range lines {
		p.Kind = KindTitle
		d.Title += p.trimmed()
		d.title = p.index
	}
	for _, p := range d.Paras[:lines[0].index] {
		if p.Kind == "" {
			p.Kind = KindHeader
		}
	}
}

// findAttachments finds the list of attachments, and where the attachments themselves begin.
func (d *Draft) findAttachments() {
	in := false
	for i, p := range d.Paras {
		if i > d.title && p.Kind == "" && d.is("attach-page", p) && d.after(i) != nil {
			p.Kind = KindMark
			d.end = min(d.end, i)
		}
		if i >= d.end {
			p.appendix = true
		}
		if p.Kind != "" || i <= d.title {
			continue
		}
		switch {
		case d.is("attach-line", p):
			p.Kind, in = KindAttach, true
		case in && d.is("attach-item", p):
			p.Kind = KindAttach
		default:
			in = false
		}
	}
}

func (d *Draft) findDate() {
	for i, p := range d.Paras[:d.end] {
		if p.Kind == KindDate || i > d.title && p.Kind == "" && d.is("date-line", p) {
			p.Kind, d.date = KindDate, i
			return
		}
	}
}

// findRecipient takes the first paragraph below the title that ends with a colon; what passed
// the document, in parentheses, may stand between.
func (d *Draft) findRecipient() {
	for i, p := range d.Paras {
		if p.Kind == KindRecipient {
			d.recipient = i
			return
		}
	}
	if d.title < 0 {
		return
	}
	for i, p := range d.Paras[d.title+1 : d.end] {
		if p.Kind == KindBlank || p.Kind == "" && strings.HasPrefix(p.trimmed(), "（") {
			continue
		}
		if p.Kind == "" && d.isRecipient(p) {
			p.Kind, d.recipient = KindRecipient, d.title+1+i
		}
		return
	}
}

// findSign takes the line above the date, or a last line that is the name of an organ.
func (d *Draft) findSign() {
	for i, p := range d.Paras {
		if p.Kind == KindSign {
			d.sign = i
			return
		}
	}
	if d.title < 0 {
		return
	}
	if d.date >= 0 {
		if p := d.before(d.date); p != nil && p.index > d.title && p.Kind == "" && d.isName(p) {
			p.Kind, d.sign = KindSign, p.index
			return
		}
		if p := d.after(d.date); p != nil && p.index < d.end && p.Kind == "" && d.isOrgan(p) {
			p.Kind, d.sign = KindSign, p.index
		}
		return
	}
	if p := d.before(d.end); p != nil && d.recipient >= 0 && p.index > d.recipient && p.Kind == "" && d.isOrgan(p) {
		p.Kind, d.sign = KindSign, p.index
	}
}

// isName reports whether p may be who signs: short, and no sentence.
func (d *Draft) isName(p *Para) bool {
	level, _, _, _ := number(p)
	return level == 0 && p.size() <= 30 && !strings.ContainsAny(p.text, "。，；：！？:;")
}

// isOrgan reports whether p is a name that ends as those of organs do.
func (d *Draft) isOrgan(p *Para) bool {
	return d.isName(p) && d.endsAsOrgan(p.trimmed())
}

func (d *Draft) endsAsOrgan(name string) bool {
	return utf8.RuneCountInString(name) >= 3 && slices.ContainsFunc(d.engine.tables.Organs, func(o string) bool { return strings.HasSuffix(name, o) })
}

// nameRest gives every other paragraph its kind, and numbers.
func (d *Draft) nameRest() {
	for i, p := range d.Paras {
		if p.Kind == KindHeading || p.Kind == KindBody || p.Kind == "" {
			p.Level, p.Num, p.Form, p.Head = number(p)
		}
		if p.Kind != "" {
			continue
		}
		text := p.trimmed()
		switch {
		case d.date >= 0 && i > d.date && i < d.end && strings.HasPrefix(text, "（"):
			p.Kind = KindNote
		case d.title >= 0 && i > d.title && d.is("imprint", p):
			p.Kind = KindImprint
		case p.Level > 0 && isHeadingLine(p, d.after(i)):
			p.Kind = KindHeading
		default:
			p.Kind = KindBody
		}
	}
}

// isHeadingLine reports whether a numbered line stands alone as a heading does. One that ends with
// a stop is a heading only where something other than the next item stands below it.
func isHeadingLine(p, next *Para) bool {
	text := strings.TrimRight(p.trimmed(), "。；，")
	if text != p.trimmed() {
		if p.Level > 1 || next == nil || next.Kind != "" || utf8.RuneCountInString(text) > 15 {
			return false
		}
		if level, _, _, _ := number(next); level == p.Level {
			return false
		}
	}
	return utf8.RuneCountInString(text) <= 40 && !strings.ContainsAny(text, "。；，！？：")
}

// genreOf returns the longest genre that a title ends with, or "". A 会议纪要 is a 纪要; a 报告
// of another name (调研报告) is none of the fifteen.
func (d *Draft) genreOf(title string) string {
	title = strings.TrimRight(title, "。，、；：,.;:！!》 　")
	if at := strings.LastIndexAny(title, "（("); at > 0 && (strings.HasSuffix(title, "）") || strings.HasSuffix(title, ")")) {
		title = title[:at]
	}
	best := ""
	for _, g := range d.engine.tables.Genres {
		if strings.HasSuffix(title, g.Name) && len(g.Name) > len(best) {
			best = g.Name
		}
	}
	return best
}

func (d *Draft) findGenre() {
	d.Genre, d.Direction = d.options.Genre, d.options.Direction
	if d.Genre == "" {
		d.Genre = d.genreOf(d.Title)
	}
	if d.Direction == "" {
		for _, g := range d.engine.tables.Genres {
			if g.Name == d.Genre {
				d.Direction = g.Direction
			}
		}
	}
}

// statutory reports whether the draft's genre is one of the fifteen.
func (d *Draft) statutory() bool {
	for _, g := range d.engine.tables.Genres {
		if g.Name == d.Genre {
			return g.Statutory
		}
	}
	return false
}

// official reports whether the text is a document with a title and someone who gets or signs it.
func (d *Draft) official() bool {
	return d.title >= 0 && (d.recipient >= 0 || d.date >= 0)
}

const hanDigits = "零一二三四五六七八九"

// number reads the number that a paragraph begins with: its level, its value, the form that it is
// written in, and what follows up to the first stop.
func number(p *Para) (level, value int, form, head string) {
	rs := p.runes[p.begin:]
	i, paren := 0, ""
	if len(rs) > 0 && (rs[0] == '（' || rs[0] == '(') {
		paren, i = string(rs[0]), 1
	}
	from := i
	for i < len(rs) && i-from < 3 && isHanNumeral(rs[i]) {
		i++
	}
	han := i > from
	if !han {
		for i < len(rs) && i-from < 2 && rs[i] >= '0' && rs[i] <= '9' {
			i++
		}
	}
	if i == from || i >= len(rs) {
		return 0, 0, "", ""
	}
	after := rs[i]
	switch {
	case paren != "" && (after == '）' || after == ')'):
		level, form = 4, paren+string(after)
		if han {
			level = 2
		}
	case paren == "" && han && after == '、':
		level, form = 1, "、"
	case paren == "" && !han && strings.ContainsRune(".．、", after) && (i+1 >= len(rs) || rs[i+1] < '0' || rs[i+1] > '9'):
		level, form = 3, string(after)
	default:
		return 0, 0, "", ""
	}
	if han {
		value = hanValue(rs[from:i])
	} else {
		for _, r := range rs[from:i] {
			value = value*10 + int(r-'0')
		}
	}
	rest := rs[i+1:]
	end := 0
	for end < len(rest) && end < 40 && !strings.ContainsRune("。！？；", rest[end]) {
		end++
	}
	return level, value, form, strings.Trim(string(rest[:end]), " 　\t")
}

func isHanNumeral(r rune) bool {
	return r == '十' || strings.ContainsRune("一二三四五六七八九", r)
}

// hanValue reads 一 to 九十九; 0 for anything else.
func hanValue(rs []rune) int {
	digit := func(r rune) int { return slices.Index([]rune(hanDigits), r) }
	switch {
	case len(rs) == 1 && rs[0] == '十':
		return 10
	case len(rs) == 1:
		return digit(rs[0])
	case len(rs) == 2 && rs[0] == '十' && rs[1] != '十':
		return 10 + digit(rs[1])
	case len(rs) == 2 && rs[1] == '十' && rs[0] != '十':
		return digit(rs[0]) * 10
	case len(rs) == 3 && rs[1] == '十' && rs[0] != '十' && rs[2] != '十':
		return digit(rs[0])*10 + digit(rs[2])
	}
	return 0
}
