package check

import (
	"slices"
	"strings"
)

// item is one attachment as the list below the text names it.
type item struct {
	p    *Para
	num  int // 0 without a number
	name string
}

// attachments: the list below the text against what the text says and what is attached
// (GB/T 9704—2012 7.3.4, 7.3.7).
func attachments(d *Draft, r *report) {
	items := d.attachItems()
	if len(items) == 0 {
		return
	}
	if first := items[0].p; d.date >= 0 && first.index > d.date {
		r.add("attach-after-sign", first, first.begin, len(first.runes), suggestion{})
	}
	if len(items) == 1 && items[0].num > 0 {
		r.add("attach-single-num", items[0].p, items[0].p.begin, len(items[0].p.runes), suggestion{})
	}
	ordered := true
	for i, it := range items {
		if len(items) > 1 && it.num != i+1 && ordered {
			ordered = false
			r.add("attach-order", it.p, it.p.begin, len(it.p.runes), suggestion{})
		}
	}
	d.attachRefs(r, items, ordered)
	d.attachPages(r, items)
}

// attachItems reads the list of attachments.
func (d *Draft) attachItems() []item {
	var items []item
	for _, p := range d.Paras {
		if p.Kind != KindAttach {
			continue
		}
		text := p.trimmed()
		for _, lead := range []string{"附件：", "附件:"} {
			text = strings.Trim(strings.TrimPrefix(text, lead), " 　\t")
		}
		it := item{p: p, name: text}
		if m := d.findIn("attach-item", text); m != nil {
			it.num, it.name = atoi(m[0][1]), m[0][2]
		}
		if it.name != "" {
			items = append(items, it)
		}
	}
	return items
}

// attachRefs compares the list with what the text refers to.
func (d *Draft) attachRefs(r *report, items []item, ordered bool) {
	used := make([]bool, len(items)+1)
	any := false
	for _, p := range d.texts() {
		for _, m := range d.find("attach-total", p) {
			if n := atoi(m.groups[1]); n != len(items) {
				r.add("attach-count", p, m.start, m.end, suggestion{})
			}
		}
		for _, m := range d.find("attach-ref", p) {
			if m.end < len(p.runes) && p.runes[m.end] == '份' {
				continue
			}
			from := atoi(m.groups[1])
			to := max(from, atoi(m.groups[2]))
			if to > len(items) && len(items) > 0 && ordered {
				r.add("attach-ref-range", p, m.start, m.end, suggestion{})
			}
			for n := from; n <= to && n <= len(items); n++ {
				used[n], any = true, true
			}
		}
	}
	for i, it := range items {
		if any && len(items) > 1 && ordered && !used[i+1] {
			r.add("attach-unused", it.p, it.p.begin, len(it.p.runes), suggestion{})
		}
	}
}

// attachPages compares the list with the titles of the attachments.
func (d *Draft) attachPages(r *report, items []item) {
	there := map[int]bool{}
	for i, p := range d.Paras {
		if p.Kind != KindMark {
			continue
		}
		n := max(1, atoi(strings.TrimPrefix(p.trimmed(), "附件")))
		there[n] = true
		title := d.after(i)
		if title == nil || n > len(items) || title.Kind == KindMark || title.size() > 60 {
			continue
		}
		if plainName(title.trimmed()) != plainName(items[n-1].name) {
			r.add("attach-title", title, title.begin, title.begin+title.size(), fixed(items[n-1].name))
		}
	}
	for i, it := range items {
		if len(there) > 0 && !there[i+1] {
			r.add("attach-missing", it.p, it.p.begin, len(it.p.runes), suggestion{})
			return
		}
	}
}

// plainName leaves out what may differ: spaces, marks of titles, a stop at the end.
func plainName(name string) string {
	return strings.Map(func(c rune) rune {
		if slices.Contains([]rune(" 　\t《》。；，"), c) {
			return -1
		}
		return c
	}, name)
}
