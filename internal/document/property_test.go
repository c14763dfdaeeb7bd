package document

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// bodyText returns everything that a reader can read of a document.
func bodyText(t testing.TB, d *Document) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(d.Title + "\n")
	for _, body := range []Body{d.Sheet, d.Attached, d.Body} {
		for part := range body.Parts() {
			switch part.Kind {
			case PartProse:
				b.WriteString(part.Text)
			case PartCode:
				b.WriteString(d.Codes[part.Index].Text + d.Codes[part.Index].Title)
			case PartImage:
				b.WriteString(d.Links[part.Index].Alt)
			case PartHTML:
				b.WriteString(part.Text)
			case PartWord:
				b.WriteString(questionWords[part.Text])
			}
		}
	}
	for _, l := range d.Links {
		b.WriteString(l.Title)
	}
	return b.String()
}

// problemText returns everything that the problems of a document say.
func problemText(d *Document) string {
	var b strings.Builder
	for _, p := range d.Problems {
		b.WriteString(p.Excerpt)
		for _, v := range p.Args {
			b.WriteString(v)
		}
	}
	return b.String()
}

// questionWords are what the site's catalogue says of a question's type in the author's words.
var questionWords = map[string]string{"question.single": "单选", "question.multiple": "多选", "question.judge": "判断"}

func hanCounts(s string) map[rune]int {
	counts := map[rune]int{}
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			counts[r]++
		}
	}
	return counts
}

var partEnds = regexp.MustCompile(`\{\{ */[^{}]*\}\}`)

// checkNothingLost fails when a Han character of the source's body stands neither in the
// page's text nor in a diagnostic.
func checkNothingLost(t testing.TB, name string, raw []byte) {
	t.Helper()
	file, _ := source.NewFile(name, raw)
	d := Parse(file)
	body := file.Text[splitFront(file, &diag.List{}).body:]
	start := len(file.Text) - len(body)
	for _, c := range slices.Backward(d.comments) { // comments are left out on purpose
		body = body[:c.start-start] + body[c.stop-start:]
	}
	body = partEnds.ReplaceAllString(body, "") // the name stands at the other end
	have, reported := hanCounts(bodyText(t, d)), hanCounts(problemText(d))
	var lost []string
	for r, n := range hanCounts(body) {
		if have[r] < n && reported[r] == 0 && have[r]+linkHan(d)[r] < n {
			lost = append(lost, string(r))
		}
	}
	if len(lost) > 0 {
		t.Errorf("%s: lost %s of %.600q", name, strings.Join(lost, ""), body)
	}
}

// linkHan counts the Han characters of addresses: they are in the page, as links.
func linkHan(d *Document) map[rune]int {
	var b strings.Builder
	for _, l := range d.Links {
		b.WriteString(l.Target + l.Fragment + l.Query)
	}
	for _, c := range d.Codes {
		b.WriteString(c.Lang)
	}
	b.WriteString(strings.Join(d.Anchors, ""))
	return hanCounts(b.String())
}

// TestNothingLost runs over the handbook of the repository and, where WENFANG_CORPORA names
// a folder, over that too.
func TestNothingLost(t *testing.T) {
	roots := []string{"../../content"}
	if corpora := os.Getenv("WENFANG_CORPORA"); corpora != "" {
		roots = append(roots, corpora)
	}
	files := 0
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".md" {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			checkNothingLost(t, path, raw)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 30 {
		t.Errorf("only %d files read", files)
	}
}

// htmlOf fills the holes in the plainest way, to look at the HTML as a whole.
func htmlOf(d *Document, body Body) string {
	var b strings.Builder
	for part := range body.Parts() {
		switch part.Kind {
		case PartHTML:
			b.WriteString(part.Text)
		case PartProse:
			b.WriteString(html.EscapeString(part.Text))
		case PartLink:
			l := d.Links[part.Index]
			if l.Kind == LinkWiki { // a title is no address
				b.WriteString(`<a data-title="` + html.EscapeString(l.Target) + `">`)
			} else {
				b.WriteString(`<a href="` + html.EscapeString(l.Target) + `">`)
			}
		case PartImage:
			b.WriteString(`<img src="` + html.EscapeString(d.Links[part.Index].Target) + `" alt="` + html.EscapeString(d.Links[part.Index].Alt) + `">`)
		case PartCode:
			b.WriteString("<pre><code>" + html.EscapeString(d.Codes[part.Index].Text) + "</code></pre>")
		case PartWord:
			b.WriteString("⟨" + part.Text + "⟩")
		}
	}
	return b.String()
}

// audit fails when HTML holds anything live, tags that do not match, or an id twice.
func audit(t testing.TB, text string, ids map[string]bool) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(text))
	var open []string
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.StartTagToken:
			auditTag(t, token, text, ids)
			if !strings.Contains(" br wbr hr img input ", " "+token.Data+" ") {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %v in %q", token.Data, open, text)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("comment or doctype in %q", text)
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v stay open in %q", open, text)
	}
}

