package document

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// newParser assembles the Markdown parser: CommonMark from goldmark within the limits of a
// page, emphasis that works beside Chinese punctuation, and our constructs, one file each.
// goldmark's attributes ({#id .class onclick=…}) stay off.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(nested{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(nested{parser.NewListParser()}, 300),
			util.Prioritized(nested{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(fenceParser{parser.NewFencedCodeBlockParser()}, 700),
			util.Prioritized(nested{containerParser{}}, 750),
			util.Prioritized(nested{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(htmlParser{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(nested{footnoteParser{}}, 950),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(fieldParser{}, 90),
			util.Prioritized(headingIDParser{}, 95),
			util.Prioritized(metered{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(footnoteRefParser{}, 101),
			util.Prioritized(wikiParser{}, 150),
			util.Prioritized(linkParser{parser.NewLinkParser()}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(metered{parser.NewRawHTMLParser()}, 400),
			util.Prioritized(delimiterParser{chars: "*_", least: 1, most: 1 << 30}, 500),
			util.Prioritized(delimiterParser{chars: "~", least: 1, most: 2}, 501),
			util.Prioritized(delimiterParser{chars: "=", least: 2, most: 2}, 502),
			util.Prioritized(linkifyParser{}, 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(definitionsParser{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tableParser{}, 200),
		),
	)
}

// Kinds of our own nodes.
var (
	kindContainer   = ast.NewNodeKind("Container")
	kindFootnote    = ast.NewNodeKind("Footnote")
	kindFootnoteRef = ast.NewNodeKind("FootnoteRef")
	kindMark        = ast.NewNodeKind("Mark")
	kindStrike      = ast.NewNodeKind("Strike")
	kindWiki        = ast.NewNodeKind("Wiki")
	kindField       = ast.NewNodeKind("Field")
	kindHeadingID   = ast.NewNodeKind("HeadingID")
)
