package document

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"wenfang/internal/source"
)

type specExample struct {
	Markdown string
	HTML     string
	Example  int
	Section  string
}

// specExamples reads the examples of CommonMark 0.31.2, which come with the parser's module.
func specExamples(t *testing.T) []specExample {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []specExample
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples, want the 652 of CommonMark 0.31.2", len(examples))
	}
	return examples
}

func TestCommonMarkStock(t *testing.T) {
	md := goldmark.New(goldmark.WithRendererOptions(html.WithXHTML(), html.WithUnsafe()))
	for _, e := range specExamples(t) {
		var b bytes.Buffer
		if err := md.Convert([]byte(e.Markdown), &b); err != nil {
			t.Fatal(err)
		}
		if b.String() != e.HTML {
			t.Errorf("example %d: %q\n got %q\nwant %q", e.Example, e.Markdown, b.String(), e.HTML)
		}
	}
}

// extended are the examples that our extensions read otherwise, each with its reason.
var extended = map[int]string{
	177: "0. a comment with words behind it begins no HTML block: the words are Markdown",
	548: "1. [[…]] is a link to the page of that title",
	559: "1. [[…]] is a link to the page of that title",
	590: "1. [[…]] is a link to the page of that title",
	608: "2. GFM: a bare address is a link",
	611: "2. GFM: a bare address is a link",
}

// TestCommonMarkTree parses with our extensions on and renders with the stock renderer: the
// trees must be the same but for what the extensions are there for.
func TestCommonMarkTree(t *testing.T) {
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(html.WithXHTML(), html.WithUnsafe()), 1000),
		util.Prioritized(ownNodes{}, 500),
	))
	for _, e := range specExamples(t) {
		src := []byte(e.Markdown)
		var b bytes.Buffer
		if err := r.Render(&b, src, newParser().Parse(text.NewReader(src))); err != nil {
			t.Fatal(err)
		}
		compareExample(t, e, b.String(), e.HTML, extended)
	}
}

// compareExample fails for a difference without a reason, and for a reason without a difference.
func compareExample(t *testing.T, e specExample, got, want string, reasons map[int]string) {
	t.Helper()
	reason, differs := reasons[e.Example]
	switch {
	case got != want && !differs:
		t.Errorf("example %d (%s): %q\n got %q\nwant %q", e.Example, e.Section, e.Markdown, got, want)
	case got == want && differs:
		t.Errorf("example %d is as the specification wants it; it no longer differs: %s", e.Example, reason)
	}
}

// ownNodes shows the nodes that are ours.
type ownNodes struct{}

func (ownNodes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	tag := func(name string) renderer.NodeRendererFunc {
		return func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				w.WriteString("<" + name + ">")
			} else {
				w.WriteString("</" + name + ">")
			}
			return ast.WalkContinue, nil
		}
	}
	for kind, name := range map[ast.NodeKind]string{
		kindMark: "mark", kindStrike: "del", kindContainer: "container", kindWiki: "wiki",
		kindHeadingID: "id", kindFootnote: "footnote", kindFootnoteRef: "ref", kindField: "field",
	} {
		r.Register(kind, tag(name))
	}
}

// written are the examples that our writer writes otherwise, in addition to extended.
var written = reasoned(map[string][]int{
	"3. raw HTML is shown as text, but for a few tags without attributes": {
		21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165,
		166, 167, 168, 169, 170, 171, 172, 173, 174, 176, 178, 180, 181, 182, 184, 185, 186, 187, 188,
		189, 190, 191, 201, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 627, 628,
		629, 630, 631, 642, 643,
	},
	"4. HTML comments go into no page":                                  {175, 179, 183, 308, 309, 625, 626},
	"5. a link leads to http, https, mailto, tel or a relative address": {596, 598, 599, 601},
})

func reasoned(lists map[string][]int) map[int]string {
	reasons := map[int]string{}
	for reason, list := range lists {
		for _, example := range list {
			reasons[example] = reason
		}
	}
	return reasons
}

// TestCommonMarkBody fills the holes of a Body the way the specification writes links, images
// and code, and compares what a browser makes of both.
func TestCommonMarkBody(t *testing.T) {
	reasons := maps.Clone(extended)
	maps.Copy(reasons, written)
	for _, e := range specExamples(t) {
		file, _ := source.NewFile("a.md", []byte("---\ntitle: ·\n---\n"+e.Markdown))
		d := Parse(file)
		want := strings.NewReplacer("<h1>", "<h2>", "</h1>", "</h2>").Replace(e.HTML) // the one h1 is the title
		compareExample(t, e, asTree(t, specHTML(d)), asTree(t, want), reasons)
	}
}

// ids are what our headings have beyond those of the specification.
var ids = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)

func specHTML(d *Document) string {
	var b strings.Builder
	for part := range d.Body.Parts() {
		switch part.Kind {
		case PartHTML:
			b.WriteString(ids.ReplaceAllString(part.Text, "$1"))
		case PartProse:
			b.WriteString(nethtml.EscapeString(part.Text))
		case PartLink, PartImage:
			l := d.Links[part.Index]
			dest := l.Target + l.Query
			if l.Fragment != "" {
				dest += "#" + l.Fragment
			}
			dest = nethtml.EscapeString(string(util.URLEscape([]byte(dest), false)))
			if part.Kind == PartLink {
				b.WriteString(`<a href="` + dest + `"`)
			} else {
				b.WriteString(`<img src="` + dest + `" alt="` + nethtml.EscapeString(l.Alt) + `"`)
			}
			if l.Title != "" {
				b.WriteString(` title="` + nethtml.EscapeString(l.Title) + `"`)
			}
			b.WriteString(">")
		case PartCode:
			c := d.Codes[part.Index]
			class := ""
			if c.Lang != "" {
				class = ` class="language-` + nethtml.EscapeString(c.Lang) + `"`
			}
			b.WriteString("<pre><code" + class + ">" + nethtml.EscapeString(c.Text) + "</code></pre>")
		}
	}
	return b.String()
}

var betweenBlocks = regexp.MustCompile(`>\s+<`)

// asTree returns what a browser makes of a piece of HTML, without the space between tags.
func asTree(t *testing.T, text string) string {
	t.Helper()
	body := &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := nethtml.ParseFragment(strings.NewReader(text), body)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if err := nethtml.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return strings.TrimSpace(betweenBlocks.ReplaceAllString(b.String(), "><"))
}
