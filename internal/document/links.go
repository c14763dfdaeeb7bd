package document

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"wenfang/internal/diag"
)

// linkParser is goldmark's parser of links and images within the limits of a page. It also
// tells of [text][label] without a definition, which becomes plain text.
type linkParser struct{ parser.InlineParser }

func (p linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	s.enter(parent)
	line, segment := block.PeekLine()
	cost := 1
	if line[0] == ']' {
		cost = segment.Start - s.start // what may stand between the brackets is looked through
	}
	if !s.spend(cost, segment.Start) {
		return nil
	}
	n := p.InlineParser.Parse(parent, block, pc)
	if n == nil && len(line) > 1 && line[0] == ']' && (line[1] == '(' || line[1] == '[') {
		s.spend(s.end-segment.Start, segment.Start)
		if line[1] == '[' {
			s.missingReference(line, segment.Start, block.Source())
		}
	}
	switch link := n.(type) {
	case *ast.Link:
		s.refer(link.Reference, &link.Destination, &link.Title, segment.Start, block)
	case *ast.Image:
		s.refer(link.Reference, &link.Destination, &link.Title, segment.Start, block)
	}
	return n
}

// CloseBlock implements parser.CloseBlocker.
func (p linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// refer notes the use of a link definition, and adds up what such uses become: one long
// definition used ten thousand times would make a page of gigabytes.
func (s *state) refer(ref *ast.ReferenceLink, destination, title *[]byte, offset int, block text.Reader) {
	if ref == nil {
		return
	}
	s.used[util.ToLinkReference(ref.Value)] = true
	s.expanded += len(*destination) + len(*title)
	if limit := max(maxExpansion, len(block.Source())); s.expanded > limit {
		s.exceeded(offset, "limit-reference", limit)
		*destination, *title = nil, nil
	}
}

// missingReference reports [text][label], given what begins with the ] in its middle. In
// a[i][j] the brackets are no link.
func (s *state) missingReference(line []byte, offset int, src []byte) {
	const most = 300
	end := bytes.IndexAny(line[2:min(len(line), most)], "[]\n")
	if end < 0 || line[2+end] != ']' {
		return
	}
	open := bytes.LastIndexAny(src[max(0, offset-most):offset], "[]\n")
	start := max(0, offset-most) + open
	if open < 0 || src[start] != '[' || start > 0 && (isWord(src[start-1]) || strings.IndexByte(`])\`, src[start-1]) >= 0) {
		return
	}
	label := string(line[2 : 2+end])
	if trim(label) == "" {
		label = string(src[start+1 : offset])
	}
	s.find(start, 0, "reference-missing", diag.Args{"label": summarize(label)})
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

// linkifyParser makes links of addresses written bare: http, https and mailto. It is called at
// the colon and looks back for the scheme, because in Chinese text an address need not have a
// space before it: 见https://example.cn/a。
type linkifyParser struct{}

func (linkifyParser) Trigger() []byte { return []byte{':'} }

func (linkifyParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	last, ok := parent.LastChild().(*ast.Text)
	line, segment := block.PeekLine()
	if !ok || last.Segment.Stop != segment.Start || last.SoftLineBreak() || last.HardLineBreak() || len(line) < 4 {
		return nil
	}
	src := block.Source()
	const longest = len("mailto")
	before := src[max(last.Segment.Start, segment.Start-longest-1):segment.Start]
	word := len(before)
	for word > 0 && isWord(before[word-1]) {
		word--
	}
	var length int
	switch scheme := strings.ToLower(string(before[word:])); scheme {
	case "http", "https":
		length = addressLength(line)
	case "mailto":
		length = mailLength(line)
	}
	if length == 0 {
		return nil
	}
	start := segment.Start - (len(before) - word)
	if start > 0 && src[start-1] == '<' {
		return nil
	}
	if last.Segment.Stop = start; last.Segment.IsEmpty() {
		parent.RemoveChild(parent, last)
	}
	n := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, segment.Start+length)))
	n.SetPos(start)
	block.Advance(length)
	return n
}

// addressLength returns the length of ://host/path at the start of line, or 0. It ends before
// anything that is not ASCII: what follows in Chinese text is text. Punctuation at the end
// belongs to the sentence, and so does a bracket that opened before the address.
func addressLength(line []byte) int {
	if !bytes.HasPrefix(line, []byte("://")) {
		return 0
	}
	const longest = 256
	end := 3
	for end < len(line) && end < longest && (isWord(line[end]) || line[end] == '.' || line[end] == '-') {
		end++
	}
	host := bytes.TrimRight(line[3:end], ".-_")
	if bytes.IndexByte(host, '.') <= 0 && string(host) != "localhost" {
		return 0
	}
	if end = 3 + len(host); end == len(line) || bytes.IndexByte([]byte("/?#:"), line[end]) < 0 {
		return end
	}
	start, open := end, 0
	for end < len(line) && line[end] > ' ' && line[end] < 0x7f && bytes.IndexByte([]byte("<>\"`\\|^"), line[end]) < 0 {
		switch line[end] {
		case '(':
			open++
		case ')':
			open--
		}
		end++
	}
	for ; end > start; end-- {
		c := line[end-1]
		switch {
		case c == ')' && open < 0:
			open++
		case c == '=' && !bytes.HasSuffix(line[:end], []byte("==")):
			return end
		case bytes.IndexByte([]byte("?!.,:;*_~'[]{}="), c) < 0:
			return end
		}
	}
	return end
}

// mailLength returns the length of :name@host at the start of line, or 0.
func mailLength(line []byte) int {
	at, end := 0, 1
	for end < len(line) && (isWord(line[end]) || bytes.IndexByte([]byte(".-+@"), line[end]) >= 0) {
		if line[end] == '@' {
			if at > 0 {
				return 0
			}
			at = end
		}
		end++
	}
	for end > 1 && !isWord(line[end-1]) {
		end--
	}
	if at < 2 || bytes.IndexByte(line[at:end], '.') < 2 {
		return 0
	}
	return end
}

// link writes a link of any kind. The opening tag is a hole: where it leads is for the site
// to know.
func (w *writer) link(n *ast.Link) {
	l := Link{Kind: LinkPlain, Title: unescape(n.Title)}
	l.Pos, l.Width = w.destination(n, n.Destination, n.Reference)
	inner := func() { w.inside(n) }
	if w.setAddress(&l, unescape(n.Destination)) {
		w.linkTag(l, inner)
	} else {
		w.brokenTag(inner)
	}
}

// linkTag writes a link around its text. A link inside a link would end it: it is only text,
// and reported.
func (w *writer) linkTag(l Link, inner func()) {
	if w.inLink {
		w.p.report(l.Pos, "link-nested", diag.Args{"target": l.Target}, l.Width)
		inner()
		return
	}
	index := len(w.doc.Links)
	w.doc.Links = append(w.doc.Links, l)
	w.open(Hole(PartLink, index))
	before := w.plain.Len()
	w.linkText(inner)
	w.doc.Links[index].Text = string(w.plain.Bytes()[before:])
	if !l.External && l.Target != "" && w.plain.Len() > before {
		w.section.Links = append(w.section.Links, Stretch{before, w.plain.Len()})
	}
	w.open("</a>")
}

// brokenTag writes the text of a link that may lead nowhere.
func (w *writer) brokenTag(inner func()) {
	if w.inLink {
		inner()
		return
	}
	w.open(`<a class="broken">`)
	w.linkText(inner)
	w.open("</a>")
}

func (w *writer) linkText(inner func()) {
	w.bare++
	w.inLink = true
	inner()
	w.inLink = false
	w.bare--
}

func (w *writer) image(n *ast.Image) {
	l := Link{Kind: LinkImage, Title: unescape(n.Title), Alt: plainText(n, w.src)}
	l.Pos, l.Width = w.destination(n, n.Destination, n.Reference)
	w.inImage(n)
	w.plain.WriteString(l.Alt)
	if !w.setAddress(&l, unescape(n.Destination)) {
		w.open(`<span class="broken image">` + html.EscapeString(l.Alt) + "</span>")
		return
	}
	w.open(Hole(PartImage, len(w.doc.Links)))
	w.doc.Links = append(w.doc.Links, l)
}

// inImage looks at what stands in the text of an image, of which only the words are used.
func (w *writer) inImage(n ast.Node) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.RawHTML:
			if entering {
				w.rawComment(n)
			}
		case *wiki:
			if entering {
				w.p.reportAt(n.start, "link-nested", diag.Args{"target": n.title}, 0)
			}
		}
		return ast.WalkContinue, nil
	})
}

