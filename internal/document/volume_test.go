package document

import (
	"fmt"
	"math/rand/v2"
	"runtime"
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
	"runs of tildes":           "a " + strings.Repeat("~", 200000),
	"addresses in brackets":    strings.Repeat("[a]http://a.cn", 20000),
	"titles never closed":      strings.Repeat("[a]: b \"\n", 20000),
	"definitions of links":     strings.Repeat("[a]: b\n", 20000),
	"escaped bars in code":     "|a|b|\n|-|-|\n" + strings.Repeat("|`\\|`|x|\n", 20000),
	"many small tables":        strings.Repeat(table(100, 1)+"\n", 1000),
	"tables lacking cells":     strings.Repeat(table(127, 500)+"\n", 20),
	"bars that are no table":   "|" + strings.Repeat("[a](", 50000),
	"blank lines in lists":     strings.Repeat("- ", 90) + "x\n" + strings.Repeat("\n", 200000),
	"lines of marks":           "```go {" + strings.Repeat("1-9999,", 20000) + "}\n```\n",
	"indented quotations":      strings.Repeat(strings.Repeat("> ", 50)+"a\n", 3000),
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

// TestVolume feeds each input as it is and several times larger. No page may cost seconds or gigabytes.
func TestVolume(t *testing.T) {
	for name, text := range volumes {
		t.Run(name, func(t *testing.T) {
			checkCost(t, text)
			for len(text) < 1<<18 {
				text += text
			}
			checkCost(t, text)
		})
	}
}

// checkCost fails when a page takes more than two seconds, too much memory, or becomes too
// large. The fastest of three runs counts, and on a busy machine the time is measured against
// that of an ordinary page of a megabyte, which takes a fiftieth of it.
func checkCost(t *testing.T, text string) {
	t.Helper()
	const most = 2 * time.Second
	file, _ := source.NewFile("a.md", []byte(text))
	var before, after runtime.MemStats
	fastest := time.Hour
	for range 3 {
		runtime.ReadMemStats(&before)
		start := time.Now()
		d := Parse(file)
		fastest = min(fastest, time.Since(start))
		runtime.ReadMemStats(&after)
		if size := len(d.Body) + len(d.Sheet) + len(d.Attached); size > 20*len(text)+2<<20 {
			t.Errorf("%d bytes of HTML from %d", size, len(text))
		}
		if fastest < most {
			break
		}
	}
	if fastest >= most && fastest >= 50*ordinary() {
		t.Errorf("%d bytes take %v", len(text), fastest)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 300<<20+200*uint64(len(text)) {
		t.Errorf("%d bytes take %d MB of memory", len(text), allocated>>20)
	}
}

// ordinary returns how long an ordinary page of a megabyte takes just now.
func ordinary() time.Duration {
	file, _ := source.NewFile("a.md", []byte(chinesePage(1<<20/3)))
	start := time.Now()
	Parse(file)
	return time.Since(start)
}

// tokens are what random pages are made of: every mark that some parser stops at.
var tokens = []string{
	"[", "]", "](", "][", "![", "(", ")", "*", "_", "**", "~~", "==", "`", "``", "<", "<a ", "<a href=\"", "\"", "'", "<!--", "-->",
	"&", "&#", "#", "\\", "|", "|-", "- ", "+ ", "1. ", "> ", ">", "\n", "\n\n", " ", "    ", "\t", "a", "b ", "http://a.cn", "www.",
	"a@b.c", ":", ": ", ":::", "\n:::note\n", "\n:::\n", "```", "\n```\n", "~~~\n", "[^", "[^1]", "[^1]: ", "]: ", "[a]: b \"", "[a]",
	"{{", "}}", "{{#a}}", "{{/a}}", "{#", "}", "[[", "]]", "甲", "。", "“", "---\n", "===\n", "![a](b)", "[x][y]", "<b>", "<kbd>", "</kbd>",
	"<br>", "<?", "<![CDATA[", "]]>", "<!A", "\n: ", "术语\n: 释义\n", "- [ ] ", "|a|b|\n|-|-|\n", "\n|", "_a", "(\"", "<x:", "mailto:a",
	":::question 单选\n", ":::contrast\n", ":::wrong\n", "::::checklist\n", "\n::::\n", "> [!NOTE]\n", "- [x] 甲 — 乙\n", "==甲==[^1]", "[^1]: 措辞 · ",
	"\n{{#甲}}\n\n", "\n{{/甲}}\n\n", "{{甲}}", "[[甲|乙]]", "## ", "\n***\n", "{#note-1}", "{#a}\n", "&#1;", "&lt;", "\\|", "<!-- 注 -->", "{{^a}}",
}

// TestVolumeRandom repeats random sequences of marks: whatever is superlinear shows itself.
func TestVolumeRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		var b strings.Builder
		if kind := r.IntN(6); kind < 3 {
			b.WriteString("---\nkind: " + string([]Kind{KindTemplate, KindSample, KindGlossary}[kind]) + "\n---\n")
		}
		for range 1 + r.IntN(3) {
			var unit string
			for range 1 + r.IntN(4) {
				unit += tokens[r.IntN(len(tokens))]
			}
			b.WriteString(strings.Repeat(unit, 1+r.IntN(20000/len(unit)+1)))
		}
		checkCost(t, b.String())
		if t.Failed() {
			t.Fatalf("%.200q", b.String())
		}
	}
}
