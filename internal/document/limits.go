package document

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// Limits of a page. On inputs made for it goldmark takes time or memory without end, it has
// no way to be stopped, and neither a stack overflow nor running out of memory can be caught.
// So each limit is kept where the thing itself is parsed; what is beyond it stays text, with
// one error at its place. No page that people write comes near a limit.
//
//	the text                                    4 MB      the page is shown as plain text
//	lists, quotations, boxes in one another     100       further marks stay text
//	emphasis and links in one another           100       shown without their format
//	columns of a table                          128       the table stays text
//	cells that the rows of a page's tables lack 65,536    the table stays text
//	bytes that references become                100 KB or the size of the text: further ones stay text
//	steps of looking for the other end of a mark, with what is open at each line
//	                                            32 M      further marks stay text; if the blocks alone
//	                                                      cost as much, the page is plain text
//	front matter                                256 KB, a value 4,000 bytes, 100 levels: left out
//	highlighted code                            64 KB, a line 2,000 bytes: shown plain
//	problems                                    1,000     further ones are not reported
const (
	maxText      = 4 << 20
	maxNesting   = 100
	maxColumns   = 128
	maxMissing   = 65536
	maxExpansion = 100 << 10
	maxSteps     = 32 << 20
	maxProblems  = 1000
)

// state is what the parsers of our constructs remember during one parse.
type state struct {
	template bool // {{…}} means a field
	notes    map[string]*footnote
	used     map[string]bool // labels of link definitions
	noted    int             // footnotes that have a number
	fence    ast.Node        // the last fence that was closed by its own mark

	findings []finding
	told     map[string]bool // limits that were reported

	steps    int      // taken so far, see maxSteps
	stopped  bool     // the blocks alone cost too much: the page is shown as plain text
	expanded int      // bytes that references became
	missing  int      // cells that rows of tables lack
	block    ast.Node // whose inline content is parsed, with its extent and its delimiters so far
	start    int
	end      int
	marks    int
}

// finding is a problem that a parser met, at an offset of the body.
type finding struct {
	offset, width int
	id            string
	args          diag.Args
}

var stateKey = parser.NewContextKey()

func stateOf(pc parser.Context) *state {
	return pc.ComputeIfAbsent(stateKey, func() any {
		return &state{notes: map[string]*footnote{}, used: map[string]bool{}, told: map[string]bool{}}
	}).(*state)
}

func (s *state) find(offset, width int, id string, args diag.Args) {
	if len(s.findings) < maxProblems {
		s.findings = append(s.findings, finding{offset, width, id, args})
	}
}

// exceeded reports that a limit was met, each only once.
func (s *state) exceeded(offset int, id string, limit int) {
	if !s.told[id] {
		s.told[id] = true
		s.findings = append(s.findings, finding{offset: offset, id: id, args: diag.Args{"limit": itoa(limit)}})
	}
}

// enter notes the block whose inline content is parsed.
func (s *state) enter(block ast.Node) {
	if s.block == block {
		return
	}
	s.block, s.marks, s.start, s.end = block, 0, 0, 0
	if lines := block.Lines(); lines.Len() > 0 {
		s.start, s.end = lines.At(0).Start, lines.At(lines.Len()-1).Stop
	}
}

// spend takes steps from what a page may cost; false means that it has not so many left.
func (s *state) spend(steps, offset int) bool {
	if s.steps+max(0, steps) > maxSteps {
		s.steps = maxSteps + 1
		s.exceeded(offset, "limit-marks", maxSteps)
		return false
	}
	s.steps += max(0, steps)
	return true
}

// nested is a parser of blocks that hold blocks. It keeps them within maxNesting, and counts as
// steps what goldmark does at every line for every open block.
type nested struct{ parser.BlockParser }

func (n nested) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	// An item stands in a list that was let in.
	if parent.Kind() != ast.KindList && depth(pc) >= maxNesting {
		_, segment := reader.PeekLine()
		stateOf(pc).exceeded(segment.Start, "limit-nesting", maxNesting)
		return nil, parser.NoChildren
	}
	return n.BlockParser.Open(parent, reader, pc)
}

func (n nested) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	const few, cost = 16, 64
	if len(pc.OpenedBlocks()) > few {
		s := stateOf(pc)
		if _, segment := reader.PeekLine(); !s.spend(cost, segment.Start) {
			s.stopped = true
		}
	}
	return n.BlockParser.Continue(node, reader, pc)
}

// stoppable is a reader that comes to its end when the page has cost too much; what was parsed
// until then is thrown away.
type stoppable struct {
	text.Reader
	state *state
}

func (r stoppable) PeekLine() ([]byte, text.Segment) {
	line, segment := r.Reader.PeekLine()
	if r.state.stopped {
		return nil, segment
	}
	return line, segment
}

// depth counts the open blocks that hold blocks.
func depth(pc parser.Context) int {
	blocks := pc.OpenedBlocks()
	if len(blocks) < maxNesting {
		return 0 // too few to matter
	}
	n := 0
	for _, b := range blocks {
		if b.Node.Kind() != ast.KindList && b.Node.Kind() != ast.KindParagraph {
			n++
		}
	}
	return n
}

// metered is a parser of inline content whose vain searches are counted as steps.
type metered struct{ parser.InlineParser }

func (m metered) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	s.enter(parent)
	line, segment := block.PeekLine()
	if !s.spend(0, segment.Start) {
		return nil
	}
	n := m.InlineParser.Parse(parent, block, pc)
	_, vain := n.(*ast.Text) // backticks without their other end
	if vain || n == nil && len(line) > 1 && line[1] != ' ' {
		s.spend(s.end-segment.Start, segment.Start)
	}
	return n
}

// definitionsParser takes link definitions out of paragraphs. The parser looks for the end of
// an open title through the whole paragraph, once for each definition.
type definitionsParser struct{ parser.ParagraphTransformer }

func (d definitionsParser) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	src := reader.Source()
	if lines.Len() == 0 || !startsWith(lines.At(0), src, '[') {
		return
	}
	size, starts, open := 0, 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		size += line.Len()
		if startsWith(line, src, '[') {
			starts++
			if openTitle(src[line.Start:line.Stop]) {
				open++
			}
		}
	}
	if stateOf(pc).spend(open*size+starts*starts, lines.At(0).Start) {
		d.ParagraphTransformer.Transform(node, reader, pc)
	}
}

func startsWith(line text.Segment, src []byte, c byte) bool {
	line = line.TrimLeftSpace(src)
	return line.Start < line.Stop && src[line.Start] == c
}

// openTitle reports whether a title may begin on the line and not end on it.
func openTitle(line []byte) bool {
	var double, single, round int
	for _, c := range line {
		switch c {
		case '"':
			double++
		case '\'':
			single++
		case '(':
			round++
		case ')':
			round--
		}
	}
	return double%2 == 1 || single%2 == 1 || round > 0
}
