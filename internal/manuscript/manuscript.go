// Package manuscript reads a draft, as a writer has it, into paragraphs of plain text that remember
// where each character stood: plain text, Markdown (less front matter, code, marks and addresses) and
// Word packages.
//
// The central types are Manuscript and Paragraph. The package knows no rules of writing: what the
// paragraphs mean is for others. It reads from memory; a Word package is opened with limits on what it
// may unfold to (word.go).
package manuscript

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// What a Paragraph may be known to be; "" is not known.
const (
	Title   = "title"   // a heading of level 1
	Heading = "heading" // any other heading
	Cell    = "cell"    // of a table, or a note: beside the text
)

// Object stands for what was left out of a line: code, a formula.
const Object = '\uFFFC'

// Manuscript is one draft as read. File is nil for a Word package.
type Manuscript struct {
	Path       string
	File       *source.File
	Paragraphs []Paragraph
	Exceptions []Exception
}

// Paragraph is one paragraph. At holds the byte offset in File.Text of each character and the end of
// the last one; it is nil in a Word package, where Line is the number of the paragraph.
type Paragraph struct {
	Text string
	Kind string
	Line int
	At   []int
}

// Exception lets rules pass where the writer said so, and why:
//
//	<!-- check-ignore RULE RULE: reason -->
//
// behind the text or on a line above it; check-ignore-file does so for the whole draft. Paragraph is
// the index of the one it speaks of, -1 for all.
type Exception struct {
	Rules     []string
	Reason    string
	Paragraph int
	Offset    int // of the comment, in File.Text
}

// Covers reports whether e lets rule pass in paragraph n.
func (e *Exception) Covers(rule string, n int) bool {
	if e.Paragraph >= 0 && e.Paragraph != n {
		return false
	}
	for _, r := range e.Rules {
		if r == rule {
			return true
		}
	}
	return false
}

var exceptionForm = regexp.MustCompile(`^\s*check-ignore(-file)?\s+([a-z0-9 ,-]+?)\s*(?:[:：]\s*(.*?))?\s*$`)

// parseException reads the inside of a comment.
func parseException(comment string, offset int) (e Exception, ok bool) {
	m := exceptionForm.FindStringSubmatch(comment)
	if m == nil {
		return e, false
	}
	e = Exception{Rules: strings.FieldsFunc(m[2], func(r rune) bool { return r == ' ' || r == ',' }), Reason: m[3], Offset: offset}
	if m[1] != "" {
		e.Paragraph = -1
	}
	return e, true
}

// comment returns where the first comment of a line begins and ends, and what is inside; at is -1
// without one, end is 0 where it does not end in this line.
func comment(line string) (at int, inside string, end int) {
	at = strings.Index(line, "<!--")
	if at < 0 {
		return at, "", 0
	}
	n := strings.Index(line[at+4:], "-->")
	if n < 0 {
		return at, "", 0
	}
	return at, line[at+4 : at+4+n], at + 4 + n + 3
}

// Pos returns the place of character n of paragraph i.
func (m *Manuscript) Pos(i, n int) diag.Pos {
	p := &m.Paragraphs[i]
	if m.File == nil || p.At == nil {
		return diag.Pos{Path: m.Path, Line: p.Line, Col: n + 1}
	}
	return m.File.Pos(p.At[min(n, len(p.At)-1)])
}

// Stretch returns the bytes of File.Text that hold the characters from start up to end of
// paragraph i; ok is false where something else stands between them.
func (m *Manuscript) Stretch(i, start, end int) (from, to int, ok bool) {
	p := &m.Paragraphs[i]
	if p.At == nil || m.File == nil || end <= start {
		return 0, 0, false
	}
	runes := []rune(p.Text)
	from = p.At[start]
	to = from
	for n := start; n < end; n++ {
		if p.At[n] != to || !strings.HasPrefix(m.File.Text[to:], string(runes[n])) {
			return 0, 0, false
		}
		to += utf8.RuneLen(runes[n])
	}
	return from, to, true
}

// Text reads plain text: each line is a paragraph.
func Text(file *source.File) *Manuscript {
	m := &Manuscript{Path: file.Path, File: file}
	offset := 0
	for line := range strings.Lines(file.Text) {
		var b builder
		body := strings.TrimRight(line, "\n")
		if at, inside, end := comment(body); end > 0 {
			if e, ok := parseException(inside, offset+at); ok {
				if e.Paragraph == 0 {
					e.Paragraph = len(m.Paragraphs)
				}
				m.Exceptions = append(m.Exceptions, e)
				b.text(body[:at], offset)
				b.text(body[end:], offset+end)
				offset += len(line)
				if strings.TrimSpace(body[:at]+body[end:]) != "" {
					m.add(b.paragraph(""))
				}
				continue
			}
		}
		b.text(body, offset)
		offset += len(line)
		m.add(b.paragraph(""))
	}
	return m
}

// add appends a paragraph.
func (m *Manuscript) add(p Paragraph) {
	if m.File != nil && len(p.At) > 0 {
		p.Line = m.File.Pos(p.At[0]).Line
	}
	m.Paragraphs = append(m.Paragraphs, p)
}

// builder collects characters with their places.
type builder struct {
	runes []rune
	at    []int
	end   int
}

func (b *builder) text(s string, offset int) {
	for i, r := range s {
		b.runes = append(b.runes, r)
		b.at = append(b.at, offset+i)
	}
	b.end = offset + len(s)
}

// paragraph returns what was collected, without the spaces at its end.
func (b *builder) paragraph(kind string) Paragraph {
	n := len(b.runes)
	for n > 0 && (b.runes[n-1] == ' ' || b.runes[n-1] == '\t' || b.runes[n-1] == '　') {
		n--
	}
	end := b.end
	if n < len(b.runes) {
		end = b.at[n]
	}
	return Paragraph{Text: string(b.runes[:n]), Kind: kind, At: append(b.at[:n:n], end)}
}
