package check

import (
	"slices"
	"strings"
)

// organs: who writes to whom, and in whose name (the regulation, articles 8, 9, 15, 17; GB/T
// 9704—2012 7.2.4, 7.3.5).
func organs(d *Draft, r *report) {
	if d.title < 0 {
		return
	}
	title := d.Paras[d.title]
	org, _, about := strings.Cut(d.Title, "关于")
	if about && strings.TrimSpace(org) == "" && d.statutory() && d.numbered() && d.official() {
		r.add("title-org-missing", title, title.begin, len(title.runes), suggestion{})
	}
	d.peers(r, despace(org))
	if d.sign < 0 {
		return
	}
	sign := d.Paras[d.sign]
	d.office(r, sign)
	d.marked(r, sign)
	d.joint(r, sign, org)
}

// rank returns the level that the name of an organ speaks of: the last of these characters.
func rank(name string) string {
	at := strings.LastIndexAny(name, "省市县区乡镇")
	if at < 0 {
		return ""
	}
	return name[at : at+len("省")]
}

// peers: a 请示 from one department to another of the same level.
func (d *Draft) peers(r *report, org string) {
	if d.Genre != "请示" || d.recipient < 0 {
		return
	}
	department := func(name string) bool {
		return (strings.HasSuffix(name, "局") || strings.HasSuffix(name, "厅")) && !strings.HasSuffix(name, "分局")
	}
	to := d.Paras[d.recipient]
	name := strings.TrimRight(to.trimmed(), "：:")
	if department(org) && department(name) && rank(org) != "" && rank(org) == rank(name) && !strings.HasPrefix(org, name) {
		r.add("genre-peer-qingshi", to, to.begin, to.begin+to.size(), suggestion{})
	}
}

// office: a section of an organ that writes to others in its own name.
func (d *Draft) office(r *report, sign *Para) {
	if !d.statutory() || d.recipient < 0 {
		return
	}
	name := despace(sign.trimmed())
	section := strings.HasSuffix(name, "科") || strings.HasSuffix(name, "处")
	for _, whole := range []string{"管理处", "办事处", "代表处", "联络处", "服务处", "外科", "内科"} {
		section = section && !strings.HasSuffix(name, whole)
	}
	to := d.Paras[d.recipient].text
	for _, inside := range []string{"本局", "局机关", "机关各", "各科", "各处", "局领导", "局属"} {
		section = section && !strings.Contains(to, inside)
	}
	if section {
		r.add("inner-office-external", sign, sign.begin, sign.begin+sign.size(), suggestion{})
	}
}

// marked: the organ of the mark against the one that signs.
func (d *Draft) marked(r *report, sign *Para) {
	name := despace(sign.trimmed())
	if !d.endsAsOrgan(name) || strings.ContainsAny(sign.trimmed(), " 　") {
		return
	}
	mark := ""
	for _, p := range d.Paras[:d.title] {
		if org, ok := strings.CutSuffix(despace(p.trimmed()), "文件"); ok && p.Kind == KindHeader {
			if mark != "" {
				return // several organs together
			}
			mark = org
		}
	}
	if d.endsAsOrgan(mark) && !strings.HasSuffix(mark, name) && !strings.HasSuffix(name, mark) {
		r.add("mark-mismatch", sign, sign.begin, sign.begin+sign.size(), suggestion{})
	}
}

// joint: of organs that write together the first of the title signs first.
func (d *Draft) joint(r *report, sign *Para, org string) {
	apart := func(c rune) bool { return strings.ContainsRune("、 　\t", c) }
	names, signed := strings.FieldsFunc(org, apart), strings.FieldsFunc(sign.trimmed(), apart)
	if len(names) < 2 || len(signed) < 2 || names[0] == signed[0] {
		return
	}
	if slices.Contains(names, signed[0]) && slices.Contains(signed, names[0]) {
		r.add("sign-joint-order", sign, sign.begin, sign.begin+sign.size(), suggestion{})
	}
}

// duties: a task of a plan that says neither who does it nor by when.
func duties(d *Draft, r *report) {
	if d.title < 0 || d.Genre != "方案" && !strings.Contains(d.Title, "督办") {
		return
	}
	tasks := false
	texts := d.texts()
	for i, p := range texts {
		if p.Level == 1 {
			tasks = d.engine.tables.patterns["tasks"].re.MatchString(p.Head)
		}
		if !tasks || p.Level < 2 {
			continue
		}
		text := p.text
		next := i + 1
		for next < len(texts) && texts[next].Level == 0 {
			text += texts[next].text
			next++
		}
		if next < len(texts) && texts[next].Level > p.Level {
			continue // its parts say it
		}
		if !d.engine.tables.patterns["duty"].re.MatchString(text) {
			r.add("duty-missing", p, p.begin, len(p.runes), suggestion{})
		}
	}
}
