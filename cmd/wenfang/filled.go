package main

import (
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/document"
	"wenfang/internal/manuscript"
	"wenfang/internal/official"
)

// styleKinds are the elements that the styles of a composed document belong to: the key in the front
// matter, and what the rules call it. Other styles are text, whose kinds the rules find by themselves.
var styleKinds = map[string]struct {
	key  string
	kind check.Kind
}{
	"CopyNumber": {"copyno", check.KindHeader}, "Corner": {"urgency", check.KindHeader}, "Mark": {"mark", check.KindHeader},
	"LetterMark": {"mark", check.KindHeader}, "Number": {"number", check.KindHeader}, "NumberUp": {"number", check.KindHeader},
	"SignerRow": {"signer", check.KindHeader}, "OrderNumber": {"number", check.KindHeader}, "LetterNumber": {"number", check.KindHeader},
	"Title": {"title", check.KindTitle}, "Recipients": {"recipients", check.KindRecipient}, "Attachments": {"attachments", check.KindAttach},
	"Issuer": {"issuer", check.KindSign}, "Issuers": {"issuer", check.KindSign}, "Date": {"date", check.KindDate},
	"Notes": {"notes", check.KindNote}, "Copies": {"copies", check.KindImprint}, "Printed": {"printed", check.KindImprint},
	"Heading1": {"", check.KindHeading}, "Heading2": {"", check.KindHeading}, "Heading3": {"", check.KindHeading}, "Heading4": {"", check.KindHeading},
}

// filledManuscript returns a template as the document that its examples make of it. Characters stand
// where their example or the words of the template stand.
func filledManuscript(doc *document.Document) *manuscript.Manuscript {
	values := map[string]string{}
	for i := range doc.Meta.Fields {
		if f := &doc.Meta.Fields[i]; f.Example != "" {
			values[f.ID] = official.Tidy(f, f.Example)
		}
	}
	s := &sheet{doc: doc, m: &manuscript.Manuscript{Path: doc.Path, File: doc.Source}}
	for _, e := range doc.Meta.Document {
		s.cursor = max(s.cursor, doc.Source.Offset(e.Line))
	}
	for _, p := range official.Compose(official.Fill(doc.Form(), values)) {
		s.take(p)
	}
	return s.m
}

// sheet turns composed paragraphs into those of a manuscript.
type sheet struct {
	doc      *document.Document
	m        *manuscript.Manuscript
	cursor   int    // where the text of the template was found last
	last     string // the style before
	attached bool   // an attachment has begun
}

// take takes a paragraph; what tabs part stands apart, and the lines of a title stand together.
func (s *sheet) take(p official.Paragraph) {
	known := styleKinds[p.Style]
	kind := known.kind
	if p.Style == "AttachmentLabel" {
		s.attached = true
	} else if s.attached && p.Style == "Title" {
		kind = check.KindHeading
	}
	for _, cell := range p.Cells {
		s.add(s.paragraph(cell, known.key), check.KindCell)
	}
	again := p.Style == "Title" && s.last == "Title"
	for _, line := range parts(p) {
		q := s.paragraph(line, known.key)
		if n := len(s.m.Paragraphs) - 1; again && n >= 0 {
			before := &s.m.Paragraphs[n]
			before.Text += q.Text
			before.At = append(before.At[:len(before.At)-1], q.At...)
			continue
		}
		s.add(q, kind)
	}
	s.last = p.Style
}

func (s *sheet) add(p manuscript.Paragraph, kind check.Kind) {
	if strings.TrimSpace(p.Text) == "" {
		return
	}
	p.Kind = string(kind)
	p.Line = s.m.File.Pos(p.At[0]).Line
	s.m.Paragraphs = append(s.m.Paragraphs, p)
}

// parts divides a paragraph at its tabs. In the imprint a tab is the blank before the date.
func parts(p official.Paragraph) []official.Line {
	lines := []official.Line{nil}
	for _, r := range p.Runs {
		text := strings.ReplaceAll(r.Text, "\n", "")
		if p.Style == "Printed" {
			text = strings.ReplaceAll(text, "\t", "　")
		}
		for i, piece := range strings.Split(text, "\t") {
			if i > 0 {
				lines = append(lines, nil)
			}
			r.Text = piece
			lines[len(lines)-1] = append(lines[len(lines)-1], r)
		}
	}
	return lines
}

// paragraph gives the characters of a line their places.
func (s *sheet) paragraph(line official.Line, key string) manuscript.Paragraph {
	p := manuscript.Paragraph{Text: line.String()}
	end := s.cursor
	for _, r := range line {
		from, exact := s.place(r, key)
		end = from
		for i, c := range r.Text {
			at := from
			if exact {
				at += i
				end = at + len(string(c))
			}
			p.At = append(p.At, at)
		}
	}
	p.At = append(p.At, end)
	return p
}

// place returns where the text of a run stands in the file, or the line that it comes from.
func (s *sheet) place(r official.Run, key string) (from int, exact bool) {
	const near = 4000 // bytes that a field or an element may take
	from = s.cursor
	for _, e := range s.doc.Meta.Document {
		if e.Key == key {
			from = s.doc.Source.Offset(e.Line)
		}
	}
	for _, f := range s.doc.Meta.Fields {
		if f.ID == r.Field {
			from = s.doc.Source.Offset(f.Line)
		}
	}
	text := strings.TrimSpace(r.Text)
	at := strings.Index(s.doc.Source.Text[from:], text)
	if text == "" || at < 0 || key+r.Field != "" && at > near {
		return from, false
	}
	if at += from; key+r.Field == "" {
		s.cursor = at
	}
	return at - strings.Index(r.Text, text), true
}
