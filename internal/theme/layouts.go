package theme

import (
	"fmt"
	"html/template"
	"path"
	"regexp"
	"strconv"
	"strings"

	"wenfang/internal/diag"
)

// shell is the layout that every kind's own file completes.
const shell = "base.html"

// functions are pure; everything about a page is a method of the view.
var functions = template.FuncMap{
	"dict": dict,
	"list": func(items ...any) []any { return items },
	"add":  func(a, b int) int { return a + b },
	"join": func(sep string, items []string) string { return strings.Join(items, sep) },
}

// dict makes a map of its arguments: key, value, key, value.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: %d arguments, want pairs", len(pairs))
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m, nil
}

// readLayouts parses base.html with all partials, and for each other layout a copy of that
// completed by the layout.
func (t *Theme) readLayouts(files overlay, problems *diag.List) {
	common := template.New("root").Funcs(functions)
	var kinds []string
	for _, name := range files.files() {
		switch {
		case path.Ext(name) != ".html":
		case name == shell || strings.HasPrefix(name, "partials/"):
			parseLayout(common, files, name, problems)
		case !strings.Contains(name, "/"):
			kinds = append(kinds, name)
		}
	}
	if len(*problems) > 0 {
		return
	}
	for _, name := range kinds {
		layout := template.Must(common.Clone())
		parseLayout(layout, files, name, problems)
		t.layouts[strings.TrimSuffix(name, ".html")] = layout
	}
	t.partials = template.Must(common.Clone())
}

func parseLayout(into *template.Template, files overlay, name string, problems *diag.List) {
	text, _ := files.read(name)
	if _, err := into.New(name).Parse(string(text)); err != nil {
		problems.Add(LayoutPos(err, diag.Pos{Path: "layouts/" + name, Line: 1, Col: 1}), "layout-syntax", diag.Args{"layout": name, "detail": layoutDetail(err)})
	}
}

var layoutError = regexp.MustCompile(`template: ([^:]+):(\d+)(?::(\d+))?: `)

// LayoutPos returns the place in a layout that an error of a template names, or pos.
func LayoutPos(err error, pos diag.Pos) diag.Pos {
	m := layoutError.FindStringSubmatch(err.Error())
	if m == nil {
		return pos
	}
	pos = diag.Pos{Path: "layouts/" + m[1], Col: 1}
	pos.Line, _ = strconv.Atoi(m[2])
	if col, err := strconv.Atoi(m[3]); err == nil {
		pos.Col = col + 1
	}
	return pos
}

func layoutDetail(err error) string {
	return layoutError.ReplaceAllString(err.Error(), "")
}
