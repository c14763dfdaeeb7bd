package document

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const draftFront = "---\ntitle: 甲\nkind: template\nfields:\n  - id: 甲\n  - id: 乙\n    type: list\n---\n\n"

func TestDraft(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"paragraph", "前{{甲}}**粗**后", `[{"k":"p","r":[{"t":"前"},{"f":"甲"},{"t":"粗","b":true},{"t":"后"}]}]`},
		{"lines", "一  \n二\n三", `[{"k":"p","r":[{"t":"一"}]},{"k":"p","r":[{"t":"二三"}]}]`},
		{"parts", "{{#乙}}\n\n{{.}}。\n\n{{/乙}}\n\n有{{^甲}}无{{/甲}}", `[{"k":"set","f":"乙"},{"k":"p","r":[{"f":"."},{"t":"。"}]},{"k":"end","f":"乙"},` +
			`{"k":"p","r":[{"t":"有"},{"f":"甲","k":"unset"},{"t":"无"},{"f":"甲","k":"end"}]}]`},
		{"table", "| 甲 | 乙 |\n| --- | --- |\n| 1 | {{甲}} |", `[{"k":"head","c":[[{"t":"甲"}],[{"t":"乙"}]]},{"k":"row","c":[[{"t":"1"}],[{"f":"甲"}]]}]`},
		{"heading and list", "## 附件：表\n\n1. 一\n2. 二\n", `[{"k":"h","l":2,"r":[{"t":"附件：表"}]},{"k":"p","r":[{"t":"1."},{"t":"一"}]},{"k":"p","r":[{"t":"2."},{"t":"二"}]}]`},
		{"what follows is left out", "正文\n\n---\n\n## 用法\n", `[{"k":"p","r":[{"t":"正文"}]}]`},
		{"escapes", `\{\{甲\}\} &amp; [链接](b.md) <b>x</b>`, `[{"k":"p","r":[{"t":"{{甲}} \u0026 链接 \u003cb\u003ex\u003c/b\u003e"}]}]`},
	} {
		got, err := json.Marshal(parseText(draftFront + c.text).Draft)
		if err != nil || string(got) != c.want {
			t.Errorf("%s:\n got %s %v\nwant %s", c.name, got, err, c.want)
		}
	}
}

// A Draft has no notes: they are about the document.
func TestDraftOfSample(t *testing.T) {
	doc := parseText("---\ntitle: 甲\nkind: sample\n---\n\n==请予审批==[^1]。\n\n[^1]: 措辞 · 结论。\n")
	if got, _ := json.Marshal(doc.Draft); string(got) != `[{"k":"p","r":[{"t":"请予审批。"}]}]` {
		t.Errorf("got %s", got)
	}
}

