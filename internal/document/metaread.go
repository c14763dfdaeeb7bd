package document

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// metaReader reads one front matter.
type metaReader struct {
	file      *source.File
	line      int // of the file, at which the front matter's own line 1 stands
	meta      Meta
	problems  *diag.List
	seen      map[string]bool
	tomlLines map[string]int
}

// metaKeys are the keys of front matter and how each is read.
var metaKeys = map[string]func(r *metaReader, key, value *yaml.Node){}

func init() {
	text := func(into func(*Meta) *string) func(*metaReader, *yaml.Node, *yaml.Node) {
		return func(r *metaReader, key, value *yaml.Node) { *into(&r.meta), _ = r.text(key, value) }
	}
	list := func(into func(*Meta) *[]string) func(*metaReader, *yaml.Node, *yaml.Node) {
		return func(r *metaReader, key, value *yaml.Node) { *into(&r.meta) = r.list(key, value) }
	}
	date := func(into func(*Meta) *Date) func(*metaReader, *yaml.Node, *yaml.Node) {
		return func(r *metaReader, key, value *yaml.Node) { *into(&r.meta) = r.date(key, value) }
	}
	maps.Copy(metaKeys, map[string]func(*metaReader, *yaml.Node, *yaml.Node){
		"title":       text(func(m *Meta) *string { return &m.Title }),
		"description": text(func(m *Meta) *string { return &m.Description }),
		"owner":       text(func(m *Meta) *string { return &m.Owner }),
		"genre":       text(func(m *Meta) *string { return &m.Genre }),
		"direction":   text(func(m *Meta) *string { return &m.Direction }),
		"tags":        list(func(m *Meta) *[]string { return &m.Tags }),
		"basis":       list(func(m *Meta) *[]string { return &m.Basis }),
		"audience":    list(func(m *Meta) *[]string { return &m.Audience }),
		"scenes":      list(func(m *Meta) *[]string { return &m.Scenes }),
		"rules":       list(func(m *Meta) *[]string { return &m.Rules }),
		"date":        date(func(m *Meta) *Date { return &m.Date }),
		"updated":     date(func(m *Meta) *Date { return &m.Updated }),
		"review":      date(func(m *Meta) *Date { return &m.Review }),
		"format":      (*metaReader).format,
		"kind":        (*metaReader).kind,
		"order":       (*metaReader).order,
		"draft":       (*metaReader).draft,
		"status":      (*metaReader).status,
		"aliases":     (*metaReader).aliases,
		"related":     (*metaReader).related,
		"fields":      (*metaReader).fields,
		"document":    (*metaReader).elements,
	})
}

func metaKeyNames() []string { return slices.Sorted(maps.Keys(metaKeys)) }

func (r *metaReader) readMapping(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.at(n, "meta-type", diag.Args{"key": "---", "want": "key: value"})
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read := metaKeys[key.Value]
		switch {
		case r.seen[key.Value]:
			r.at(key, "meta-duplicate", diag.Args{"key": key.Value})
			continue
		case read == nil:
			r.at(key, "meta-unknown-key", diag.Args{"key": key.Value, "near": diag.Nearest(key.Value, metaKeyNames())})
		case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
		default:
			read(r, key, value)
		}
		r.seen[key.Value] = true
	}
}

func (r *metaReader) at(n *yaml.Node, id string, args diag.Args) {
	r.report(r.lineOf(n), max(1, n.Column), id, args)
}

func (r *metaReader) lineOf(n *yaml.Node) int {
	if r.tomlLines != nil {
		return max(r.line, r.tomlLines[n.Value])
	}
	return r.line + max(1, n.Line) - 1
}

func (r *metaReader) report(line, col int, id string, args diag.Args) {
	d := diag.New(diag.Pos{Path: r.file.Path, Line: line, Col: col}, id, args)
	d.Excerpt = r.file.Line(line)
	*r.problems = append(*r.problems, d)
}

// text reads a scalar as it is written: a title 2024 or 0x10 stays what it is.
func (r *metaReader) text(key, value *yaml.Node) (string, bool) {
	const most = 4000
	if value.Kind != yaml.ScalarNode {
		r.at(value, "meta-type", diag.Args{"key": key.Value, "want": "text"})
		return "", false
	}
	text := strings.TrimSpace(value.Value)
	if len(text) > most {
		r.at(value, "meta-too-long", diag.Args{"key": key.Value, "limit": strconv.Itoa(most)})
		return "", false
	}
	return stripControls(text), true
}

