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
	rest := trim(string(line[start+colons:]))
	if colons < 3 || rest == "" || strings.HasPrefix(rest, ":") {
		return nil, parser.NoChildren
	}
	name, title, _ := strings.Cut(rest, " ")
	n := &container{name: name, title: trim(title), colons: colons}
	n.SetPos(segment.Start + start)
	reader.AdvanceToEOL()
	return n, parser.HasChildren
}

func (containerParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	n := node.(*container)
	line, _ := reader.PeekLine()
	body := bytes.TrimLeft(line, " ")
	colons := countColons(body)
	if len(line)-len(body) > 3 || colons < n.colons || len(bytes.TrimSpace(body[colons:])) > 0 || insideCode(pc) || innerCloses(n, colons, pc) {
		return parser.Continue | parser.HasChildren
	}
	n.closed = true
	reader.AdvanceToEOL()
	return parser.Close
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

// innerCloses reports whether a line of colons belongs to a container inside n: the innermost
// that it can close is the one it closes.
func innerCloses(n *container, colons int, pc parser.Context) bool {
	blocks := pc.OpenedBlocks()
	for i := len(blocks) - 1; i >= 0 && blocks[i].Node != ast.Node(n); i-- {
		if inner, ok := blocks[i].Node.(*container); ok && inner.colons <= colons {
			return true
		}
	}
	return false
}

// insideCode reports whether the innermost open block is a fence: its lines are code, whatever
// they look like.
func insideCode(pc parser.Context) bool {
	blocks := pc.OpenedBlocks()
	return len(blocks) > 0 && blocks[len(blocks)-1].Node.Kind() == ast.KindFencedCodeBlock
}
