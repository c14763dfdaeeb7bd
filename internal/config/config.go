// Package config reads wenfang.yaml. The file is optional and strict: a key that does not
// exist is an error that names the nearest one.
//
// Config is also how the outside world (the version, today's date, flags) reaches the pure
// rooms; the package itself reads no clock and no disk.
package config

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/source"
)

// FileName is the name of the configuration file in the site's folder.
const FileName = "wenfang.yaml"

// Config is the site's configuration with every default filled in.
type Config struct {
	Title       string   // of the handbook
	Description string   // one sentence for search engines and feeds
	Language    string   // zh-CN or en: the language of the site's own words
	Owner       string   // the department that keeps the handbook, shown in the footer
	BaseURL     string   // absolute address of the published site with a final slash, or ""
	ID          string   // tells sites apart in the browser's storage
	Copy        []string // extensions copied beside the pages, without the dot
	Menu        []string // paths of the header's entries; empty: the top sections
	Tasks       []Named  // paths of the pages that the empty search box offers; empty: see site.Tasks
	Check       Check    // how drafts are checked

	Today   document.Date // decides what is overdue
	Version string        // of the program
	Drafts  bool          // publish drafts too
}

var keys = []string{"title", "description", "language", "owner", "base_url", "id", "copy", "menu", "tasks", "check"}

// Default is the configuration of a folder without a file.
func Default() *Config {
	return &Config{Language: "zh-CN", Copy: slices.Clone(source.DefaultCopy)}
}

// Parse reads a configuration file. What is wrong keeps its default and is reported.
func Parse(file *source.File) (*Config, diag.List) {
	c := Default()
	r := &reader{file: file, config: c}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(file.Text), &root); err != nil {
		r.report(yamlPos(file, err), "config-syntax", diag.Args{"detail": yamlDetail(err)})
		return c, r.problems
	}
	if len(root.Content) == 0 {
		return c, nil
	}
	mapping := root.Content[0]
	if mapping.Kind != yaml.MappingNode {
		r.at(mapping, "config-type", diag.Args{"key": FileName, "want": "key: value"})
		return c, r.problems
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		if seen[key.Value] {
			r.at(key, "config-value", diag.Args{"key": key.Value, "detail": "duplicate"})
			continue
		}
		seen[key.Value] = true
		r.read(key, value)
	}
	return c, r.problems
}

// reader collects what one file says.
type reader struct {
	file     *source.File
	config   *Config
	problems diag.List
}

func (r *reader) read(key, value *yaml.Node) {
	c := r.config
	switch key.Value {
	case "title":
		r.text(key, value, &c.Title)
	case "description":
		r.text(key, value, &c.Description)
	case "owner":
		r.text(key, value, &c.Owner)
	case "id":
		r.text(key, value, &c.ID)
	case "language":
		r.text(key, value, &c.Language)
		if !slices.Contains(diag.Languages, c.Language) {
			r.at(value, "config-value", diag.Args{"key": "language", "detail": strings.Join(diag.Languages, " | ")})
			c.Language = "zh-CN"
		}
	case "base_url":
		r.text(key, value, &c.BaseURL)
		base, err := CleanBaseURL(c.BaseURL)
		if err != "" {
			r.at(value, "config-value", diag.Args{"key": "base_url", "detail": err})
		}
		c.BaseURL = base
	case "copy":
		var more []string
		r.list(key, value, &more)
		for _, ext := range more {
			ext = strings.ToLower(strings.TrimPrefix(ext, "."))
			if !slices.Contains(c.Copy, ext) && ext != "md" && ext != "html" {
				c.Copy = append(c.Copy, ext)
			}
		}
	case "menu":
		r.list(key, value, &c.Menu)
		for i, entry := range c.Menu {
			c.Menu[i] = path.Clean(strings.TrimPrefix(entry, "/"))
		}
	case "tasks":
		r.named(key, value, &c.Tasks)
		for i, task := range c.Tasks {
			c.Tasks[i].Value = path.Clean(strings.TrimPrefix(task.Value, "/"))
		}
	case "check":
		r.check(value)
	default:
		r.at(key, "config-unknown-key", diag.Args{"key": key.Value, "near": diag.Nearest(key.Value, keys)})
	}
}

func (r *reader) text(key, value *yaml.Node, into *string) {
	if value.Kind != yaml.ScalarNode {
		r.at(value, "config-type", diag.Args{"key": key.Value, "want": "text"})
		return
	}
	*into = strings.TrimSpace(value.Value)
}

func (r *reader) list(key, value *yaml.Node, into *[]string) {
	if value.Kind != yaml.SequenceNode {
		r.at(value, "config-type", diag.Args{"key": key.Value, "want": "[a, b]"})
		return
	}
	for _, item := range value.Content {
		if item.Kind != yaml.ScalarNode {
			r.at(item, "config-type", diag.Args{"key": key.Value, "want": "text"})
			continue
		}
		*into = append(*into, strings.TrimSpace(item.Value))
	}
}

// named reads a list whose items keep their places.
func (r *reader) named(key, value *yaml.Node, into *[]Named) {
	var texts []string
	r.list(key, value, &texts)
	if len(texts) != len(value.Content) {
		return // said already
	}
	for i, text := range texts {
		item := value.Content[i]
		*into = append(*into, Named{text, diag.Pos{Path: r.file.Path, Line: item.Line, Col: item.Column}})
	}
}

func (r *reader) at(n *yaml.Node, id string, args diag.Args) {
	r.report(diag.Pos{Path: r.file.Path, Line: n.Line, Col: n.Column}, id, args)
}

func (r *reader) report(pos diag.Pos, id string, args diag.Args) {
	d := diag.New(pos, id, args)
	d.Excerpt = r.file.Line(pos.Line)
	r.problems = append(r.problems, d)
}

// CleanBaseURL returns base with a final slash, or says why it cannot be the address of a
// published site.
func CleanBaseURL(base string) (cleaned, problem string) {
	if base == "" {
		return "", ""
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
		return "", "https://example.org/handbook/"
	}
	return strings.TrimSuffix(u.String(), "/") + "/", ""
}
