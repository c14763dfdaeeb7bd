package document

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
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

// newWiki reads what stands between [[ and ]].
func newWiki(inner string) *wiki {
	n := &wiki{}
	inner = stripControls(strings.ReplaceAll(inner, `\|`, "|")) // in a table the bar is escaped
	target, label, labelled := strings.Cut(inner, "|")
	target = trim(target)
	if id, ok := strings.CutPrefix(target, "rule:"); ok {
		n.rule, target = true, trim(id)
	}
	n.title, n.fragment, _ = strings.Cut(target, "#")
	n.title, n.fragment = trim(n.title), trim(n.fragment)
	if n.title == "" {
		return nil
	}
	n.label = n.title
	if n.fragment != "" {
		n.label = n.title + " · " + n.fragment
	}
	if labelled && trim(label) != "" {
		n.label = trim(label)
	}
	return n
}

func (w *writer) wiki(n *wiki) {
	l := Link{
		Kind: LinkWiki, Target: n.title, Fragment: n.fragment,
		Pos: w.p.pos(n.start), Width: utf8.RuneCount(w.src[n.start:n.stop]),
	}
	if n.rule {
		l.Kind = LinkRule
	}
	w.linkTag(l, func() { w.text(n.label) })
}
