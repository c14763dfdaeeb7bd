package document

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// field is {{字段}} in a template, or one end of a part that depends on a field: {{#字段}} of
// one that is shown when the field is filled in, {{^字段}} when it is not, {{/字段}} the end.
type field struct {
	ast.BaseInline
	name  string
	sign  byte // 0, '#', '^' or '/'
	start int
	width int // characters, for the caret
}

func (n *field) Kind() ast.NodeKind            { return kindField }
func (n *field) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type fieldParser struct{}

func (fieldParser) Trigger() []byte { return []byte{'{'} }

func (fieldParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	if !s.template {
		return nil
	}
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	name, length := fieldName(line)
	if length == 0 {
		s.find(segment.Start, 2, "field-unclosed", diag.Args{"field": summarize(string(line[:min(len(line), 60)]))})
		return nil
	}
	n := &field{name: name, start: segment.Start, width: utf8.RuneCount(line[:length])}
	if name[0] == '#' || name[0] == '^' || name[0] == '/' {
		n.sign, n.name = name[0], trim(name[1:])
	}
	n.SetPos(n.start)
	block.Advance(length)
	return n
}

// fieldName returns what stands between {{ and }} at the start of line, and the length of the
// whole.
func fieldName(line []byte) (string, int) {
	const most = 300
	end := bytes.Index(line[:min(len(line), most)], []byte("}}"))
	if end < 3 {
		return "", 0
	}
	name := stripControls(trim(string(line[2:end])))
	if name == "" || strings.ContainsAny(name, "{}\n") {
		return "", 0
	}
	return name, end + 2
}

// FieldMark is the mark of an unfilled field: its name in 【】, leading to where it is filled
// in. index is the place in Meta.Fields, -1 for a field that is not declared.
func FieldMark(index int, name string) string {
	escaped := html.EscapeString(name)
	if index < 0 {
		return `<span class="ph">【` + escaped + `】</span>`
	}
	return fmt.Sprintf(`<a class="ph" href="#f-%d" data-field="%s">【%s】</a>`, index+1, escaped, escaped)
}

// field writes the mark of an unfilled field, or an end of a part that depends on one. Inside
// a link the mark cannot be one.
func (w *writer) field(n *field) {
	if n.name == ListItem && n.sign == 0 && len(w.lists) > 0 {
		n = &field{name: w.lists[len(w.lists)-1], start: n.start, width: n.width}
	}
	w.checkField(n)
	switch index := w.p.fieldIndex(n.name); {
	case n.sign == '/':
		w.endPart(n)
	case n.sign != 0:
		w.open("<span" + whenAttributes(n) + ">")
		w.enterList(n)
		w.opened = append(w.opened, opened{field: n})
	default:
		if w.inLink {
			index = -1
		}
		w.open(FieldMark(index, n.name))
		w.plain.WriteString("【" + n.name + "】")
	}
}

// endPart ends the part at hand; an end that does not match it is reported and left out.
func (w *writer) endPart(n *field) {
	last := len(w.opened) - 1
	if last < 0 || w.opened[last].field == nil || w.opened[last].field.name != n.name {
		w.p.reportAt(n.start, "field-crossed", diag.Args{"field": n.name}, n.width)
		return
	}
	w.opened = w.opened[:last]
	w.leaveList(n)
	w.open("</span>")
}

// enterList and leaveList keep the lists whose items {{.}} may stand for.
func (w *writer) enterList(n *field) {
	if n.sign == '#' && w.p.isList(n.name) {
		w.lists = append(w.lists, n.name)
	}
}

func (w *writer) leaveList(n *field) {
	if last := len(w.lists) - 1; last >= 0 && w.lists[last] == n.name {
		w.lists = w.lists[:last]
	}
}

func whenAttributes(n *field) string {
	when := "set"
	if n.sign == '^' {
		when = "unset"
	}
	return ` class="when" data-field="` + html.EscapeString(n.name) + `" data-when="` + when + `"`
}

// loneField returns the field that is all there is in a paragraph: {{#字段}} and {{/字段}} that
// stand alone hold whole blocks between them.
func loneField(n ast.Node) *field {
	if n.Kind() != ast.KindParagraph || n.FirstChild() == nil || n.FirstChild() != n.LastChild() {
		return nil
	}
	f, _ := n.FirstChild().(*field)
	if f == nil || f.sign == 0 {
		return nil
	}
	return f
}