// list reads a list of scalars; a single scalar is a list of one.
func (r *metaReader) list(key, value *yaml.Node) []string {
	if value.Kind == yaml.ScalarNode {
		if text, ok := r.text(key, value); ok && text != "" {
			return []string{text}
		}
		return nil
	}
	if value.Kind != yaml.SequenceNode {
		r.at(value, "meta-type", diag.Args{"key": key.Value, "want": "[a, b]"})
		return nil
	}
	var out []string
	for _, item := range value.Content {
		if text, ok := r.text(key, item); ok && text != "" {
			out = append(out, text)
		}
	}
	return out
}

var datePattern = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$`)

// date reads a day that exists: 2026-03-05, also 2026年3月5日.
func (r *metaReader) date(key, value *yaml.Node) Date {
	text, ok := r.text(key, value)
	if !ok {
		return Date{}
	}
	if m := datePattern.FindStringSubmatch(text); m != nil {
		y, _ := strconv.Atoi(m[1])
		mo, _ := strconv.Atoi(m[2])
		d, _ := strconv.Atoi(m[3])
		if t := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC); t.Year() == y && int(t.Month()) == mo && t.Day() == d {
			return Date{y, mo, d}
		}
	}
	r.at(value, "meta-date", diag.Args{"key": key.Value, "value": text})
	return Date{}
}

func (r *metaReader) kind(key, value *yaml.Node) {
	text, _ := r.text(key, value)
	if kind := Kind(text); slices.Contains(Kinds, kind) {
		r.meta.Kind = kind
		return
	}
	r.oneOf(key, value, text, Kinds)
}

func (r *metaReader) format(key, value *yaml.Node) {
	text, _ := r.text(key, value)
	if r.meta.Format = text; !slices.Contains(Formats, text) {
		r.oneOf(key, value, text, Formats)
	}
}

func (r *metaReader) status(key, value *yaml.Node) {
	text, _ := r.text(key, value)
	if status := Status(text); slices.Contains(Statuses, status) {
		r.meta.Status = status
		return
	}
	r.oneOf(key, value, text, Statuses)
}

// oneOf reports a value that is none of those allowed.
func (r *metaReader) oneOf(key, value *yaml.Node, got string, allowed any) {
	var names []string
	switch allowed := allowed.(type) {
	case []Kind:
		for _, k := range allowed {
			names = append(names, string(k))
		}
	case []Status:
		for _, s := range allowed {
			names = append(names, string(s))
		}
	case []string:
		names = allowed
	case []FieldType:
		for _, t := range allowed {
			names = append(names, string(t))
		}
	}
	r.at(value, "meta-value", diag.Args{"key": key.Value, "value": got, "want": strings.Join(names, ", "), "near": diag.Nearest(got, names)})
}

func (r *metaReader) order(key, value *yaml.Node) {
	text, _ := r.text(key, value)
	n, err := strconv.Atoi(text)
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		r.at(value, "meta-type", diag.Args{"key": key.Value, "want": "1, 2, 3 …"})
		return
	}
	r.meta.Order = &n
}

func (r *metaReader) draft(key, value *yaml.Node) { r.meta.Draft = r.boolean(key, value) }

func (r *metaReader) boolean(key, value *yaml.Node) bool {
	switch text, _ := r.text(key, value); text {
	case "true", "yes", "是":
		return true
	case "false", "no", "否":
	default:
		r.at(value, "meta-type", diag.Args{"key": key.Value, "want": "true | false"})
	}
	return false
}

// aliases reads old addresses; one that would leave the site is refused.
func (r *metaReader) aliases(key, value *yaml.Node) {
	for _, alias := range r.list(key, value) {
		_, ok := LinkKey("", "/"+strings.TrimPrefix(alias, "/"))
		if !ok || strings.HasPrefix(alias, "//") || strings.ContainsAny(alias, ":?#\\") || strings.Contains(alias, "..") || strings.Trim(alias, "/") == "" {
			r.at(value, "meta-address", diag.Args{"address": alias})
			continue
		}
		r.meta.Aliases = append(r.meta.Aliases, alias)
	}
}

func (r *metaReader) related(key, value *yaml.Node) {
	items := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		items = value.Content
	}
	for _, item := range items {
		if text, ok := r.text(key, item); ok && text != "" {
			r.meta.Related = append(r.meta.Related, Reference{Target: text, Line: r.lineOf(item), Col: item.Column})
		}
	}
}
