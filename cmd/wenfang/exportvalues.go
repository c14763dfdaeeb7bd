package main

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/official"
)

// values returns the values of fields: those of the file, then those of the command line.
func (f *exportFlags) values(u *ui, fields []document.Field) (map[string]string, error) {
	values := map[string]string{}
	if f.data != "" {
		if err := readValues(u, f.data, fields, values); err != nil {
			return nil, err
		}
	}
	for _, pair := range f.set {
		name, value, found := strings.Cut(pair, "=")
		if !found {
			return nil, usage(u.text("cli.export.error.set", "value", pair))
		}
		if err := setValue(u, fields, values, strings.TrimSpace(name), value, "--set"); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// readValues reads a YAML file of fields: text, or a list of texts.
func readValues(u *ui, path string, fields []document.Field, values map[string]string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return usage(u.text("cli.export.error.data", "path", path, "detail", err))
	}
	if len(root.Content) == 0 {
		return nil
	}
	mapping := root.Content[0]
	if mapping.Kind != yaml.MappingNode {
		return usage(u.text("cli.export.error.data", "path", path, "detail", u.text("cli.export.error.mapping")))
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		place := path + ":" + strconv.Itoa(key.Line)
		text, ok := textOf(value)
		_, twice := values[key.Value]
		if !ok || twice {
			return usage(u.text("cli.export.error.data", "path", place, "detail", u.text("cli.export.error.value", "field", key.Value)))
		}
		if err := setValue(u, fields, values, key.Value, text, place); err != nil {
			return err
		}
	}
	return nil
}

// textOf returns a value of the file as text: the items of a list on lines of their own.
func textOf(n *yaml.Node) (string, bool) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return "", true
		}
		return n.Value, true
	case yaml.SequenceNode:
		var lines []string
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return "", false
			}
			lines = append(lines, item.Value)
		}
		return strings.Join(lines, "\n"), true
	}
	return "", false
}

// setValue takes a value in, as it should be written. A day that does not exist is refused.
func setValue(u *ui, fields []document.Field, values map[string]string, name, value, place string) error {
	i := slices.IndexFunc(fields, func(f document.Field) bool { return f.ID == name })
	if i < 0 && name != official.BodyField {
		names := []string{official.BodyField}
		for _, f := range fields {
			names = append(names, f.ID)
		}
		return &usageError{
			message: u.text("cli.export.error.field", "field", name, "place", place),
			advice:  u.fieldAdvice(name, names),
		}
	}
	if i < 0 {
		values[name] = value
		return nil
	}
	switch official.FaultOf(&fields[i], value) {
	case official.FaultDate:
		return usage(u.text("cli.export.error.date", "field", name, "value", value))
	case official.FaultForm:
		if tidied := official.Tidy(&fields[i], value); official.FaultOf(&fields[i], tidied) == official.FaultForm {
			u.note("wenfang: " + u.text("cli.export.form", "field", name, "value", value, "example", fields[i].Example))
		}
	}
	values[name] = official.Tidy(&fields[i], value)
	return nil
}

// fieldAdvice names the field that was probably meant, else all of them.
func (u *ui) fieldAdvice(name string, names []string) string {
	if near := diag.Nearest(name, names); near != "" {
		return u.text("cli.advice.near", "near", near)
	}
	return u.text("cli.export.fields", "fields", strings.Join(names, "、"))
}
