package render

import (
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"wenfang/internal/document"
	"wenfang/internal/site"
)

// Content is the body of the page.
func (v *View) Content() template.HTML {
	if v.page == nil || v.page.Doc == nil {
		return ""
	}
	return html(v.r.body(v.page, v.page.Doc.Body, true))
}

// Attached is the attachments of the document on pages of kind template and sample.
func (v *View) Attached() template.HTML {
	if v.page == nil || v.page.Doc == nil {
		return ""
	}
	return html(v.r.body(v.page, v.page.Doc.Attached, false))
}

// Sheet is the text of the document itself on pages of kind template and sample.
func (v *View) Sheet() template.HTML {
	if v.page == nil || v.page.Doc == nil {
		return ""
	}
	return html(v.r.body(v.page, v.page.Doc.Sheet, false))
}

// Format is the format of the document of a template or sample: see document.Meta.DocumentFormat.
func (v *View) Format() string {
	if v.page == nil {
		return ""
	}
	return v.page.Meta().DocumentFormat()
}

// ElementView is one element of the document outside its body.
type ElementView struct {
	Key   string
	Label string
	Lines []template.HTML
}

// Elements returns the document's elements by key.
func (v *View) Elements() map[string]*ElementView {
	if v.page == nil {
		return nil
	}
	meta := v.page.Meta()
	elements := make(map[string]*ElementView, len(meta.Document))
	for _, e := range meta.Document {
		view := &ElementView{Key: e.Key, Label: v.T("element." + e.Key)}
		for _, value := range e.Values {
			view.Lines = append(view.Lines, html(fillFields(value, meta.Fields)))
		}
		elements[e.Key] = view
	}
	return elements
}

// fillFields escapes a line and turns each {{字段}} into the mark of an unfilled field that
// leads to the place where it is filled in.
func fillFields(line string, fields []document.Field) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(line, "{{")
		b.WriteString(template.HTMLEscapeString(before))
		name, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			b.WriteString(template.HTMLEscapeString(line[len(before):]))
			return b.String()
		}
		name = strings.TrimSpace(name)
		i := slices.IndexFunc(fields, func(f document.Field) bool { return f.ID == name })
		b.WriteString(document.FieldMark(i, name))
		line = after
	}
}

// FieldView is one field of a template.
type FieldView struct {
	Index                                                  int
	ID, Label, Type, Example, Default, Help, Pattern, Rule string
	Required                                               bool
	Choices                                                []string
}

// Fields returns the fields of a template.
func (v *View) Fields() []FieldView {
	if v.page == nil {
		return nil
	}
	var views []FieldView
	for i, f := range v.page.Meta().Fields {
		views = append(views, FieldView{
			Index: i, ID: f.ID, Label: f.Label, Type: string(f.Type), Example: f.Example,
			Default: f.Default, Help: f.Help, Pattern: f.Pattern, Rule: ruleWords(f.Rule), Required: f.Required, Choices: f.Choices,
		})
	}
	return views
}

// Form is the document of a template or sample with its fields, as JSON, for the script that
// fills it in.
func (v *View) Form() (string, error) {
	if v.page == nil || v.page.Doc == nil {
		return "", nil
	}
	data, err := json.Marshal(v.page.Doc.Form())
	return string(data), err
}

// WordURL leads to the document as a Word file.
func (v *View) WordURL() string { return v.URL(WordPath(v.page)) }

// Heading is a heading of the page with those below it.
type Heading struct {
	Text, ID string
	Level    int
	Children []*Heading
}

// Contents returns the headings of levels 2 and 3.
func (v *View) Contents() []*Heading {
	if v.page == nil || v.page.Doc == nil {
		return nil
	}
	var top []*Heading
	for _, h := range v.page.Doc.Headings {
		heading := &Heading{Text: h.Text, ID: h.ID, Level: h.Level}
		switch {
		case h.Level == 2 || h.Level == 3 && len(top) == 0:
			top = append(top, heading)
		case h.Level == 3:
			last := top[len(top)-1]
			last.Children = append(last.Children, heading)
		}
	}
	return top
}

// Date is the day of the page's first publication.
func (v *View) Date() DateView {
	return v.metaDate(func(m *document.Meta) document.Date { return m.Date })
}

// Updated is the day of the last change.
func (v *View) Updated() DateView {
	return v.metaDate(func(m *document.Meta) document.Date { return m.Updated })
}

// Review is the day by which the page should be reviewed.
func (v *View) Review() DateView {
	return v.metaDate(func(m *document.Meta) document.Date { return m.Review })
}

func (v *View) metaDate(of func(*document.Meta) document.Date) DateView {
	if v.page == nil {
		return DateView{}
	}
	return v.date(of(v.page.Meta()))
}

func (v *View) meta() *document.Meta {
	if v.page == nil {
		return &document.Meta{}
	}
	return v.page.Meta()
}

// Owner is the department or person who answers for the page.
func (v *View) Owner() string { return v.meta().Owner }

// Status is the standing of the page as its front matter gives it, or "".
func (v *View) Status() string { return string(v.meta().Status) }

// Basis names what the page rests on.
func (v *View) Basis() []string { return v.meta().Basis }

// Audience names whom the page is for.
func (v *View) Audience() []string { return v.meta().Audience }

// Genre is the 文种 of a template or sample.
func (v *View) Genre() string { return v.meta().Genre }

// Direction is the 行文方向 of a template or sample.
func (v *View) Direction() string { return v.meta().Direction }

// Scenes are the occasions that a template serves.
func (v *View) Scenes() []string { return v.meta().Scenes }

// Draft reports whether the page is not meant to be published yet.
func (v *View) Draft() bool { return v.meta().Draft }

// Revoked reports whether the page is no longer in force.
func (v *View) Revoked() bool { return v.meta().Status == document.StatusRevoked }

// Overdue reports whether the page's review is overdue.
func (v *View) Overdue() bool { return v.page != nil && v.page.Overdue(v.r.site.Config.Today) }

// Han is the number of Han characters of the page.
func (v *View) Han() int { return hanOf(v.page) }

// Minutes is the time that reading takes.
func (v *View) Minutes() int { return minutes(v.page) }

func hanOf(p *site.Page) int {
	if p == nil || p.Doc == nil {
		return 0
	}
	return p.Doc.Counts.Han
}

// minutes assumes 400 characters or 200 Latin words a minute, the pace of careful reading.
func minutes(p *site.Page) int {
	if p == nil || p.Doc == nil {
		return 0
	}
	const han, words = 400, 200
	return max(1, (p.Doc.Counts.Han*words+p.Doc.Counts.Words*han+han*words/2)/(han*words))
}
