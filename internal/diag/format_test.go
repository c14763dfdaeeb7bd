package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

func text(t *testing.T, d Diagnostic, lang string, style Style) string {
	t.Helper()
	var b strings.Builder
	if err := WriteText(&b, List{d}, WordsFor(lang), style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// at returns a link problem whose caret is under a part of line.
func at(line, part string) Diagnostic {
	i := strings.Index(line, part)
	d := New(Pos{"content/a.md", 3, len([]rune(line[:i])) + 1}, "link-broken", Args{"target": part})
	d.Excerpt, d.Width = line, len([]rune(part))
	return d
}

func TestTextCaret(t *testing.T) {
	for _, test := range []struct {
		name, line, part, want string
	}{
		{"latin", "see [b](b.md) now", "b.md", "    see [b](b.md) now\n            ^^^^\n"},
		{"hanzi count two", "请看[下文](乙.md)。", "乙.md", "    请看[下文](乙.md)。\n               ^^^^^\n"},
		{"full-width signs", "（一）：[甲](x)", "x", "    （一）：[甲](x)\n                 ^\n"},
		{"tab", "\t- [b](b.md)", "b.md", "        - [b](b.md)\n              ^^^^\n"},
		{"tab behind hanzi", "甲\t[b](b.md)", "b.md", "    甲  [b](b.md)\n            ^^^^\n"},
		{"combining mark", "e\u0301 [b](b.md)", "b.md", "    e\u0301 [b](b.md)\n          ^^^^\n"},
		{"control character before", "a\x1b[31m [b](b.md)", "b.md", "    a\\x1b[31m [b](b.md)\n                  ^^^^\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := text(t, at(test.line, test.part), "zh-CN", Style{})
			if !strings.Contains(got, test.want) {
				t.Errorf("got\n%s\nwant in it\n%s", got, test.want)
			}
		})
	}
}

// The caret of a problem without a column is left out; one behind the end of its line stands
// behind it; one that is wider than its line ends with it.
func TestTextCaretEdges(t *testing.T) {
	d := Diagnostic{Pos: Pos{"a.md", 1, 0}, ID: "link-broken", Severity: Error, Excerpt: "甲乙"}
	if got := text(t, d, "en", Style{}); strings.Contains(got, "^") || !strings.HasPrefix(got, "a.md:1: error:") {
		t.Errorf("without a column:\n%s", got)
	}
	d.Col = 9
	if got := text(t, d, "en", Style{}); !strings.Contains(got, "\n        ^\n") {
		t.Errorf("behind the end:\n%s", got)
	}
	d.Col, d.Width = 2, 50
	if got := text(t, d, "en", Style{}); !strings.Contains(got, "\n      ^^\n") {
		t.Errorf("wider than the line:\n%s", got)
	}
	d.Excerpt = ""
	if got := text(t, d, "en", Style{}); strings.Contains(got, "^") {
		t.Errorf("without an excerpt:\n%s", got)
	}
}

func TestTextLongLine(t *testing.T) {
	line := strings.Repeat("前面的文字", 40) + "[坏](no.md)" + strings.Repeat("后面的文字", 40)
	got := text(t, at(line, "no.md"), "zh-CN", Style{Columns: 60})
	rows := strings.Split(got, "\n")
	if !strings.Contains(rows[1], "[坏](no.md)") || !strings.HasPrefix(rows[1], "    ...") || !strings.HasSuffix(rows[1], "...") {
		t.Errorf("the window misses the link: %q", rows[1])
	}
	for _, row := range rows[1:3] {
		if w := displayWidth(row); w > 60 {
			t.Errorf("%d columns wide: %q", w, row)
		}
	}
	link := displayWidth(rows[1][:strings.Index(rows[1], "no.md")])
	if caret := strings.Index(rows[2], "^"); caret != link {
		t.Errorf("caret at %d, link at %d\n%s", caret, link, got)
	}
}

// displayWidth is a second opinion, good for the test's own text.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

func TestTextRelatedAndColor(t *testing.T) {
	d := New(Pos{Path: "content/a.md"}, "address-twice", Args{"address": "a.html", "other": "content/a/index.md"})
	d.Related = []Pos{{"content/a/index.md", 2, 1}}
	plain := text(t, d, "en", Style{})
	if !strings.HasPrefix(plain, "content/a.md: error: ") || !strings.Contains(plain, "\n    see also content/a/index.md:2:1\n") {
		t.Errorf("got\n%s", plain)
	}
	colored := text(t, d, "en", Style{Color: true})
	if !strings.Contains(colored, sgrError+"error:"+sgrReset) {
		t.Errorf("no colour in %q", colored)
	}
	for _, sgr := range []string{sgrBold, sgrError, sgrReset} {
		colored = strings.ReplaceAll(colored, sgr, "")
	}
	if colored != plain {
		t.Errorf("colours change the text: %q, %q", colored, plain)
	}
}

// Nothing that stands in a user's file may act on the terminal.
func TestNoRawControlCharacters(t *testing.T) {
	evil := "\x1b]0;owned\x07\u009b31m\u202e\ufeff\x00\r\n\t\xff名"
	d := Diagnostic{
		Pos: Pos{"content/" + evil + ".md", 1, 3}, ID: "link-broken", Severity: Error,
		Args: Args{"target": evil, "near": evil}, Excerpt: "甲" + evil, Width: 4, Related: []Pos{{evil, 1, 1}},
	}
	words := WordsFor("zh-CN")
	outputs := map[string]func(b *bytes.Buffer) error{
		"text":  func(b *bytes.Buffer) error { return WriteText(b, List{d}, words, Style{}) },
		"json":  func(b *bytes.Buffer) error { return WriteJSON(b, List{d}, words) },
		"sarif": func(b *bytes.Buffer) error { return WriteSARIF(b, List{d}, words, "1") },
	}
	for name, write := range outputs {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		for i, r := range b.String() {
			if r != '\n' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)) {
				t.Errorf("%s: %U at byte %d of %q", name, r, i, b.String())
			}
		}
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"平常的字 plain":   "平常的字 plain",
		"a\nb\tc":      "a b c",
		"\x1b[0m":      `\x1b[0m`,
		"\u009b1m":     `\u009b1m`,
		"\u202eabc":    `\u202eabc`,
		"\xff":         `\xff`,
		"👩\u200d💻":     "👩\u200d💻",
		"\U000e0001":   `\U000e0001`,
		"\ufffd stays": "\ufffd stays",
	} {
		if got := Escape(in); got != want {
			t.Errorf("Escape(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	d := at("请看[下文](乙.md)。", "乙.md")
	d.Related = []Pos{{"content/丙.md", 7, 0}}
	var b bytes.Buffer
	if err := WriteJSON(&b, List{d}, WordsFor("zh-CN")); err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	message, _ := WordsFor("zh-CN").Message(d)
	for key, want := range map[string]any{
		"path": "content/a.md", "line": 3.0, "col": 8.0, "severity": "error", "id": "link-broken",
		"message": message, "width": 4.0, "excerpt": "请看[下文](乙.md)。",
	} {
		if got[0][key] != want {
			t.Errorf("%s = %v, want %v", key, got[0][key], want)
		}
	}
	if related := got[0]["related"].([]any)[0].(map[string]any); related["path"] != "content/丙.md" || related["line"] != 7.0 {
		t.Errorf("related = %v", related)
	}
	b.Reset()
	if err := WriteJSON(&b, nil, WordsFor("en")); err != nil || b.String() != "[]\n" {
		t.Errorf("no problems are %q, want []", b.String())
	}
}

// What EncodeJSON escapes means the same when it is read back.
func TestEncodeJSONRoundTrip(t *testing.T) {
	for _, want := range []string{"甲<a&b>", "\u009b\u202e\ufeff\u00ad", "\U000e0001", "\x00\x1f\x7f", "\u2028"} {
		var b bytes.Buffer
		if err := EncodeJSON(&b, want); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal(b.Bytes(), &got); err != nil || got != want {
			t.Errorf("%q reads back as %q (%v)", want, got, err)
		}
	}
}

func TestSARIF(t *testing.T) {
	a := at("请看[下文](乙.md)。", "乙.md")
	warn := New(Pos{Path: "content/乙 b.md"}, "file-empty", nil)
	var b bytes.Buffer
	if err := WriteSARIF(&b, List{a, warn, a}, WordsFor("en"), "1.2.3"); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || run.Tool.Driver.Version != "1.2.3" || run.ColumnKind != "unicodeCodePoints" {
		t.Errorf("head: %s", b.String())
	}
	if len(run.Tool.Driver.Rules) != 2 || len(run.Results) != 3 {
		t.Fatalf("%d rules, %d results", len(run.Tool.Driver.Rules), len(run.Results))
	}
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("rule index %d is not %s", r.RuleIndex, r.RuleID)
		}
	}
	first, second := run.Results[0], run.Results[1]
	if region := first.Locations[0].Physical.Region; first.Level != "error" || region.StartLine != 3 || region.StartColumn != 8 || region.EndColumn != 12 {
		t.Errorf("first result: %+v", first)
	}
	if location := second.Locations[0].Physical; second.Level != "warning" || location.Region != nil || location.Artifact.URI != "content/%E4%B9%99%20b.md" {
		t.Errorf("second result: %+v", second)
	}
}
