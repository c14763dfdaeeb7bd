package document

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"wenfang/internal/diag"
)

var fieldKeys = []string{"id", "label", "type", "required", "default", "example", "help", "pattern", "choices", "rule"}

// fields reads the fields of a template.
func (r *metaReader) fields(key, value *yaml.Node) {
	if value.Kind != yaml.SequenceNode {
		r.at(value, "meta-type", diag.Args{"key": key.Value, "want": "- id: …"})
		return
	}
	for _, item := range value.Content {
		if item.Kind != yaml.MappingNode {
			r.at(item, "meta-type", diag.Args{"key": key.Value, "want": "- id: …"})
			continue
		}
		r.field(item)
	}
}

func (r *metaReader) field(item *yaml.Node) {
	f := Field{Type: "text", Line: r.lineOf(item)}
	seen := map[string]bool{}
	for i := 0; i+1 < len(item.Content); i += 2 {
		key, value := item.Content[i], item.Content[i+1]
		if seen[key.Value] {
			r.at(key, "meta-duplicate", diag.Args{"key": key.Value})
			continue
		}
		seen[key.Value] = true
		r.fieldKey(&f, key, value)
	}
	if f.Label == "" {
		f.Label = f.ID
	}
	switch {
	case f.ID == "" || strings.ContainsAny(f.ID, "{}#^/&.") || strings.TrimSpace(f.ID) != f.ID:
		r.report(f.Line, max(1, item.Column), "field-id", diag.Args{"field": f.ID})
	case slices.ContainsFunc(r.meta.Fields, func(other Field) bool { return other.ID == f.ID }):
		r.report(f.Line, max(1, item.Column), "field-duplicate", diag.Args{"field": f.ID})
	default:
		r.meta.Fields = append(r.meta.Fields, f)
	}
}

func (r *metaReader) fieldKey(f *Field, key, value *yaml.Node) {
	texts := map[string]*string{
		"id": &f.ID, "label": &f.Label, "default": &f.Default, "example": &f.Example, "help": &f.Help, "rule": &f.Rule,
	}
	switch {
	case texts[key.Value] != nil:
		if value.Kind == yaml.SequenceNode { // the example of a list, one line each
			*texts[key.Value] = strings.Join(r.list(key, value), "\n")
		} else {
			*texts[key.Value], _ = r.text(key, value)
		}
	case key.Value == "type":
		text, _ := r.text(key, value)
		if !slices.Contains(FieldTypes, FieldType(text)) {
			r.oneOf(key, value, text, FieldTypes)
			return
		}
		f.Type = FieldType(text)
	case key.Value == "required":
		f.Required = r.boolean(key, value)
	case key.Value == "choices":
		f.Choices = r.list(key, value)
	case key.Value == "pattern":
		f.Pattern, _ = r.text(key, value)
		if problem := badPattern(f.Pattern); problem != "" {
			r.at(value, "field-pattern", diag.Args{"field": f.ID, "detail": problem})
			f.Pattern = ""
		}
	default:
		r.at(key, "meta-unknown-key", diag.Args{"key": key.Value, "near": diag.Nearest(key.Value, fieldKeys)})
	}
}

// elements reads document: the elements of a 公文 outside its body.
func (r *metaReader) elements(key, value *yaml.Node) {
	if value.Kind != yaml.MappingNode {
		r.at(value, "meta-type", diag.Args{"key": key.Value, "want": "title: …"})
		return
	}
	for i := 0; i+1 < len(value.Content); i += 2 {
		name, content := value.Content[i], value.Content[i+1]
		if !slices.Contains(ElementKeys, name.Value) {
			r.at(name, "document-unknown", diag.Args{"key": name.Value, "near": diag.Nearest(name.Value, ElementKeys)})
			continue
		}
		if slices.ContainsFunc(r.meta.Document, func(e Element) bool { return e.Key == name.Value }) {
			r.at(name, "meta-duplicate", diag.Args{"key": name.Value})
			continue
		}
		e := Element{Key: name.Value, Values: r.list(name, content), Line: r.lineOf(name), Col: max(1, name.Column)}
		if e.Key == "seal" && (len(e.Values) != 1 || !slices.Contains(Seals, e.Values[0])) {
			r.at(content, "meta-value", diag.Args{"key": e.Key, "value": strings.Join(e.Values, " "), "want": strings.Join(Seals, ", ")})
			continue
		}
		r.meta.Document = append(r.meta.Document, e)
	}
	slices.SortStableFunc(r.meta.Document, func(a, b Element) int {
		return slices.Index(ElementKeys, a.Key) - slices.Index(ElementKeys, b.Key)
	})
}