// part writes a lone end of a part of blocks; false when n is none, or has no other end among
// its siblings.
func (w *writer) part(n ast.Node) bool {
	f := loneField(n)
	if f == nil {
		return false
	}
	w.matchOnce(n.Parent())
	if !w.parts[f] {
		return false
	}
	w.checkField(f)
	if f.sign == '/' {
		w.leaveList(f)
		w.open("</div>\n")
	} else {
		w.enterList(f)
		w.open("<div" + whenAttributes(f) + ">\n")
	}
	return true
}

func (w *writer) matchOnce(parent ast.Node) {
	if !w.matched[parent] {
		w.matched[parent] = true
		w.matchParts(parent)
	}
}

// matchParts finds the pairs of lone ends among the children of a block. A thematic break in
// a template divides the page, no part reaches over it.
func (w *writer) matchParts(parent ast.Node) {
	var waiting []*field
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindThematicBreak {
			waiting = nil
		}
		f := loneField(n)
		switch last := len(waiting) - 1; {
		case f == nil:
		case f.sign != '/':
			waiting = append(waiting, f)
		case last >= 0 && waiting[last].name == f.name:
			w.parts[waiting[last]], w.parts[f] = true, true
			waiting = waiting[:last]
		}
	}
}

// checkElements reports what is wrong with the fields that elements name: nobody declared them,
// they are not written to the end, or the ends of their parts do not match.
func (p *parse) checkElements() {
	if p.doc.Meta.Kind != KindTemplate {
		return
	}
	for _, e := range p.doc.Meta.Document {
		for _, value := range e.Values {
			p.checkElement(e, value)
		}
	}
}

func (p *parse) checkElement(e Element, value string) {
	var parts []string
	for {
		_, after, found := strings.Cut(value, "{{")
		if !found {
			break
		}
		name, rest, closed := strings.Cut(after, "}}")
		if !closed {
			p.report(p.placeOf(e, "{{"+after), "field-unclosed", diag.Args{"field": after}, 0)
			return
		}
		token := "{{" + name + "}}"
		p.checkPart(p.placeOf(e, token), &parts, trim(name), utf8.RuneCountInString(token))
		value = rest
	}
	for _, name := range parts {
		p.report(p.placeOf(e, "{{#"+name), "field-unclosed", diag.Args{"field": name}, 0)
	}
}

// checkPart checks one field of an element; parts are those that wait for their end.
func (p *parse) checkPart(pos diag.Pos, parts *[]string, name string, width int) {
	bare := trim(strings.TrimLeft(name, "#^/"))
	open := *parts
	switch {
	case bare == ListItem && slices.ContainsFunc(open, p.isList):
		return
	case strings.HasPrefix(name, "#"), strings.HasPrefix(name, "^"):
		*parts = append(open, bare)
	case strings.HasPrefix(name, "/"):
		if len(open) == 0 || open[len(open)-1] != bare {
			p.report(pos, "field-crossed", diag.Args{"field": bare}, width)
			return
		}
		*parts = open[:len(open)-1]
	}
	p.checkField(pos, bare, width)
}

// placeOf is where a text of an element stands in the file: on the element's line or below it.
func (p *parse) placeOf(e Element, text string) diag.Pos {
	const most = 40
	for line := e.Line; line < e.Line+most; line++ {
		source := p.file.Line(line)
		if i := strings.Index(source, text); i >= 0 {
			return diag.Pos{Path: p.file.Path, Line: line, Col: utf8.RuneCountInString(source[:i]) + 1}
		}
	}
	return diag.Pos{Path: p.file.Path, Line: e.Line, Col: max(1, e.Col)}
}

func (p *parse) isList(name string) bool {
	i := p.fieldIndex(name)
	return i >= 0 && p.doc.Meta.Fields[i].Type == "list"
}

func (w *writer) checkField(n *field) {
	if w.p.fieldIndex(n.name) < 0 && len(w.p.problems) < maxProblems {
		w.p.checkField(w.p.pos(n.start), n.name, n.width)
	}
}

// checkField reports a field that the template does not declare.
func (p *parse) checkField(pos diag.Pos, name string, width int) {
	if p.fieldIndex(name) >= 0 {
		return
	}
	var names []string
	for _, f := range p.doc.Meta.Fields {
		names = append(names, f.ID)
	}
	p.report(pos, "field-unknown", diag.Args{"field": name, "near": diag.Nearest(name, names)}, width)
}

func (p *parse) fieldIndex(name string) int {
	return slices.IndexFunc(p.doc.Meta.Fields, func(f Field) bool { return f.ID == name })
}
