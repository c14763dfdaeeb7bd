package official

import (
	"slices"
	"strings"

	"wenfang/internal/document"
	"wenfang/internal/docx"
)

// BodyField is the field that every template has: in place of the text of the template.
const BodyField = "正文"

// Fill returns the document with the values of its fields. A value is text; the items of a
// list and the paragraphs of a paragraph stand on lines of their own. A field without a value
// has its default, else it stays as its mark. Unknown names are of no account.
func Fill(form *document.Form, values map[string]string) *Document {
	f := &filler{form: form, values: values}
	d := &Document{Format: Format(form.Format), Seal: Seal(form.Seal), Elements: map[string][]Line{}}
	for _, e := range form.Elements {
		if lines := f.element(e); len(lines) > 0 {
			d.Elements[e.Key] = lines
		}
	}
	d.takeBody(f.blocks(partsOf(form.Draft)))
	if body := splitValue(f.values[BodyField]); len(body) > 0 && f.field(BodyField) == nil {
		d.Body = nil
		for _, line := range body {
			d.Body = append(d.Body, Block{Line: Line{{Text: line}}})
		}
	}
	return d
}

// filler puts values in their places. lists are those whose parts are being filled, the innermost
// last, and item is the item of that one.
type filler struct {
	form   *document.Form
	values map[string]string
	lists  []string
	item   string
}

func (f *filler) field(id string) *document.FormField {
	for i := range f.form.Fields {
		if f.form.Fields[i].ID == id {
			return &f.form.Fields[i]
		}
	}
	return nil
}

// value returns the value of a field, "" where it has none.
func (f *filler) value(id string) string {
	if id == document.ListItem {
		return f.item
	}
	value, given := f.values[id]
	if field := f.field(id); field != nil && !given {
		value = field.Default
	}
	if len(splitValue(value)) == 0 {
		return ""
	}
	return value
}

func (f *filler) isList(id string) bool {
	field := f.field(id)
	return field != nil && field.Type == "list"
}