// TestPlaces holds every problem of fields and elements to its line and column.
func TestPlaces(t *testing.T) {
	doc := parseText(strings.TrimLeft(`
---
title: 甲
kind: template
genre: 公告
fields:
  - id: 甲
  - id: 甲
  - id: 乙
    pattern: "^(a|ab|b)+$"
document:
  mark: ××局
  title: "关于{{丙}}的{{#甲}}公告"
  recipients: "{{/甲}}各单位："
  issuer: "甲{{乙"
---

{{丁}}，{{#甲}}前{{/乙}}{{.}}。
`, "\n"))
	var got []string
	for _, d := range doc.Problems {
		got = append(got, d.ID+" "+itoa(d.Pos.Line)+":"+itoa(d.Pos.Col))
	}
	slices.Sort(got)
	want := []string{
		"element-unusual 13:3", "field-crossed 13:16", "field-crossed 17:14", "field-duplicate 7:5", "field-pattern 9:14", "field-unclosed 12:19",
		"field-unclosed 14:13", "field-unclosed 17:7", "field-unknown 12:13", "field-unknown 17:1", "field-unknown 17:20",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestGenreRules holds what a genre or a format forbids, finds unusual or must have, at its place.
func TestGenreRules(t *testing.T) {
	for _, c := range []struct{ genre, format, elements, want string }{
		{"通知", "", "mark: 甲文件\n  title: 乙\n  recipients: 丙：", ""},
		{"通告", "", "mark: 甲\n  title: 乙\n  recipients: 丙：", "element-unusual 8:3"},
		{"函", "", "mark: 甲文件\n  title: 乙", "element-forbidden 6:3"},
		{"函", "通用", "mark: 甲文件\n  title: 乙\n  printer: 丙", ""},
		{"函", "", "mark: 甲\n  title: 乙\n  printer: 丙", "element-forbidden 8:3"},
		{"命令", "", "mark: 甲令\n  number: ×〔2026〕1号", "element-forbidden 7:3"},
		{"命令", "", "mark: 甲令\n  number: 第1号\n  seal: 盖章", "element-forbidden 8:3"},
		{"命令", "", "mark: 甲令\n  number: 第1号", ""},
		{"请示", "", "mark: 甲\n  title: 乙\n  signer: 丁\n  recipients: 丙、戊：", "element-unusual 9:3"},
		{"请示", "", "mark: 甲\n  title: 乙\n  recipients: 丙：", "element-missing 6:3"},
		{"通知", "公函", "mark: 甲\n  title: 乙", "meta-value 5:9"},
		{"通知", "", "mark: 甲\n  title: 乙\n  seal: 圆章", "meta-value 8:9"},
	} {
		format := ""
		if c.format != "" {
			format = "format: " + c.format + "\n"
		}
		doc := parseText("---\ntitle: 甲\nkind: sample\ngenre: " + c.genre + "\n" + format + "document:\n  " + c.elements + "\n---\n\n正文。\n")
		got := ""
		for _, d := range doc.Problems {
			got += d.ID + " " + itoa(d.Pos.Line) + ":" + itoa(d.Pos.Col)
		}
		if got != c.want {
			t.Errorf("%s %s %q: got %q, want %q", c.genre, c.format, c.elements, got, c.want)
		}
	}
}

// TestAttached: attachments stand apart from the text of the document, with the part of a field
// that begins with one, and their headings are none of the page; a part that begins before keeps
// what it holds.
func TestAttached(t *testing.T) {
	const front = "---\ntitle: 甲\nkind: template\nfields:\n  - id: 乙\n---\n\n正文。\n\n"
	for text, want := range map[string]string{
		"## 附件：表\n\n内容。\n\n---\n\n## 用法\n":                       "正文。 | 附件：表 内容。 | 用法",
		"{{#乙}}\n\n## 附件：表\n\n{{乙}}\n\n{{/乙}}\n\n---\n\n## 用法\n": "正文。 | 附件：表 【乙】 | 用法",
		"{{#乙}}\n\n前文。\n\n## 附件：表\n\n{{/乙}}\n":                   "正文。 前文。 附件：表 |  | 附件：表",
		"## 一、附件\n\n---\n\n附件说明。\n":                              "正文。 一、附件 |  | 一、附件",
	} {
		doc := parseText(front + text)
		var headings []string
		for _, h := range doc.Headings {
			headings = append(headings, h.Text)
		}
		got := words(doc, doc.Sheet) + " | " + words(doc, doc.Attached) + " | " + strings.Join(headings, " ")
		if got != want || len(doc.Problems) > 0 {
			t.Errorf("%q: got %q, want %q, %v", text, got, want, doc.Problems)
		}
	}
}

// TestAttachedID: a heading of an attachment can be linked to by the id that its author gave it.
func TestAttachedID(t *testing.T) {
	doc := parseText("---\ntitle: 甲\nkind: template\n---\n\n正文。\n\n## 附件：表 {#biao}\n\n内容。\n")
	if html := htmlOf(doc, doc.Attached); !slices.Contains(doc.Anchors, "biao") || !strings.Contains(html, ` id="biao"`) {
		t.Errorf("anchors %q, %s", doc.Anchors, html)
	}
}

// words is the text of a body without its tags.
func words(d *Document, body Body) string {
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(htmlOf(d, body), "\n", " "), "")), " ")
}
