package document

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v4"

	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// MaxFront is the largest front matter that is read, in bytes.
const MaxFront = 256 << 10

// front is the front matter of a file as it stands there.
type front struct {
	text string // between the fences
	line int    // of its first line
	body int    // offset of what follows
	toml bool
}

// splitFront finds the front matter: between two lines --- (YAML) or +++ (TOML) at the very
// start of the file.
func splitFront(file *source.File, problems *diag.List) front {
	text := file.Text
	fence := ""
	for _, f := range []string{"---", "+++"} {
		if rest, ok := strings.CutPrefix(text, f); ok && strings.HasPrefix(strings.TrimLeft(rest, " \t"), "\n") {
			fence = f
		}
	}
	if fence == "" {
		if rest, ok := strings.CutPrefix(text, "{"); ok && strings.HasPrefix(strings.TrimLeft(rest, " \t\n"), `"`) {
			problems.Add(diag.Pos{Path: file.Path, Line: 1, Col: 1}, "meta-json", nil)
		}
		return front{}
	}
	start := strings.IndexByte(text, '\n') + 1
	for offset := start; offset < len(text); {
		line, _, found := strings.Cut(text[offset:], "\n")
		next := offset + len(line) + 1
		if trimmed := strings.TrimRight(line, " \t"); trimmed == fence || trimmed == "..." && fence == "---" {
			return front{text: text[start:offset], line: 2, body: min(next, len(text)), toml: fence == "+++"}
		}
		if !found {
			break
		}
		offset = next
	}
	// A thematic break at the top of a page without front matter is no fence.
	if first, _, _ := strings.Cut(text[start:], "\n"); fence == "+++" || strings.Contains(first, ":") || strings.Contains(first, "：") {
		problems.Add(diag.Pos{Path: file.Path, Line: 1, Col: 1}, "meta-unclosed", diag.Args{"fence": fence})
	}
	return front{}
}

// readMeta reads the front matter. What is wrong is reported and left out.
func readMeta(file *source.File, f front, problems *diag.List) Meta {
	r := &metaReader{file: file, line: f.line, problems: problems, seen: map[string]bool{}}
	if len(f.text) > MaxFront {
		r.report(f.line, 1, "meta-too-long", diag.Args{"limit": "256 KB"})
		return r.meta
	}
	text := f.text
	if f.toml {
		text = r.fromTOML(text)
	} else if r.wideColon(text) || r.tooDeep(text) {
		return r.meta
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		line, col, detail := 1, 1, err.Error()
		var load *yaml.LoadError
		if errors.As(err, &load) {
			line, col, detail = max(1, load.Mark.Line), max(1, load.Mark.Column), load.Message
		}
		r.report(f.line+line-1, col, "meta-syntax", diag.Args{"detail": detail})
		return r.meta
	}
	if len(root.Content) == 0 {
		return r.meta
	}
	if alias := findAlias(&root); alias != nil {
		r.at(alias, "meta-alias", nil)
		return r.meta
	}
	r.readMapping(root.Content[0])
	return r.meta
}

// wideColon says so when a key is followed by a full-width colon, which YAML takes for text.
func (r *metaReader) wideColon(text string) bool {
	line := r.line
	for l := range strings.Lines(text) {
		key, _, found := strings.Cut(l, "：")
		if found && metaKeys[strings.TrimSpace(key)] != nil && !strings.Contains(key, ":") {
			r.report(line, len([]rune(key))+1, "meta-wide-colon", diag.Args{"key": strings.TrimSpace(key)})
			return true
		}
		line++
	}
	return false
}

// tooDeep refuses nesting that no page needs before a parser meets it.
func (r *metaReader) tooDeep(text string) bool {
	const most = 100
	depth, line := 0, r.line
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '\n':
			line++
			if indent := len(text[i+1:]) - len(strings.TrimLeft(text[i+1:], " -?")); indent > 4*most {
				depth = most + 1
			}
		}
		if depth > most {
			r.report(line, 1, "limit-nesting", diag.Args{"limit": itoa(most)})
			return true
		}
	}
	return false
}

// findAlias returns an anchor or alias. They are refused: a few bytes of them can stand for
// gigabytes.
func findAlias(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, child := range n.Content {
		if found := findAlias(child); found != nil {
			return found
		}
	}
	return nil
}

// fromTOML turns TOML into YAML, so that one reader checks both. Lines of nested values are
// lost; keys at the top keep theirs.
func (r *metaReader) fromTOML(text string) string {
	var values map[string]any
	if err := toml.Unmarshal([]byte(text), &values); err != nil {
		line, col, detail := 1, 1, err.Error()
		var decode *toml.DecodeError
		if errors.As(err, &decode) {
			line, col = decode.Position()
			detail = strings.TrimPrefix(decode.Error(), "toml: ")
		}
		r.report(r.line+line-1, col, "meta-syntax", diag.Args{"detail": detail})
		return ""
	}
	r.tomlLines = map[string]int{}
	line := r.line
	for l := range strings.Lines(text) {
		if key, _, found := strings.Cut(l, "="); found {
			if key = strings.Trim(strings.TrimSpace(key), `"`); r.tomlLines[key] == 0 {
				r.tomlLines[key] = line
			}
		}
		line++
	}
	out, err := yaml.Marshal(plainTOML(values))
	if err != nil {
		r.report(r.line, 1, "meta-syntax", diag.Args{"detail": err.Error()})
		return ""
	}
	return string(out)
}

// plainTOML writes the dates of TOML as text, which is how they are read here.
func plainTOML(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plainTOML(v[k])
		}
	case []any:
		for i := range v {
			v[i] = plainTOML(v[i])
		}
	case toml.LocalDate:
		return v.String()
	case toml.LocalDateTime:
		return v.String()
	case interface{ Format(string) string }:
		return v.Format("2006-01-02")
	}
	return v
}
