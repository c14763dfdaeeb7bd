package document

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// container is :::name title … ::: . An outer container has more colons than an inner one.
type container struct {
	ast.BaseBlock
	name, title string
	colons      int
	closed      bool
}

func (n *container) Kind() ast.NodeKind            { return kindContainer }
func (n *container) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// containerNames are the containers that exist.
var containerNames = []string{
	"summary", "basis", "pitfall", "case", "contrast", "wrong", "right", "checklist", "question",
	"note", "tip", "important", "warning", "caution", "details",
}

type containerParser struct{}

func (containerParser) Trigger() []byte { return []byte{':'} }

func (containerParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	start := pc.BlockOffset()
	if start < 0 || pc.BlockIndent() > 3 {
		return nil, parser.NoChildren
	}
	colons := countColons(line[start:])
	if colons < 3 {
		return nil, parser.NoChildren
	}
	name, title, _ := strings.Cut(trim(string(line[start+colons:])), " ")
	if name == "" {
		stateOf(pc).find(segment.Start+start, colons, "container-stray", nil)
		return nil, parser.NoChildren
	}
	n := &container{name: stripControls(name), title: stripControls(trim(title)), colons: colons}
	n.SetPos(segment.Start + start)
	reader.AdvanceToEOL()
	return n, parser.HasChildren
}

func (containerParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	body := bytes.TrimLeft(line, " ")
	colons := countColons(body)
	if colons < 3 || len(line)-len(body) > 3 || len(bytes.TrimSpace(body[colons:])) > 0 || closedBy(colons, pc) != node {
		return parser.Continue | parser.HasChildren
	}
	node.(*container).closed = true
	reader.AdvanceToEOL()
	return parser.Close
}

// closedBy returns the container that a line of so many colons ends: the innermost one that
// began with as many, else the innermost with fewer. Inside a fence such a line is code.
func closedBy(colons int, pc parser.Context) ast.Node {
	blocks := pc.OpenedBlocks()
	if blocks[len(blocks)-1].Node.Kind() == ast.KindFencedCodeBlock {
		return nil
	}
	var fewer ast.Node
	for i := len(blocks) - 1; i >= 0; i-- {
		c, ok := blocks[i].Node.(*container)
		if ok && c.colons == colons {
			return c
		}
		if ok && c.colons < colons && fewer == nil {
			fewer = c
		}
	}
	return fewer
}

func (containerParser) Close(ast.Node, text.Reader, parser.Context) {}
func (containerParser) CanInterruptParagraph() bool                 { return true }
func (containerParser) CanAcceptIndentedLine() bool                 { return false }

func countColons(line []byte) int {
	n := 0
	for n < len(line) && line[n] == ':' {
		n++
	}
	return n
}