func (w *writer) autoLink(n *ast.AutoLink) {
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	l := Link{Kind: LinkPlain, Pos: w.p.pos(max(0, n.Pos())), Width: utf8.RuneCountInString(dest)}
	inner := func() { w.text(stripControls(string(n.Label(w.src)))) }
	if w.setAddress(&l, dest) {
		w.linkTag(l, inner)
	} else {
		w.brokenTag(inner)
	}
}

// setAddress takes a destination apart; false means that it is not allowed, which is reported.
func (w *writer) setAddress(l *Link, dest string) bool {
	a, ok := splitAddress(dest)
	if !ok {
		w.p.report(l.Pos, "url-unsafe", diag.Args{"url": summarize(dest)}, l.Width)
		return false
	}
	l.Target, l.Query, l.Fragment, l.External = a.target, a.query, a.fragment, a.external
	return true
}

// destination finds where a link's destination stands, for the caret: behind its text. Of a
// reference the place is the link itself.
func (w *writer) destination(n ast.Node, dest []byte, ref *ast.ReferenceLink) (diag.Pos, int) {
	start := max(0, n.Pos())
	if len(dest) > 0 && ref == nil {
		from := max(start, endOf(n))
		const near = 300
		if i := bytes.Index(w.src[from:min(len(w.src), from+len(dest)+near)], dest); i >= 0 {
			return w.p.pos(from + i), utf8.RuneCount(dest)
		}
	}
	return w.p.pos(start), 0
}

// endOf returns the offset behind the last text inside a node, or 0.
func endOf(n ast.Node) int {
	for n = n.LastChild(); n != nil; n = n.LastChild() {
		switch t := n.(type) {
		case *ast.Text:
			return t.Segment.Stop
		case *wiki:
			return t.stop
		}
	}
	return 0
}
