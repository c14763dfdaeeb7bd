package document

import "strings"

// Form is the document of a template or sample with its fields: all that filling it in needs,
// in Go and in the browser.
type Form struct {
	Format   string        `json:"format"` // one of Formats
	Seal     string        `json:"seal"`   // one of Seals
	Elements []FormElement `json:"elements"`
	Fields   []FormField   `json:"fields"`
	Draft    Draft         `json:"draft"`
}

// FormElement is an element outside the text, by its key in ElementKeys, line by line.
type FormElement struct {
	Key   string       `json:"key"`
	Lines [][]DraftRun `json:"lines"`
}

// FormField is what filling in needs to know of a field.
type FormField struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Default string `json:"default,omitempty"`
}

// Form returns the document of a template or sample, nil for another page.
func (d *Document) Form() *Form {
	if d.Meta.Kind != KindTemplate && d.Meta.Kind != KindSample {
		return nil
	}
	f := &Form{Format: d.Meta.DocumentFormat(), Draft: d.Draft}
	f.Seal = defaultSeal(f.Format)
	for _, e := range d.Meta.Document {
		if e.Key == "seal" {
			f.Seal = e.Values[0]
			continue
		}
		element := FormElement{Key: e.Key}
		for _, value := range e.Values {
			element.Lines = append(element.Lines, elementRuns(value, d.Meta.Kind))
		}
		f.Elements = append(f.Elements, element)
	}
	for _, field := range d.Meta.Fields {
		f.Fields = append(f.Fields, FormField{ID: field.ID, Type: string(field.Type), Default: field.Default})
	}
	return f
}

// defaultSeal is how documents of a format are signed.
func defaultSeal(format string) string {
	switch format {
	case "命令":
		return "签名章"
	case "纪要", "事务":
		return "不盖章"
	}
	return "盖章"
}

// elementRuns reads a value of an element: text, fields and ends of parts. In a sample there
// are no fields.
func elementRuns(value string, kind Kind) []DraftRun {
	var runs []DraftRun
	for value != "" {
		before, after, found := strings.Cut(value, "{{")
		name, rest, closed := strings.Cut(after, "}}")
		if name = trim(name); !found || !closed || name == "" || kind != KindTemplate {
			return append(runs, DraftRun{Text: value})
		}
		if before != "" {
			runs = append(runs, DraftRun{Text: before})
		}
		run := DraftRun{Field: name, Kind: signKind(name[0])}
		if run.Kind != "" {
			run.Field = trim(name[1:])
		}
		runs, value = append(runs, run), rest
	}
	return runs
}
