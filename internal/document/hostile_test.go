package document

import (
	"strings"
	"testing"
)

// TestHostile feeds what is written to run in a reader's browser. Nothing of it may be live,
// and whoever wrote it is told.
func TestHostile(t *testing.T) {
	for text, want := range map[string]string{
		"[甲](javascript:alert(1))":                       "url-unsafe",
		"[甲](JaVaScRiPt:alert(1))":                       "url-unsafe",
		"[甲](<java\tscript:alert(1)>)":                   "url-unsafe",
		"[甲](javascript&colon;alert(1))":                 "url-unsafe",
		"[甲](java&Tab;script:x)":                         "url-unsafe",
		"[甲](java&#10;script:x)":                         "url-unsafe",
		"[甲](&#1;javascript:x)":                          "url-unsafe",
		"[甲](javascript\\:x)":                            "url-unsafe",
		"[甲](javascript%3Ax)":                            "url-unsafe",
		"[甲](vbscript:x) [乙](data:text/html,1)":          "url-unsafe",
		"[甲](blob:x) [乙](intent:x) [丙](ms-word:ofe|u|x)": "url-unsafe",
		"[甲](file:///etc/passwd)":                        "url-unsafe",
		"![甲](data:image/svg+xml;base64,PHN2Zz4=)":       "url-unsafe",
		"<javascript:alert(1)>":                          "url-unsafe",
		"[甲]\n\n[甲]: javascript:x":                       "url-unsafe",
		"[甲](a.md \"x\\\" onclick=alert(1) y=\\\"\")":    "",
		"![a\" onerror=\"x](a.png)":                      "",
		"<script>alert(1)</script>":                      "html-shown",
		"甲<script>alert(1)</script>":                     "html-shown",
		"<img src=x onerror=alert(1)>":                   "html-shown",
		"<svg/onload=alert(1)>甲":                         "",
		"<a href=\"javascript:x\">甲</a>":                 "html-shown",
		"<iframe srcdoc=\"<script>\"></iframe>":          "html-shown",
		"<style>*{display:none}</style>":                 "html-shown",
		"<br onclick=x>甲<kbd style=x>乙</kbd>":            "html-shown",
		"<math><mi xlink:href=\"javascript:x\">":         "html-shown",
		"<!DOCTYPE html>":                                "html-shown",
		"<?php x ?>":                                     "html-shown",
		"<![CDATA[<script>x</script>]]>":                 "html-shown",
		"# 甲 {#a onclick=alert(1)}":                      "",
		"# 甲 {style=\"x\"}":                              "",
		"## List<T> </script><script>x":                  "html-shown",
		"[[甲\" onclick=\"x]] ==\"><script>x</script>==":  "html-shown",
		":::note <script>x</script>\n甲\n:::":             "",
		":::\"><script>\n甲\n:::":                         "container-unknown",
		":::question 单选 rule=\"onclick=x\n甲\n:::":        "question-form",
		"```\"><script> title=\"<x>\"\n甲\n```":           "",
		"| a |\n|:-:|\n| <script> |":                     "html-shown",
		"&lt;script&gt; &#60;script&#62; &#x202e;甲":      "",
		"---\nkind: template\nfields:\n- id: '\"><script>'\n---\n{{\"><script>}} {{#\"><script>}}甲{{/\"><script>}}": "",
		"---\nkind: sample\n---\n==甲==[^1]\n\n[^1]: \"><script> · x":                                                "note-type",
		"---\nkind: glossary\n---\n\"><script>x\n: 甲":                                                               "html-shown",
	} {
		d := parseText(text + "\n")
		checkPage(t, text+"\n")
		if !strings.Contains(problemsOf(d), want) {
			t.Errorf("%q: problems %q, want %s", text, problemsOf(d), want)
		}
		if page := htmlOf(d, d.Body) + htmlOf(d, d.Sheet) + htmlOf(d, d.Attached); strings.Contains(page, "<script") {
			t.Errorf("%q: %q", text, page)
		}
	}
}

// TestOwnIDs lets no author have an id that the page around the text may use.
func TestOwnIDs(t *testing.T) {
	d := parseText("## wf-main\n## 甲 {#wf-toc}\n## fn-1\n## note-1\n## ref-1\n## f-1\n## fnref-1-2\n## 甲\n## 甲\n## 甲-1\n")
	seen := map[string]bool{}
	for _, h := range d.Headings {
		if seen[h.ID] || reserved(h.ID) {
			t.Errorf("id %s of %s", h.ID, h.Text)
		}
		seen[h.ID] = true
	}
	if got := problemsOf(d); got != "2:6 heading-id" {
		t.Errorf("problems %q", got)
	}
}
