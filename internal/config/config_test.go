package config_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wenfang/internal/config"
	"wenfang/internal/source"
)

// TestParse: what each line of a configuration means, and what is said of a wrong one.
func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want string // of shown
		said string // problems: line:col id
	}{
		{"", "zh-CN", ""},
		{"title: 手册\nowner: 综合科\ndescription: 一句话\nid: sc\n", "zh-CN 手册 综合科 一句话 sc", ""},
		{"language: en\n", "en", ""},
		{"language: fr\n", "zh-CN", "1:11 config-value"},
		{"base_url: https://example.org/h\n", "zh-CN https://example.org/h/", ""},
		{"base_url: /h/\n", "zh-CN", "1:11 config-value"},
		{"base_url: ftp://example.org/\n", "zh-CN", "1:11 config-value"},
		{"base_url: https://example.org/?a=1\n", "zh-CN", "1:11 config-value"},
		{"menu: [/start/, guide]\n", "zh-CN menu=start,guide", ""},
		{"copy: [.ZIPX, odt, md, odt]\n", "zh-CN copy=zipx,odt", ""},
		{"titel: 手册\n", "zh-CN", "1:1 config-unknown-key (title)"},
		{"title: 手册\ntitle: 又一个\n", "zh-CN 手册", "2:1 config-value"},
		{"title: [a]\n", "zh-CN", "1:8 config-type"},
		{"tasks: [/templates/tongzhi, guide/]\n", "zh-CN tasks=templates/tongzhi@1:9,guide@1:29", ""},
		{"tasks: [a, [b]]\n", "zh-CN", "1:12 config-type"},
		{"tasks: a\n", "zh-CN", "1:8 config-type"},
		{"menu: a\n", "zh-CN", "1:7 config-type"},
		{"menu: [a, [b]]\n", "zh-CN menu=a", "1:11 config-type"},
		{"- a\n", "zh-CN", "1:1 config-type"},
		{"title: \"手册\n", "zh-CN", "config-syntax"},
	}
	for _, test := range tests {
		file, _ := source.NewFile(config.FileName, []byte(test.text))
		c, problems := config.Parse(file)
		var said []string
		for _, d := range problems {
			s := fmt.Sprintf("%d:%d %s", d.Line, d.Col, d.ID)
			if near := d.Args["near"]; near != "" {
				s += " (" + near + ")"
			}
			said = append(said, s)
		}
		if got := shown(c); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
		if got := strings.Join(said, ", "); got != test.said && !(strings.HasSuffix(got, test.said) && test.said == "config-syntax") {
			t.Errorf("of %q is said %q, want %q", test.text, got, test.said)
		}
	}
}

// shown returns what differs from the default.
func shown(c *config.Config) string {
	parts := []string{c.Language}
	for _, text := range []string{c.Title, c.Owner, c.Description, c.ID, c.BaseURL} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if len(c.Menu) > 0 {
		parts = append(parts, "menu="+strings.Join(c.Menu, ","))
	}
	var tasks []string
	for _, task := range c.Tasks {
		tasks = append(tasks, fmt.Sprintf("%s@%d:%d", task.Value, task.Pos.Line, task.Pos.Col))
	}
	if len(tasks) > 0 {
		parts = append(parts, "tasks="+strings.Join(tasks, ","))
	}
	more := slices.DeleteFunc(slices.Clone(c.Copy), func(ext string) bool { return slices.Contains(config.Default().Copy, ext) })
	if len(more) > 0 {
		parts = append(parts, "copy="+strings.Join(more, ","))
	}
	return strings.Join(parts, " ")
}
