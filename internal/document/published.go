package document

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// stretch is a part of a text, given by its offsets.
type stretch struct{ start, stop int }

// Markdown returns the page's text for publication beside it: UTF-8 without front matter,
// HTML comments or control characters, with the title as its h1.
func (d *Document) Markdown() string {
	at := splitFront(d.Source, &diag.List{}).body
	var b strings.Builder
	for _, c := range d.comments {
		if c.start >= at {
			b.WriteString(d.Source.Text[at:c.start])
			at = c.stop
		}
	}
	b.WriteString(d.Source.Text[at:])
	body := strings.TrimLeft(b.String(), "\n")
	if d.Title == "" || d.ownTitle {
		return body
	}
	return "# " + d.Title + "\n\n" + body
}

// comment notes a comment of the body, which goes into no output.
func (p *parse) comment(start, stop int) {
	p.doc.comments = append(p.doc.comments, stretch{p.base + start, p.base + stop})
}

// sortComments puts the comments into the order of the text; footnotes are written last.
func (p *parse) sortComments() {
	slices.SortFunc(p.doc.comments, func(a, b stretch) int { return a.start - b.start })
}

// commentEnd returns the offset behind the comment that begins at start, or stop.
func commentEnd(src []byte, start, stop int) (end int, closed bool) {
	const open = len("<!") // <!--> and <!---> are comments too
	if i := strings.Index(string(src[min(start+open, stop):stop]), "-->"); i >= 0 {
		return start + open + i + len("-->"), true
	}
	return stop, false
}

// withoutComments returns lines of the source less the comments in them, which it notes. A
// comment may reach over lines.
func (p *parse) withoutComments(lines []text.Segment) string {
	var b strings.Builder
	inside := false
	for _, line := range lines {
		at := line.Start
		for at < line.Stop {
			start := at
			if !inside {
				i := strings.Index(string(p.src[at:line.Stop]), "<!--")
				if i < 0 {
					break
				}
				start = at + i
				b.Write(p.src[at:start])
			}
			end, closed := commentEnd(p.src, start, line.Stop)
			if inside {
				end, closed = line.Stop, false
				if i := strings.Index(string(p.src[at:line.Stop]), "-->"); i >= 0 {
					end, closed = at+i+len("-->"), true
				}
			}
			p.comment(start, end)
			inside, at = !closed, end
		}
		b.Write(p.src[at:line.Stop])
	}
	return b.String()
}

// rawComment notes raw HTML that is a comment; false when it is none.
func (w *writer) rawComment(n *ast.RawHTML) bool {
	first := n.Segments.At(0)
	if !strings.HasPrefix(string(first.Value(w.src)), "<!--") {
		return false
	}
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		w.p.comment(s.Start, s.Stop)
	}
	return true
}
