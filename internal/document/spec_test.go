package document

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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

// deliberate lists the examples that our extensions read otherwise, each with its reason.
var deliberate = map[int]string{
	226: "1. spaces before a hard break stay in the tree; our own writer drops them",
	635: "1. spaces before a hard break stay in the tree; our own writer drops them",
	548: "2. [[…]] is a link to the page of that title",
	559: "2. [[…]] is a link to the page of that title",
	590: "2. [[…]] is a link to the page of that title",
	608: "3. GFM: a bare address is a link",
	611: "3. GFM: a bare address is a link",
	612: "3. GFM: a bare address is a link",
}

// TestCommonMarkOurs parses with our extensions on and renders with the stock renderer: the
// trees must be the same but for what the extensions are there for.
func TestCommonMarkOurs(t *testing.T) {
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(html.WithXHTML(), html.WithUnsafe()), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		util.Prioritized(extension.NewTaskCheckBoxHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(spanRenderer{}, 500),
	))
	for _, e := range specExamples(t) {
		src := []byte(e.Markdown)
		var b bytes.Buffer
		if err := r.Render(&b, src, newParser().Parse(text.NewReader(src))); err != nil {
			t.Fatal(err)
		}
		reason, differs := deliberate[e.Example]
		switch same := b.String() == e.HTML; {
		case !same && !differs:
			t.Errorf("example %d (%s): %q\n got %q\nwant %q", e.Example, e.Section, e.Markdown, b.String(), e.HTML)
		case same && differs:
			t.Errorf("example %d is as the specification wants it; it no longer differs: %s", e.Example, reason)
		}
	}
}

// spanRenderer shows the nodes that are ours.
type spanRenderer struct{}

func (spanRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
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
	r.Register(kindMark, tag("mark"))
	r.Register(kindStrike, tag("del"))
	r.Register(kindContainer, tag("div"))
	r.Register(kindWiki, tag("wiki"))
	r.Register(kindHeadingID, tag("id"))
}
