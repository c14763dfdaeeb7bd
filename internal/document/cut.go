package document

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// place is a stretch of a text node that stands directly in a block: a separator at which the
// block can be cut.
type place struct {
	node        *ast.Text
	start, stop int // offsets of the source
}

// separator finds the first of the given strings in the text that stands directly in block;
// what is inside emphasis, links or code does not count.
func separator(block ast.Node, src []byte, separators ...string) (place, bool) {
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok {
			continue
		}
		value := src[t.Segment.Start:t.Segment.Stop]
		for _, s := range separators {
			if i := bytes.Index(value, []byte(s)); i >= 0 {
				start := t.Segment.Start + i
				return place{t, start, start + len(s)}, true
			}
		}
	}
	return place{}, false
}

// cut ends a block before one offset of a place and returns what follows another as a block
// of its own, or nil when nothing does. Offsets stay true.
func cut(block ast.Node, at place, before, after int) ast.Node {
	rest := ast.NewTextBlock()
	tail := ast.NewTextSegment(text.NewSegment(after, at.node.Segment.Stop))
	tail.SetSoftLineBreak(at.node.SoftLineBreak())
	tail.SetHardLineBreak(at.node.HardLineBreak())
	next := at.node.NextSibling()
	if !tail.Segment.IsEmpty() || next != nil && tail.SoftLineBreak() {
		rest.AppendChild(rest, tail)
	}
	for next != nil {
		n := next
		next = n.NextSibling()
		rest.AppendChild(rest, n)
	}
	at.node.Segment.Stop = before
	at.node.SetSoftLineBreak(false)
	at.node.SetHardLineBreak(false)
	if rest.FirstChild() == nil {
		return nil
	}
	return rest
}

// trimStart takes spaces off the text that a block begins with, trimEnd off what it ends with.
func trimStart(block ast.Node, src []byte) {
	if block == nil {
		return
	}
	if t, ok := block.FirstChild().(*ast.Text); ok {
		t.Segment = t.Segment.TrimLeftSpace(src)
	}
}

func trimEnd(block ast.Node, src []byte) {
	if t, ok := block.LastChild().(*ast.Text); ok {
		t.Segment = t.Segment.TrimRightSpace(src)
	}
}
