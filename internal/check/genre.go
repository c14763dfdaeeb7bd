package check

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// genres: what the title promises against what the text does (the regulation, articles 8, 9, 15).
func genres(d *Draft, r *report) {
	if d.Genre == "" {
		return
	}
	closings(d, r)
	openings(d, r)
	orders(d, r)
	if d.title < 0 {
		return
	}
	title := d.Paras[d.title]
	tell := func(id string) { r.add(id, title, title.begin, len(title.runes), suggestion{}) }
	if d.Direction == "up" && d.Genre != "议案" && d.official() && d.hasHeader() && !d.has("签发人") {
		tell("genre-up-no-signer")
	}
	if d.Genre == "报告" && d.is("hidden-request", title) {
		tell("genre-hidden-request")
	}
	if d.Genre == "决议" && !d.has("通过") {
		tell("genre-resolution-meeting")
	}
	if slices.Contains(d.engine.tables.Issued, d.Genre) && d.numbered() && !strings.Contains(d.Title, "印发") {
		tell("genre-redhead")
	}
	d.subject(tell)
	if d.recipient >= 0 {
		to := d.Paras[d.recipient]
		switch d.Genre {
		case "决议", "公报", "公告", "通告":
			r.add("genre-public-recipient", to, to.begin, len(to.runes), suggestion{})
		case "纪要":
			r.add("genre-minutes-recipient", to, to.begin, len(to.runes), suggestion{})
		}
	}
	replies(d, r)
}

// subject: who may issue an order or a bill.
func (d *Draft) subject(tell func(string)) {
	switch d.Genre {
	case "议案":
		if !strings.Contains(d.Title, "政府") && !strings.Contains(d.Title, "国务院") && !strings.HasPrefix(d.Title, "关于") {
			tell("genre-order-subject")
		}
	case "命令", "令":
		if strings.Contains(d.Title, "公司") || strings.Contains(d.Title, "学校") || strings.Contains(d.Title, "医院") || len(d.find("bureau-order", d.Paras[d.title])) > 0 {
			tell("genre-order-subject")
		}
	}
}

// texts are the paragraphs of the document itself.
func (d *Draft) texts() []*Para {
	var texts []*Para
	for i, p := range d.Paras[:d.end] {
		if i > d.title && (p.Kind == KindBody || p.Kind == KindHeading) {
			texts = append(texts, p)
		}
	}
	return texts
}

func (d *Draft) has(word string) bool {
	return slices.ContainsFunc(d.Paras, func(p *Para) bool { return strings.Contains(p.text, word) })
}

func (d *Draft) hasHeader() bool {
	return slices.ContainsFunc(d.Paras, func(p *Para) bool { return p.Kind == KindHeader })
}

// numbered reports whether the header has a document number.
func (d *Draft) numbered() bool {
	return slices.ContainsFunc(d.Paras, func(p *Para) bool { return p.Kind == KindHeader && d.is("docno", p) })
}

// closings: the sentence that ends the text, which belongs to one genre.
func closings(d *Draft, r *report) {
	spare, announced := (*Para)(nil), false
	at := 0
	for _, p := range d.texts() {
		announced = announced || strings.Contains(p.text, "通知如下")
		for _, c := range d.engine.tables.Closings {
			for _, start := range placesOf(p, c.Text, 3) {
				end := start + utf8.RuneCountInString(c.Text)
				if end < len(p.runes) && !strings.ContainsRune("。！!.", p.runes[end]) || start > 0 && !strings.ContainsRune("。，；：　 \t", p.runes[start-1]) {
					continue
				}
				if !slices.Contains(c.Genres, d.Genre) && d.statutory() {
					r.add("genre-title-closing", p, start, end, suggestion{})
				} else if c.Text == "特此通知" && announced {
					spare, at = p, start
				}
			}
		}
	}
	if spare != nil {
		r.add("genre-closing-spare", spare, at, at+4, suggestion{})
	}
}

// openings: 现将……通知如下 in a document that is no 通知.
func openings(d *Draft, r *report) {
	if !d.statutory() || d.Genre == "意见" {
		return
	}
	for _, p := range d.texts() {
		all := d.find("opening", p)
		if len(all) == 0 {
			continue
		}
		word := all[0].groups[1]
		fits := []string{word}
		for _, o := range d.engine.tables.Openings {
			if o.Text == word {
				fits = o.Genres
			}
		}
		if !slices.Contains(fits, d.Genre) && !(d.Genre == "复函" && word == "函复") {
			r.add("genre-opening", p, all[0].start, all[0].end, suggestion{})
		}
	}
}

// orders: what a 请示 must ask for, and only once.
func orders(d *Draft, r *report) {
	if d.Genre != "请示" {
		return
	}
	asked := false
	full := 0
	kinds := map[string]bool{}
	multi := false
	for _, p := range d.texts() {
		asked = asked || len(d.find("qingshi-closing", p)) > 0
		for _, m := range d.find("qingshi-full", p) {
			if full++; full == 2 {
				r.add("genre-closing-twice", p, m.start, m.end, suggestion{})
			}
		}
		for _, m := range d.find("asks", p) {
			if strings.Contains(m.groups[1], "用于") || kinds[m.groups[2]] {
				continue
			}
			kinds[m.groups[2]] = true
			if len(kinds) > 1 && !multi {
				multi = true
				r.add("genre-qingshi-multi", p, m.start, m.end, suggestion{})
			}
		}
		// 并请增加编制2名: the second thing may stand without a verb of the list.
		for _, m := range d.find("asks-more", p) {
			if !kinds[m.groups[1]] && len(kinds) > 0 && !multi {
				multi = true
				r.add("genre-qingshi-multi", p, m.start, m.end, suggestion{})
			}
		}
	}
	if !asked && d.official() {
		p := d.Paras[d.title]
		r.add("genre-qingshi-no-closing", p, p.begin, len(p.runes), suggestion{})
	}
}

// replies: a reply says first which letter it answers.
func replies(d *Draft, r *report) {
	if d.Genre != "批复" && d.Genre != "复函" || !d.official() {
		return
	}
	texts := d.texts()
	if len(texts) == 0 {
		return
	}
	opening := texts[0].text
	if len(texts) > 1 {
		opening += texts[1].text
	}
	if !strings.Contains(opening, "收悉") || !strings.Contains(opening, "《") || !strings.Contains(opening, "〔") {
		p := texts[0]
		r.add("genre-reply-cite", p, p.begin, min(len(p.runes), p.begin+20), suggestion{})
	}
}
