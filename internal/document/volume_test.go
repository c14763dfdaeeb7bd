package document

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wenfang/internal/source"
)

// volumes are inputs of a few kilobytes that cost a Markdown parser minutes or gigabytes.
var volumes = map[string]string{
	"quotations in quotations": strings.Repeat(">", 10000) + "a\n",
	"lists in lists":           strings.Repeat("- ", 5000) + "x\n" + strings.Repeat("\n", 5000),
	"ever deeper items":        deeper(1000),
	"open brackets":            strings.Repeat("[", 50000) + "a" + strings.Repeat("]", 50000),
	"links never closed":       strings.Repeat("[a](<b", 20000),
	"links in links":           strings.Repeat("[a](b", 30000),
	"brackets over lines":      strings.Repeat("](\n[", 20000),
	"images in images":         strings.Repeat("![[]()", 20000),
	"emphasis never closed":    strings.Repeat("*a_ ", 40000),
	"emphasis opened":          strings.Repeat("a**b", 40000) + strings.Repeat("c* ", 40000),
	"strikes":                  strings.Repeat("~~a ", 40000),
	"marks":                    strings.Repeat("==a ", 40000),
	"backticks":                backticks(1500),
	"comments":                 strings.Repeat("<!--", 40000),
	"tags":                     strings.Repeat("<a href=\"", 20000),
	"entities":                 strings.Repeat("&#x00000", 20000),
	"wide table":               table(2000, 2),
	"large table":              table(127, 2000),
	"attributes":               "# h {" + strings.Repeat("a=", 30000) + "}\n",
	"one reference, many uses": "[a]: /" + strings.Repeat("x", 30000) + "\n\n" + strings.Repeat("[a] ", 10000),
	"footnotes":                footnotes(20000),
	"equal headings":           strings.Repeat("# 标题\n\n", 30000),
	"one line of code":         "```js\n" + strings.Repeat("a=1;", 500000) + "\n```\n",
	"dead wiki links":          strings.Repeat("[[没有这一页]] ", 20000),
	"definitions":              strings.Repeat("术语\n: 释义\n\n", 20000),
	"containers":               strings.Repeat(":::note\n", 5000),
	"containers in order":      containers(5000),
	"fields":                   "---\nkind: template\n---\n" + strings.Repeat("{{甲}}", 20000),
	"sections":                 "---\nkind: template\n---\n" + strings.Repeat("{{#甲}}", 20000),
	"alerts":                   strings.Repeat("> [!NOTE]\n> 甲\n\n", 10000),
	"addresses":                strings.Repeat("http://a.cn/(", 20000),
	"setext":                   strings.Repeat("甲\n", 50000) + "---\n",
	"hard breaks":              strings.Repeat("a  \n", 50000),
}

func deeper(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func backticks(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		b.WriteString("e" + strings.Repeat("`", i))
	}
	return b.String()
}

func table(columns, rows int) string {
	head := strings.Repeat("|a", columns) + "|\n" + strings.Repeat("|-", columns) + "|\n"
	return head + strings.Repeat("|x|\n", rows)
}

func footnotes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "甲[^%d]\n\n[^%d]: 乙\n\n", i, i)
	}
	return b.String()
}

func containers(n int) string {
	var b strings.Builder
	for i := n; i > 0; i-- {
		b.WriteString(strings.Repeat(":", i%50+3) + "note\n")
	}
	return b.String()
}

// TestVolume feeds each input once. A parse that is not linear shows itself by never ending:
// the limit is far above what a slow machine needs.
func TestVolume(t *testing.T) {
	for name, text := range volumes {
		t.Run(name, func(t *testing.T) {
			done := make(chan *Document, 1)
			start := time.Now()
			go func() {
				file, _ := source.NewFile("a.md", []byte(text))
				done <- Parse(file)
			}()
			select {
			case doc := <-done:
				t.Logf("%d bytes in %v, body %d bytes, %d problems", len(text), time.Since(start).Round(time.Millisecond), len(doc.Body), len(doc.Problems))
				if most := 20*len(text) + 2<<20; len(doc.Body) > most {
					t.Errorf("body of %d bytes from %d", len(doc.Body), len(text))
				}
			case <-time.After(60 * time.Second):
				t.Fatal("did not end")
			}
		})
	}
}
