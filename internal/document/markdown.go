package document

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser assembles the Markdown parser: CommonMark and GFM from goldmark, emphasis that
// works beside Chinese punctuation in place of its own, and our constructs, one file each.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(containerParser{}, 750),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		)...),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(fieldParser{}, 90),
			util.Prioritized(headingIDParser{}, 95),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(wikiParser{}, 150),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(delimiterParser{chars: "*_", least: 1, most: 1 << 20}, 500),
			util.Prioritized(delimiterParser{chars: "~", least: 1, most: 2}, 501),
			util.Prioritized(delimiterParser{chars: "=", least: 2, most: 2}, 502),
			util.Prioritized(extension.NewLinkifyParser(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:", "mailto:"})), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// Kinds of our own nodes.
var (
	kindContainer = ast.NewNodeKind("Container")
	kindMark      = ast.NewNodeKind("Mark")
	kindStrike    = ast.NewNodeKind("Strike")
	kindWiki      = ast.NewNodeKind("Wiki")
	kindField     = ast.NewNodeKind("Field")
	kindHeadingID = ast.NewNodeKind("HeadingID")
)

// wiki is [[题名]], [[题名|文字]], [[题名#节]] or [[rule:ID]].
type wiki struct {
	ast.BaseInline
	title, fragment, label string
	rule                   bool
	start, stop            int
}

func (n *wiki) Kind() ast.NodeKind            { return kindWiki }
func (n *wiki) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type wikiParser struct{}

func (wikiParser) Trigger() []byte { return []byte{'['} }

func (wikiParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 5 || line[1] != '[' {
		return nil
	}
	const most = 300
	end := -1
	for i := 2; i+1 < len(line) && i < most; i++ {
		if line[i] == '[' || line[i] == '\n' {
			return nil
		}
		if line[i] == ']' {
			if line[i+1] == ']' {
				end = i
			}
			break
		}
	}
	if end < 3 {
		return nil
	}
	n := newWiki(string(line[2:end]))
	if n == nil {
		return nil
	}
	n.start, n.stop = segment.Start, segment.Start+end+2
	n.SetPos(n.start)
	block.Advance(end + 2)
	return n
}

// field is {{字段}}, {{#字段}}, {{^字段}} or {{/字段}} in a template.
type field struct {
	ast.BaseInline
	name        string
	sign        byte // 0, '#', '^' or '/'
	start, stop int
}

func (n *field) Kind() ast.NodeKind            { return kindField }
func (n *field) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type fieldParser struct{}

func (fieldParser) Trigger() []byte { return []byte{'{'} }

func (fieldParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.Get(templateKey) == nil {
		return nil
	}
	line, segment := block.PeekLine()
	name, length := fieldName(line)
	if length == 0 {
		return nil
	}
	n := &field{name: name, start: segment.Start, stop: segment.Start + length}
	if name[0] == '#' || name[0] == '^' || name[0] == '/' {
		n.sign, n.name = name[0], trim(name[1:])
	}
	n.SetPos(n.start)
	block.Advance(length)
	return n
}

// templateKey marks, in a parse context, that {{…}} means a field.
var templateKey = parser.NewContextKey()

// headingID is {#id} or {/*id*/} at the end of a heading.
type headingID struct {
	ast.BaseInline
	id string
}

func (n *headingID) Kind() ast.NodeKind            { return kindHeadingID }
func (n *headingID) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type headingIDParser struct{}

func (headingIDParser) Trigger() []byte { return []byte{'{'} }

func (headingIDParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if parent.Kind() != ast.KindHeading {
		return nil
	}
	line, segment := block.PeekLine()
	id, length := explicitID(line)
	if length == 0 {
		return nil
	}
	n := &headingID{id: id}
	n.SetPos(segment.Start)
	block.Advance(length)
	return n
}
