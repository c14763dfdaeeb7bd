package document

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"

	"wenfang/internal/diag"
)

// idSet holds the ids of a page, each with the number that the next equal one is tried with.
type idSet map[string]int

// unique returns id, or id with a number when it is taken, and takes it.
func (s idSet) unique(id string) string {
	next, taken := s[id]
	if !taken {
		s[id] = 1
		return id
	}
	for ; ; next++ {
		candidate := id + "-" + itoa(next)
		if _, taken := s[candidate]; !taken {
			s[id], s[candidate] = next+1, 1
			return candidate
		}
	}
}

// take takes an id that the program gives out.
func (s idSet) take(id string) { s[id] = 1 }

func (s idSet) sorted() []string { return slices.Sorted(maps.Keys(s)) }

// ownPrefix begins the ids of the page around the text; no author's id can have it.
const ownPrefix = "wf-"

// slug makes an id of a heading's text: hanzi and letters stay, Latin in lower case, spaces
// become hyphens, punctuation goes.
func slug(text string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == '_':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		case unicode.IsSpace(r) || r == '-' || r == '·' || r == '/' || r == '.':
			hyphen = true
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// reserved reports ids that the program gives out itself.
func reserved(id string) bool {
	if strings.HasPrefix(id, ownPrefix) {
		return true
	}
	for _, own := range []string{"fn-", "fnref-", "note-", "ref-", "f-"} {
		if rest, ok := strings.CutPrefix(id, own); ok && rest != "" && strings.Trim(rest, "0123456789-") == "" {
			return true
		}
	}
	return false
}

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
	id, length := idAtEnd(line)
	if length == 0 {
		return nil
	}
	if last, ok := parent.LastChild().(*ast.Text); ok && last.Segment.Stop == segment.Start {
		last.Segment = last.Segment.TrimRightSpace(block.Source())
	}
	n := &headingID{id: id}
	n.SetPos(segment.Start)
	block.Advance(length)
	return n
}

// idAtEnd returns the id of {#id} or {/*id*/} when nothing follows it on the line.
func idAtEnd(line []byte) (string, int) {
	open, shut := "{#", "}"
	if bytes.HasPrefix(line, []byte("{/*")) {
		open, shut = "{/*", "*/}"
	} else if !bytes.HasPrefix(line, []byte(open)) {
		return "", 0
	}
	const most = 300
	end := bytes.Index(line[len(open):min(len(line), most)], []byte(shut)) + len(open)
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

// id returns the id of a heading or term with the given text.
func (w *writer) id(text string) string {
	id := slug(text)
	if reserved(id) {
		id = "s-" + id
	}
	return w.p.ids.unique(id)
}

// explicitID returns the id that an author chose, unless it belongs to the program.
func (w *writer) explicitID(n *headingID) string {
	id := stripControls(n.id)
	if reserved(id) {
		w.p.reportAt(n.Pos(), "heading-id", diag.Args{"id": id}, 0)
		id = "s-" + id
	}
	unique := w.p.ids.unique(id)
	if unique != id {
		w.p.reportAt(n.Pos(), "heading-id", diag.Args{"id": id}, 0)
	}
	return unique
}

// headingIDOf returns the id that an author gave a heading, or nil.
func headingIDOf(n ast.Node) *headingID {
	for c := n.LastChild(); c != nil; c = c.PreviousSibling() {
		if h, ok := c.(*headingID); ok {
			return h
		}
	}
	return nil
}
