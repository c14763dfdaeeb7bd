package document

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

func trim(s string) string { return strings.TrimSpace(s) }

// newWiki reads what stands between [[ and ]].
func newWiki(inner string) *wiki {
	n := &wiki{}
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

// fieldName returns what stands between {{ and }} at the start of line, and the length of the
// whole.
func fieldName(line []byte) (string, int) {
	if len(line) < 5 || line[1] != '{' {
		return "", 0
	}
	end := bytes.Index(line, []byte("}}"))
	if end < 3 || bytes.IndexByte(line[:end], '\n') >= 0 {
		return "", 0
	}
	name := trim(string(line[2:end]))
	if name == "" || strings.ContainsAny(name, "{}") {
		return "", 0
	}
	return name, end + 2
}

// explicitID returns the id of {#id} or {/*id*/} when nothing follows it on the line.
func explicitID(line []byte) (string, int) {
	open, shut := "{#", "}"
	if bytes.HasPrefix(line, []byte("{/*")) {
		open, shut = "{/*", "*/}"
	} else if !bytes.HasPrefix(line, []byte(open)) {
		return "", 0
	}
	end := bytes.Index(line[len(open):], []byte(shut)) + len(open)
	if end < len(open) {
		return "", 0
	}
	id := trim(string(line[len(open):end]))
	rest := bytes.Trim(line[end+len(shut):], " \t\n#")
	if id == "" || strings.ContainsAny(id, " \t\"<>{}") || len(rest) > 0 {
		return "", 0
	}
	return id, end + len(shut)
}

// delimiterParser parses emphasis, strikethrough and marks. CommonMark decides by the
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

func (p delimiterParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, p.least, p)
	if node == nil || node.OriginalLength > p.most || p.chars != "*_" && before == rune(line[0]) {
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

// isCJK reports Han, kana, hangul, full-width forms, CJK punctuation, and the quotation marks,
// dashes and dots that Chinese shares with Latin.
func isCJK(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case strings.ContainsRune("“”‘’…—·", r):
		return true
	case r >= 0x1100 && r <= 0x11ff, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3:
		return true
	case r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe4f, r >= 0xff01 && r <= 0xffee, r >= 0x20000 && r <= 0x3ffff:
		return true
	}
	return false
}

// span is a strikethrough or a mark.
type span struct {
	ast.BaseInline
	kind ast.NodeKind
}

func (n *span) Kind() ast.NodeKind            { return n.kind }
func (n *span) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
