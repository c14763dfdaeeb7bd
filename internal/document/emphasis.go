package document

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// delimiterParser parses emphasis, strikethrough and ==marks==. CommonMark decides by the
// punctuation beside a run of delimiters whether it opens or closes, and so fails where
// Chinese text has no spaces: **“重点”。**后文. Here CJK punctuation does not count as
// punctuation, and a CJK character beside it counts like a space: the rule of
// https://github.com/tats-u/markdown-cjk-friendly, with “ ” ‘ ’ … — · counted as CJK.
type delimiterParser struct {
	chars       string
	least, most int
}

func (p delimiterParser) Trigger() []byte { return []byte(p.chars) }

func (p delimiterParser) IsDelimiter(b byte) bool { return strings.IndexByte(p.chars, b) >= 0 }

func (p delimiterParser) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && (p.chars == "*_" || opener.OriginalLength == closer.OriginalLength)
}

func (p delimiterParser) OnMatch(consumes int) ast.Node {
	switch p.chars {
	case "~":
		return &span{kind: kindStrike}
	case "=":
		return &span{kind: kindMark}
	}
	return ast.NewEmphasis(consumes)
}

func (p delimiterParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	if p.chars != "*_" && before == rune(line[0]) {
		return nil // inside a longer run
	}
	node := parser.ScanDelimiter(line, before, p.least, p)
	if node == nil || node.OriginalLength > p.most {
		return nil
	}
	s := stateOf(pc)
	s.enter(parent)
	s.marks++
	if !s.spend(s.marks, segment.Start) { // the other end is looked for among those before
		return nil
	}
	after := rune('\n')
	if node.OriginalLength < len(line) {
		after = util.ToRune(line, node.OriginalLength)
	}
	node.CanOpen, node.CanClose = flanks(before, after, line[0] == '_')
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

// flanks says whether a run of delimiters between two characters can open and close.
func flanks(before, after rune, underscore bool) (open, closes bool) {
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	cjkBefore, cjkAfter := isCJK(before), isCJK(after)
	punctBefore := util.IsPunctRune(before) && !cjkBefore
	punctAfter := util.IsPunctRune(after) && !cjkAfter
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore || cjkBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter || cjkAfter)
	if !underscore {
		return left, right
	}
	return left && (!right || util.IsPunctRune(before)), right && (!left || util.IsPunctRune(after))
}

// isCJK reports wide characters, and the quotation marks, dashes and dots that Chinese shares
// with Latin.
func isCJK(r rune) bool {
	return isWide(r) || r >= 0x1100 && r <= 0x11ff || r >= 0xac00 && r <= 0xd7a3 || isShared(r)
}

// isShared reports the marks that Chinese shares with Latin.
func isShared(r rune) bool {
	switch r {
	case '“', '”', '‘', '’', '…', '—', '·':
		return true
	}
	return false
}

// isWide reports Han, kana, full-width forms and CJK punctuation: what is written without
// spaces. Hangul is not.
func isWide(r rune) bool {
	return r >= 0x2e80 && r <= 0xa4cf || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe4f ||
		r >= 0xff01 && r <= 0xffee || r >= 0x20000 && r <= 0x3ffff
}

// joined reports whether a line break between two texts is nothing: Chinese has no space
// between words. Of marks that Latin uses too the character beyond them decides.
func joined(before, after []byte) bool {
	last, first := rune(0), rune(0)
	for size := 0; len(before) > 0; before = before[:len(before)-size] {
		if last, size = utf8.DecodeLastRune(before); !isShared(last) {
			break
		}
	}
	for size := 0; len(after) > 0; after = after[size:] {
		if first, size = utf8.DecodeRune(after); !isShared(first) {
			break
		}
	}
	return isWide(last) && isWide(first)
}

// span is a strikethrough or a mark.
type span struct {
	ast.BaseInline
	kind ast.NodeKind
}

func (n *span) Kind() ast.NodeKind            { return n.kind }
func (n *span) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
