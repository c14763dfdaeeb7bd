package document

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// allowed are the tags of raw HTML that stay HTML, without attributes; br and wbr stand alone.
// All other raw HTML is shown as text: nothing of an author's words is lost, nothing is live.
var allowed = []string{"br", "kbd", "sub", "sup", "ruby", "rt", "wbr"}

// allowedTag reads a raw tag: its name and whether it closes.
func allowedTag(raw string) (name string, closing, ok bool) {
	inner := strings.TrimSuffix(strings.TrimPrefix(raw, "<"), ">")
	inner, closing = strings.CutPrefix(inner, "/")
	inner = strings.ToLower(trim(strings.TrimSuffix(inner, "/")))
	return inner, closing, slices.Contains(allowed, inner)
}

// htmlParser is goldmark's parser of HTML blocks, but for lines that begin with an allowed
// tag or a comment with words behind it: they are ordinary text.
type htmlParser struct{ parser.BlockParser }

func (p htmlParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if start := pc.BlockOffset(); start >= 0 && start < len(line) {
		if rest, ok := bytes.CutPrefix(line[start:], []byte("<!--")); ok {
			if _, after, closed := bytes.Cut(rest, []byte("-->")); closed && len(bytes.TrimSpace(after)) > 0 {
				return nil, parser.NoChildren
			}
		}
		if end := bytes.IndexByte(line[start:min(len(line), start+len("<wbr />"))], '>'); end > 0 {
			if _, _, ok := allowedTag(string(line[start : start+end+1])); ok {
				return nil, parser.NoChildren
			}
		}
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// htmlBlock shows raw HTML as text; comments are dropped without a word.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	lines := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		lines = append(lines, n.ClosureLine)
	}
	text := strings.TrimRight(w.p.withoutComments(lines), " \t\n")
	if trim(text) == "" {
		return
	}
	first, _, _ := strings.Cut(trim(text), "\n")
	w.shown(startOf(n), first)
	w.plain.WriteString(text)
	w.open(`<pre class="raw">` + html.EscapeString(text) + "</pre>\n")
	w.endBlock()
}

// rawHTML keeps the tags that are allowed and shows all others as text. Comments go.
func (w *writer) rawHTML(n *ast.RawHTML) {
	if w.rawComment(n) {
		return
	}
	raw := segmentsOf(n.Segments, w.src)
	name, closing, ok := allowedTag(raw)
	switch {
	case ok && (name == "br" || name == "wbr"):
		w.open("<" + name + ">")
		if name == "br" {
			w.plain.WriteByte(' ')
		}
	case ok && !closing:
		w.open("<" + name + ">")
		w.opened = append(w.opened, opened{tag: name})
	case ok && len(w.opened) > 0 && w.opened[len(w.opened)-1].tag == name:
		w.closeOpened(len(w.opened) - 1)
	default:
		w.shown(max(0, n.Pos()), raw)
		w.plain.WriteString(raw)
		w.open(`<span class="raw">` + html.EscapeString(raw) + "</span>")
	}
}

// shown notes raw HTML that is shown as text. A page names each tag once, at its first place,
// and a few others.
func (w *writer) shown(offset int, raw string) {
	name := strings.ToLower(strings.TrimLeft(raw, "</!?"))
	if end := strings.IndexFunc(name, func(r rune) bool { return r != '-' && r != '_' && !isWord(byte(min(r, 0x7f))) }); end >= 0 {
		name = name[:end]
	}
	if i, known := w.tagsShown[name]; known {
		const most = 3
		if i < len(w.p.problems) && len(w.p.problems[i].Related) < most && !strings.HasPrefix(raw, "</") {
			d := &w.p.problems[i]
			d.Related = append(d.Related, w.p.pos(offset))
		}
		return
	}
	w.tagsShown[name] = len(w.p.problems)
	w.p.reportAt(offset, "html-shown", diag.Args{"html": summarize(raw)}, utf8.RuneCountInString(raw))
}

// opened is a tag that waits for its end: raw HTML, or a part that depends on a field.
type opened struct {
	tag   string // in raw HTML
	field *field // of {{#field}}
}

// scope runs write and closes what it leaves open, so that tags never cross.
func (w *writer) scope(write func()) {
	outer := w.opened
	w.opened = nil
	write()
	w.closeOpened(0)
	w.opened = outer
}

// closeOpened closes tags until depth are left; a part that nobody closed is reported.
func (w *writer) closeOpened(depth int) {
	for len(w.opened) > depth {
		last := w.opened[len(w.opened)-1]
		w.opened = w.opened[:len(w.opened)-1]
		if last.field != nil {
			w.p.reportAt(last.field.start, "field-unclosed", diag.Args{"field": last.field.name}, last.field.width)
			w.open("</span>")
		} else {
			w.open("</" + last.tag + ">")
		}
	}
}
