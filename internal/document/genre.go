package document

import (
	"slices"
	"strings"

	"wenfang/internal/diag"
)

// Formats are the values of format:, those of GB/T 9704-2012 and the plain one.
var Formats = []string{"通用", "信函", "命令", "纪要", "事务"}

// Seals are the values of document: seal (GB/T 9704-2012, 7.3.5).
var Seals = []string{"盖章", "不盖章", "签名章"}

// DocumentFormat is the format that the page names, or that its 文种 has.
func (m *Meta) DocumentFormat() string {
	if slices.Contains(Formats, m.Format) {
		return m.Format
	}
	switch {
	case m.element("mark") == nil:
		return "事务"
	case m.Genre == "函" || m.Genre == "复函":
		return "信函"
	case m.Genre == "令" || strings.HasPrefix(m.Genre, "命令"):
		return "命令"
	case m.Genre == "纪要":
		return "纪要"
	}
	return "通用"
}

func (m *Meta) element(key string) *Element {
	for i := range m.Document {
		if m.Document[i].Key == key {
			return &m.Document[i]
		}
	}
	return nil
}

// genreRule is what a 文种 or a format asks of an element: that it is there, is not there, or
// does not hold something.
type genreRule struct {
	id      string
	key     string
	source  string
	applies func(m *Meta) bool
	against func(e *Element) bool // of an element that is there; nil: that it is there at all
}

func genres(names ...string) func(*Meta) bool {
	return func(m *Meta) bool { return slices.Contains(names, m.Genre) }
}

func formats(names ...string) func(*Meta) bool {
	return func(m *Meta) bool { return slices.Contains(names, m.DocumentFormat()) }
}

func holds(texts ...string) func(*Element) bool {
	return func(e *Element) bool {
		return slices.ContainsFunc(e.Values, func(v string) bool {
			return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(v, text) })
		})
	}
}

func severalRecipients(e *Element) bool { return len(e.Values) > 1 || holds("、", "，", "；")(e) }

// genreRules come from the regulation on 公文 of 2012 (条例) and GB/T 9704-2012; what is only
// custom, or a rule with exceptions, is unusual and not forbidden.
var genreRules = []genreRule{
	{"element-unusual", "recipients", "惯例，向社会公布的公文没有主送机关", genres("决议", "公报", "公告", "通告"), nil},
	{"element-unusual", "recipients", "条例第十五条（一），原则上主送一个上级机关", genres("请示"), severalRecipients},
	{"element-forbidden", "number", "GB/T 9704-2012第10.2条", formats("命令"), holds("〔")},
	{"element-forbidden", "seal", "GB/T 9704-2012第10.2条", formats("命令"), holds("盖章")},
	{"element-forbidden", "mark", "GB/T 9704-2012第10.1条", formats("信函"), holds("文件")},
	{"element-forbidden", "printer", "GB/T 9704-2012第10.1条", formats("信函"), nil},
	{"element-forbidden", "printed", "GB/T 9704-2012第10.1条", formats("信函"), nil},
	{"element-missing", "signer", "条例第九条（六）", genres("请示", "报告"), nil},
	{"element-missing", "recipients", "条例第十五条（一）", genres("请示", "报告"), nil},
	{"element-missing", "title", "条例第九条（七）", func(m *Meta) bool { return m.DocumentFormat() != "命令" }, nil},
}

// checkGenre reports elements that the 文种 of a template or sample must have or must not have.
func (p *parse) checkGenre() {
	m := &p.doc.Meta
	if len(m.Document) == 0 || m.Kind != KindTemplate && m.Kind != KindSample {
		return
	}
	for _, rule := range genreRules {
		if !rule.applies(m) {
			continue
		}
		e := m.element(rule.key)
		args := diag.Args{"element": rule.key, "genre": m.Genre, "source": rule.source}
		switch {
		case rule.id == "element-missing" && e == nil:
			p.report(diag.Pos{Path: p.file.Path, Line: m.Document[0].Line, Col: m.Document[0].Col}, rule.id, args, 0)
		case rule.id != "element-missing" && e != nil && (rule.against == nil || rule.against(e)):
			p.report(diag.Pos{Path: p.file.Path, Line: e.Line, Col: e.Col}, rule.id, args, len(rule.key))
		}
	}
}
