package document

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"---\ntitle: 甲\nowner: 乙\n---\n正文\n", "# 甲\n\n正文\n"},
		{"# 甲\n\n正文\n", "# 甲\n\n正文\n"},
		{"---\ntitle: 甲\n---\n前<!-- 私下 -->后\n", "# 甲\n\n前后\n"},
		{"---\ntitle: 甲\n---\n<!--\n私下\n\n```\n-->\n正文\n", "# 甲\n\n正文\n"},
		{"---\ntitle: 甲\n---\n```html\n<!-- 代码 -->\n```\n`<!-- 码 -->`与<!-- 私 -->\n", "# 甲\n\n```html\n<!-- 代码 -->\n```\n`<!-- 码 -->`与\n"},
		{"---\ntitle: 甲\n---\n~~~~\n~~~\n<!-- 代码 -->\n~~~~\n<!-- 没有结束\n私下\n", "# 甲\n\n~~~~\n~~~\n<!-- 代码 -->\n~~~~\n"},
	} {
		if got := parseText(test.text).Markdown(); got != test.want {
			t.Errorf("%q\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

// TestCommentsNowhere looks for what stands in comments in everything that a Document holds.
func TestCommentsNowhere(t *testing.T) {
	d := parseText("---\ntitle: 甲\n---\n## 乙 <!-- 秘 -->\n\n前<!-- 秘 -->后\n\n<!--\n秘\n-->\n\n- <!-- 秘 --> 项\n\n| <!-- 秘 --> |\n|--|\n| 格<!-- 秘\n\n[链<!-- 秘 -->接](a.md)\n")
	var all strings.Builder
	all.WriteString(string(d.Body) + d.Summary)
	for _, p := range d.Passages {
		all.WriteString(p.Heading + p.Text)
	}
	for _, l := range d.Links {
		all.WriteString(l.Text)
	}
	for _, h := range d.Headings {
		all.WriteString(h.Text + h.ID)
	}
	if n := strings.Count(all.String(), "秘"); n != 2 { // the one that nobody closed is text, in the body and its passage
		t.Errorf("%d times: %s", n, all.String())
	}
}