func auditTag(t testing.TB, token html.Token, text string, ids map[string]bool) {
	t.Helper()
	if strings.Contains(" script style iframe object embed form base link meta svg math template ", " "+token.Data+" ") {
		t.Fatalf("<%s> in %q", token.Data, text)
	}
	for _, a := range token.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
			t.Fatalf("%s=%q in %q", a.Key, a.Val, text)
		}
		if a.Key == "id" && ids[a.Val] {
			t.Fatalf("id %q twice in %q", a.Val, text)
		}
		if a.Key == "id" {
			ids[a.Val] = true
		}
		if a.Key != "href" && a.Key != "src" {
			continue
		}
		if s := scheme(strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, a.Val)); s != "" && !strings.Contains(" http https mailto tel ", " "+s+" ") {
			t.Fatalf("%s=%q in %q", a.Key, a.Val, text)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range volumes {
		if len(text) < 2000 {
			f.Add(text)
		}
	}
	for _, text := range []string{
		"---\ntitle: 甲\nkind: sample\n---\n==乙==[^1]\n\n[^1]: 措辞 · 好。因为。\n",
		"---\nkind: template\nfields:\n- id: 甲\n---\n{{甲}} {{#甲}}**乙{{/甲}}**\n\n---\n\n## 丙\n",
		"---\nkind: glossary\n---\n## A\n\n甲\n乙\n: 丙\n",
		":::question 单选\n题\n\n- [x] 甲 — 乙\n- [ ] 丙\n\n解\n:::\n", "::::contrast\n:::wrong\n甲\n:::\n:::right\n乙\n:::\n丙\n::::\n",
		"> [!NOTE]\n> 甲", "|a|b|\n|-|:-:|\n|1|2|\n", "[a](javascript&colon;alert(1)) ![x](data:text/html,1) <javascript:1>",
		"<kbd>*a</kbd>* <br> <b onclick=1> <!-- 注 --> ", "# a {#wf-main}\n# b {/*x*/}\n", "[x]: <java\tscript:1>\n\n[x]",
		"- [ ] 甲\n  - [x] 乙\n", "```go {1,3-4} title=\"a\" start=3\nx\n```\n", "&#1;&#2;甲&#3;L0&#4;",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkPage(t, text) })
}

// checkPage fails when a page breaks any promise: its HTML is safe and well-formed, ids are
// unique, places lie in the file, and nothing is lost.
func checkPage(t testing.TB, text string) {
	t.Helper()
	file, _ := source.NewFile("a/b.md", []byte(text))
	start := time.Now()
	d := Parse(file)
	if took := time.Since(start); took > 5*time.Second {
		t.Fatalf("took %v: %.200q", took, text)
	}
	ids := map[string]bool{}
	audit(t, htmlOf(d, d.Body), ids)
	audit(t, htmlOf(d, d.Sheet)+htmlOf(d, d.Attached), ids)
	for _, id := range d.Anchors {
		if !ids[id] {
			t.Fatalf("anchor %q is in no HTML: %q", id, text)
		}
	}
	if len(ids) != len(d.Anchors) {
		t.Fatalf("%d ids, %d anchors: %q", len(ids), len(d.Anchors), text)
	}
	checkPlaces(t, file, d)
	checkNothingLost(t, "a/b.md", []byte(text))
	if strings.ContainsFunc(d.Markdown(), isControl) {
		t.Fatalf("control character in the Markdown of %q", text)
	}
}

// TestRandomPages checks pages made of random marks.
func TestRandomPages(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		checkPage(t, randomPage(r))
		if t.Failed() {
			return
		}
	}
}

// randomPage is a page of any kind made of some marks.
func randomPage(r *rand.Rand) string {
	var b strings.Builder
	if kind := r.IntN(6); kind < 3 {
		b.WriteString("---\nkind: " + string([]Kind{KindTemplate, KindSample, KindGlossary}[kind]) + "\nfields:\n- id: a\n- id: 甲\n---\n")
	}
	for range 1 + r.IntN(30) {
		b.WriteString(tokens[r.IntN(len(tokens))])
		if r.IntN(5) == 0 {
			b.WriteRune(rune(0x4e00 + r.IntN(200)))
		}
	}
	return b.String()
}

// checkPlaces fails when anything of a document is said to stand outside its file.
func checkPlaces(t testing.TB, file *source.File, d *Document) {
	t.Helper()
	inside := func(what string, pos diag.Pos) {
		if pos.Line < 1 || pos.Line > file.Lines() || pos.Col < 1 || pos.Col > utf8.RuneCountInString(file.Line(pos.Line))+1 {
			t.Fatalf("%s at %v is outside the file", what, pos)
		}
	}
	for _, p := range d.Problems {
		inside(p.ID, p.Pos)
	}
	for _, l := range d.Links {
		inside("link "+l.Target, l.Pos)
	}
	for _, h := range d.Headings {
		if h.Line < 1 || h.Line > file.Lines() || h.ID == "" || strings.HasPrefix(h.ID, "wf-") {
			t.Fatalf("heading %+v", h)
		}
	}
	for _, c := range d.Codes {
		if c.Line < 1 || c.Line > file.Lines() {
			t.Fatalf("code %+v", c)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, text := range []string{"title: 甲", "title：甲", "a: &a [*a]", "order: .nan", "date: 2024-02-30", "fields: [{id: 甲, pattern: '(a+)+'}]", "document: {title: 甲}", "aliases: [../x, //y]", "- a", "{", "tags: 一"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, front string) {
		for _, fence := range []string{"---", "+++"} {
			file, _ := source.NewFile("a.md", []byte(fence+"\n"+front+"\n"+fence+"\n正文\n"))
			d := Parse(file)
			for _, p := range d.Problems {
				if p.Line < 1 || p.Line > file.Lines() {
					t.Fatalf("problem outside the file: %+v", p)
				}
			}
		}
	})
}
