package document

import (
	"fmt"
	"strings"
	"testing"

	"wenfang/internal/diag"
	"wenfang/internal/source"
)

func parseText(text string) *Document {
	file, _ := source.NewFile("guide/a.md", []byte(text))
	return Parse(file)
}

// problemsOf lists the problems of a document as "line:col id".
func problemsOf(d *Document) string {
	var all []string
	for _, p := range d.Problems.Sort() {
		all = append(all, fmt.Sprintf("%d:%d %s", p.Line, p.Col, p.ID))
	}
	return strings.Join(all, ", ")
}

// TestFrontMatterProblems gives what people write wrong, and what is written to do harm.
func TestFrontMatterProblems(t *testing.T) {
	for _, test := range []struct{ name, front, want string }{
		{"right", "title: 甲\ndate: 2026-03-05\ntags: [一, 二]", ""},
		{"alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b]", "2:4 meta-alias"},
		{"alias of itself", "title: &a [*a]", "2:8 meta-alias"},
		{"deep", "title: " + strings.Repeat("[", 10000), "2:1 limit-nesting"},
		{"deep by indentation", "title:\n" + strings.Repeat(" ", 500) + "- a", "3:1 limit-nesting"},
		{"key twice", "title: 甲\norder: 1\ntitle: 乙", "4:1 meta-duplicate"},
		{"key unknown", "titel: 甲", "2:1 meta-unknown-key"},
		{"full-width colon", "order: 1\ntitle：甲", "3:6 meta-wide-colon"},
		{"day that is not", "date: 2024-02-30", "2:7 meta-date"},
		{"yesterday", "updated: 昨天", "2:10 meta-date"},
		{"list for text", "title: [甲]", "2:8 meta-type"},
		{"mapping for list", "tags: {a: b}", "2:7 meta-type"},
		{"order .nan", "order: .nan", "2:8 meta-type"},
		{"order 1e20", "order: 1e20", "2:8 meta-type"},
		{"order 一", "order: 一", "2:8 meta-type"},
		{"draft 也许", "draft: 也许", "2:8 meta-type"},
		{"kind guid", "kind: guid", "2:7 meta-value"},
		{"status", "status: 作废", "2:9 meta-value"},
		{"aliases out", "aliases: [../x, '..\\x', '%2e%2e/x', //host/x, 'a?b', /]", strings.TrimSuffix(strings.Repeat("2:10 meta-address, ", 6), ", ")},
		{"object", "title: !!python/object:os.system x", ""},
		{"long description", "description: " + strings.Repeat("长", 400000), "2:1 meta-too-long"},
		{"long value", "description: " + strings.Repeat("长", 4000), "2:14 meta-too-long"},
		{"tab", "title: 甲\n\tdate: 乙", "3:1 meta-syntax"},
		{"quote", "title: \"甲\norder: 1", ""},
		{"not a mapping", "- 甲", "2:1 meta-type"},
		{"pattern", "kind: template\nfields:\n- id: 甲\n  pattern: ((x+)+)+$", "5:12 field-pattern"},
		{"pattern in itself", "kind: template\nfields:\n- id: 甲\n  pattern: ((", "5:12 field-pattern"},
		{"field twice", "kind: template\nfields:\n- id: 甲\n- id: 甲", "5:3 field-duplicate"},
		{"field without id", "kind: template\nfields:\n- label: 甲", "4:3 field-id"},
		{"field with braces", "kind: template\nfields:\n- id: '{{甲'", "4:3 field-id"},
		{"field key", "kind: template\nfields:\n- id: 甲\n  lable: 乙", "5:3 meta-unknown-key"},
		{"field type", "kind: template\nfields:\n- id: 甲\n  type: txt", "5:9 meta-value"},
		{"fields as text", "fields: 甲", "2:9 meta-type"},
		{"element unknown", "document:\n  titel: 甲", "3:3 document-unknown"},
		{"element field", "kind: template\ndocument:\n  title: 关于{{甲}}的通知", "4:12 field-unknown"},
		{"element field open", "kind: template\ndocument:\n  title: 关于{{甲的通知", "4:12 field-unclosed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := problemsOf(parseText("---\n" + test.front + "\n---\n正文\n"))
			if test.name == "quote" { // the parser says so where the text ends
				if !strings.Contains(got, "meta-syntax") {
					t.Errorf("got %q", got)
				}
			} else if got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestFrontMatterFences(t *testing.T) {
	for _, test := range []struct{ text, title, body, want string }{
		{"---\ntitle: 甲\n---\n乙", "甲", "乙", ""},
		{"---\ntitle: 甲\n...\n乙", "甲", "乙", ""},
		{"--- \ntitle: 甲\n---\t\n乙", "甲", "乙", ""},
		{"+++\ntitle = \"甲\"\ndate = 2026-03-05\n+++\n乙", "甲", "乙", ""},
		{"\xef\xbb\xbf+++\ntitle = \"甲\"\n+++\n乙", "甲", "乙", ""},
		{"+++\ntitel = \"甲\"\n+++\n乙", "a", "乙", "2:1 meta-unknown-key"},
		{"+++\ntitle = \n+++\n乙", "a", "乙", "2:9 meta-syntax"},
		{"---\ntitle: 甲\n\n乙", "a", "title: 甲", "1:1 meta-unclosed"},
		{"---\n\n乙\n", "a", "乙", ""},
		{"---\n---\n乙", "a", "乙", ""},
		{"{\n  \"title\": \"甲\"\n}\n\n乙", "a", "乙", "1:1 meta-json"},
		{"乙\n\n---\ntitle: 甲\n---\n", "a", "乙", ""},
	} {
		d := parseText(test.text)
		if d.Title != test.title || !strings.Contains(bodyText(t, d), test.body) || problemsOf(d) != test.want {
			t.Errorf("%q: title %q, problems %q, body %q", test.text, d.Title, problemsOf(d), d.Body)
		}
	}
}

// TestTitleAsWritten keeps what YAML would take for a number, a date or a truth.
func TestTitleAsWritten(t *testing.T) {
	for _, title := range []string{"2024", "0x10", "1e3", "2024-01-02", "yes", "true", "1_000", ".5"} {
		if got := parseText("---\ntitle: " + title + "\n---\n").Meta.Title; got != title {
			t.Errorf("title %s is read as %q", title, got)
		}
	}
	if d := parseText("---\ntitle: null\n---\n# 甲\n"); d.Title != "甲" {
		t.Errorf("title %q", d.Title)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]Date{
		"2026-03-05": {2026, 3, 5}, "2026/3/5": {2026, 3, 5}, "2026年3月5日": {2026, 3, 5}, "2026-03-05T10:00:00Z": {2026, 3, 5},
		"2024-02-29": {2024, 2, 29}, "2026-02-29": {}, "2026-13-01": {}, "0000-00-00": {},
	} {
		if got := parseText("---\ndate: " + text + "\n---\n").Meta.Date; got != want {
			t.Errorf("%s is read as %v", text, got)
		}
	}
	if !(Date{2026, 3, 5}).Before(Date{2026, 10, 1}) || (Date{}).String() != "" {
		t.Error("dates are not in order")
	}
}

// TestFieldsAreData takes words that mean something to JavaScript as names.
func TestFieldsAreData(t *testing.T) {
	d := parseText("---\nkind: template\nfields:\n- id: __proto__\n- id: constructor\n  choices: [a, b]\n---\n{{__proto__}}和{{constructor}}\n")
	want := `<a class="ph" href="#f-1" data-field="__proto__">【__proto__】</a>`
	if len(d.Problems) > 0 || !strings.Contains(string(d.Sheet), want) || len(d.Meta.Fields) != 2 {
		t.Errorf("%v %q", d.Problems, d.Sheet)
	}
}

func TestNearest(t *testing.T) {
	d := parseText("---\ndescripton: 甲\n---\n正文\n")
	if len(d.Problems) != 1 || d.Problems[0].Args["near"] != "description" || d.Problems[0].Excerpt != "descripton: 甲" {
		t.Errorf("%+v", d.Problems)
	}
	if diag.Severities["meta-unknown-key"] != diag.Warning {
		t.Error("an unknown key must not stop a build")
	}
}
