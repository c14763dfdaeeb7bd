package main

import (
	"strconv"
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/document"
	"wenfang/internal/manuscript"
	"wenfang/internal/source"
)

// sampleKinds are the elements of a document that stand above its text, and those below it, in
// the order of the sheet, with what the rules call them.
var (
	above = []struct{ key, lead, kind string }{
		{"copyno", "", string(check.KindHeader)}, {"secrecy", "", string(check.KindHeader)}, {"urgency", "", string(check.KindHeader)},
		{"mark", "", string(check.KindHeader)}, {"number", "", string(check.KindHeader)}, {"signer", "签发人：", string(check.KindHeader)},
		{"title", "", string(check.KindTitle)}, {"recipients", "", string(check.KindRecipient)},
	}
	below = []struct{ key, lead, kind string }{
		{"attachments", "附件：", string(check.KindAttach)}, {"issuer", "", string(check.KindSign)}, {"date", "", string(check.KindDate)},
		{"notes", "", string(check.KindNote)}, {"copies", "抄送：", string(check.KindImprint)},
	}
)

// sampleManuscript returns a sample as the document that it shows.
func sampleManuscript(doc *document.Document) *manuscript.Manuscript {
	whole := doc.Source
	body := manuscript.Markdown(whole, true)
	m := &manuscript.Manuscript{Path: doc.Path, File: whole}
	for _, e := range above {
		m.Paragraphs = append(m.Paragraphs, elements(doc, e.key, e.lead, e.kind)...)
	}
	for _, e := range body.Exceptions {
		if e.Paragraph >= 0 {
			e.Paragraph += len(m.Paragraphs)
		}
		m.Exceptions = append(m.Exceptions, e)
	}
	m.Paragraphs = append(m.Paragraphs, body.Paragraphs...)
	for _, e := range below {
		m.Paragraphs = append(m.Paragraphs, elements(doc, e.key, e.lead, e.kind)...)
	}
	return m
}

// elements returns the lines of one element, each at its place in the front matter.
func elements(doc *document.Document, key, lead, kind string) []manuscript.Paragraph {
	var out []manuscript.Paragraph
	for _, e := range doc.Meta.Document {
		if e.Key != key {
			continue
		}
		for i, value := range e.Values {
			head := lead
			if i > 0 {
				head = ""
			}
			if key == "attachments" && len(e.Values) > 1 {
				head += strconv.Itoa(i+1) + "."
			}
			if strings.HasPrefix(value, head) {
				head = ""
			}
			out = append(out, placed(doc.Source, head, value, kind, e.Line))
		}
	}
	return out
}

// placed returns a paragraph whose characters stand where the value stands at or below a line.
func placed(file *source.File, head, value, kind string, line int) manuscript.Paragraph {
	p := manuscript.Paragraph{Text: head + value, Kind: kind, Line: line}
	from := file.Offset(line)
	at := strings.Index(file.Text[from:], value)
	exact := at >= 0 && at < 2000
	if exact {
		from += at
	}
	for range head {
		p.At = append(p.At, from)
	}
	for i := range value {
		if exact {
			p.At = append(p.At, from+i)
		} else {
			p.At = append(p.At, from)
		}
	}
	end := from
	if exact {
		end += len(value)
	}
	p.At = append(p.At, end)
	return p
}