// splitValue returns the lines of a value, trimmed, without the empty ones and without
// characters that no document can hold.
func splitValue(value string) []string {
	var lines []string
	for _, line := range strings.FieldsFunc(docx.Clean(strings.ReplaceAll(value, "\r", "\n")), func(r rune) bool { return r == '\n' }) {
		if line = strings.Trim(line, " \t\u3000"); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// place is where a field stands: alone in a paragraph of the text, in a sentence of it, or in
// a line of an element.
type place int

const (
	alone place = iota
	sentence
	line
)

// shown returns a value as it stands in the document. Alone, each of its lines is a paragraph;
// in a sentence only those of a paragraph are; elsewhere everything stands on one line.
func (f *filler) shown(id string, where place) string {
	lines := splitValue(f.value(id))
	field := f.field(id)
	if where == alone || where == sentence && field != nil && field.Type == "paragraph" {
		return strings.Join(lines, "\n")
	}
	return strings.Join(lines, "、")
}

// part is a run or a block of a draft, or what stands between two ends of a part.
type part[T any] struct {
	own    T
	kind   string // DraftSet, DraftUnset, or "" for own
	field  string
	inside []part[T]
}

// kindOf is what both blocks and runs of a draft say of themselves.
func kindOf(v any) (kind, field string) {
	switch v := v.(type) {
	case document.DraftBlock:
		return v.Kind, v.Field
	case document.DraftRun:
		return v.Kind, v.Field
	}
	return "", ""
}

// deepest is how many parts may stand in one another; a further beginning is left out.
const deepest = 100

// partsOf finds the parts in a list. An end without a beginning is left out, and a part
// without an end reaches to the end of the list.
func partsOf[T any](list []T) []part[T] {
	stack := [][]part[T]{nil}
	var open []part[T]
	end := func() {
		last := open[len(open)-1]
		last.inside = stack[len(stack)-1]
		open, stack = open[:len(open)-1], stack[:len(stack)-1]
		stack[len(stack)-1] = append(stack[len(stack)-1], last)
	}
	for _, v := range list {
		switch kind, field := kindOf(v); kind {
		case document.DraftSet, document.DraftUnset:
			if len(open) < deepest {
				open = append(open, part[T]{kind: kind, field: field})
				stack = append(stack, nil)
			}
		case document.DraftEnd:
			if len(open) > 0 && open[len(open)-1].field == field {
				end()
			}
		default:
			stack[len(stack)-1] = append(stack[len(stack)-1], part[T]{own: v})
		}
	}
	for len(open) > 0 {
		end()
	}
	return stack[0]
}

// each calls do with what a part holds: for a part of a filled list that names its item ({{.}})
// once for each, for another that is shown once. A list in its own part goes round no second time.
func each[T any](f *filler, p part[T], do func(inside []part[T], item int)) {
	value := f.value(p.field)
	if (p.kind == document.DraftSet) != (value != "") {
		return
	}
	if p.kind == document.DraftUnset || !f.isList(p.field) || slices.Contains(f.lists, p.field) || !namesItem(p.inside) {
		do(p.inside, 0)
		return
	}
	before := *f
	f.lists = append(slices.Clone(f.lists), p.field)
	for i, item := range splitValue(value) {
		f.item = item
		do(p.inside, i)
	}
	*f = before
}

// namesItem reports whether parts hold {{.}}.
func namesItem[T any](parts []part[T]) bool {
	for _, p := range parts {
		switch own := any(p.own).(type) {
		case document.DraftRun:
			if own.Field == document.ListItem {
				return true
			}
		case document.DraftBlock:
			for _, runs := range append(own.Cells, own.Runs) {
				if slices.ContainsFunc(runs, func(r document.DraftRun) bool { return r.Field == document.ListItem }) {
					return true
				}
			}
		}
		if namesItem(p.inside) {
			return true
		}
	}
	return false
}

func (f *filler) blocks(parts []part[document.DraftBlock]) []Block {
	var out []Block
	for _, p := range parts {
		if p.kind != "" {
			each(f, p, func(inside []part[document.DraftBlock], _ int) { out = append(out, f.blocks(inside)...) })
			continue
		}
		switch b := p.own; b.Kind {
		case document.DraftHead, document.DraftRow:
			row := Block{Row: true, Head: b.Kind == document.DraftHead}
			for _, cell := range b.Cells {
				row.Cells = append(row.Cells, append(Line{}, f.line(cell, line)...))
			}
			out = append(out, row)
		default:
			where := sentence
			if len(b.Runs) == 1 && b.Runs[0].Field != "" {
				where = alone
			}
			for _, l := range splitLines(f.line(b.Runs, where)) {
				out = append(out, Block{Line: l, Level: b.Level})
			}
		}
	}
	return out
}

// line fills the runs of a line.
func (f *filler) line(runs []document.DraftRun, where place) Line {
	return joinRuns(f.runs(partsOf(runs), where))
}

func (f *filler) runs(parts []part[document.DraftRun], where place) Line {
	var out Line
	for _, p := range parts {
		switch {
		case p.kind != "":
			each(f, p, func(inside []part[document.DraftRun], item int) {
				if item > 0 && where == alone {
					out = append(out, Run{Text: "\n"})
				}
				out = append(out, f.runs(inside, where)...)
			})
		case p.own.Field == "":
			out = append(out, Run{Text: p.own.Text, Bold: p.own.Bold})
		default:
			run := Run{Text: f.shown(p.own.Field, where), Bold: p.own.Bold, Field: p.own.Field}
			if run.Text == "" {
				run.Text, run.Gap = "【"+run.Field+"】", true
			}
			if run.Field == document.ListItem && len(f.lists) > 0 {
				run.Field = f.lists[len(f.lists)-1]
			}
			out = append(out, run)
		}
	}
	return out
}

// joinRuns joins runs of one form and leaves out the empty ones.
func joinRuns(runs Line) Line {
	var out Line
	for _, r := range runs {
		last := len(out) - 1
		switch {
		case r.Text == "":
		case last >= 0 && !r.Gap && out[last].sameForm(&r) && out[last].Field == r.Field:
			out[last].Text += r.Text
		default:
			out = append(out, r)
		}
	}
	return out
}

// sameForm reports whether two runs look alike. A gap looks like no other.
func (r *Run) sameForm(other *Run) bool {
	return !r.Gap && !other.Gap && r.Bold == other.Bold && r.Face == other.Face
}

// unfielded joins runs that look alike, whatever fields they are from.
func unfielded(l Line) Line {
	var out Line
	for _, r := range l {
		if last := len(out) - 1; last >= 0 && out[last].sameForm(&r) {
			out[last].Text += r.Text
		} else {
			out = append(out, r)
		}
	}
	return out
}

// splitLines cuts a line at line feeds, trims each and leaves out the empty ones.
func splitLines(l Line) []Line {
	lines := []Line{nil}
	for _, r := range l {
		for i, text := range strings.Split(r.Text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			part := r
			part.Text = text
			lines[len(lines)-1] = append(lines[len(lines)-1], part)
		}
	}
	var out []Line
	for _, l := range lines {
		if l = trimLine(l); len(l) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// blankCutset is the white space at the ends of a line.
const blankCutset = " \t\r\u3000"

func trimLine(l Line) Line {
	l = joinRuns(l)
	for len(l) > 0 {
		if l[0].Text = strings.TrimLeft(l[0].Text, blankCutset); l[0].Text != "" {
			break
		}
		l = l[1:]
	}
	for len(l) > 0 {
		last := len(l) - 1
		if l[last].Text = strings.TrimRight(l[last].Text, blankCutset); l[last].Text != "" {
			break
		}
		l = l[:last]
	}
	return l
}

// manyLines are the elements of which there may be several, so that the items of a list that
// stands alone are lines of their own.
var manyLines = map[string]bool{"mark": true, "signer": true, "attachments": true, "issuer": true, "title": true}

// element fills the values of an element. A line of it that comes to nothing is left out.
func (f *filler) element(e document.FormElement) []Line {
	var lines []Line
	for _, runs := range e.Lines {
		where := line
		if manyLines[e.Key] && len(partsOf(runs)) == 1 {
			where = alone
		}
		lines = append(lines, splitLines(f.line(runs, where))...)
	}
	return lines
}
