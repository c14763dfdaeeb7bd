package diag

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"
)

// Record is a problem as other programs read it. Its keys are an interface. Line and Col
// count from 1, Col and Width in code points; 0 is unknown.
type Record struct {
	Path     string  `json:"path"`
	Line     int     `json:"line"`
	Col      int     `json:"col"`
	Severity string  `json:"severity"` // error, warning or info
	ID       string  `json:"id"`
	Message  string  `json:"message"`
	Hint     string  `json:"hint,omitempty"`
	Width    int     `json:"width,omitempty"`
	Excerpt  string  `json:"excerpt,omitempty"`
	Related  []Place `json:"related,omitempty"`
}

// Place is a Pos of a Record.
type Place struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

// Records returns problems as other programs read them; never nil.
func (l List) Records(words *Words) []Record {
	records := make([]Record, 0, len(l))
	for _, d := range l {
		message, hint := words.Message(d)
		r := Record{
			Path: d.Path, Line: d.Line, Col: d.Col,
			Severity: d.Severity.String(), ID: d.ID,
			Message: message, Hint: hint, Width: d.Width, Excerpt: d.Excerpt,
		}
		for _, p := range d.Related {
			r.Related = append(r.Related, Place(p))
		}
		records = append(records, r)
	}
	return records
}

// WriteJSON writes problems as one JSON array.
func WriteJSON(w io.Writer, l List, words *Words) error {
	return EncodeJSON(w, l.Records(words))
}

// EncodeJSON writes v as indented JSON that is safe to show on a terminal: hanzi and markup
// stay as they are, what Escape would escape is written as \u….
func EncodeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	// Whatever is not ASCII stands inside a string, where \u… means the same.
	out := make([]byte, 0, b.Len())
	for rest := b.Bytes(); len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r >= 0x7f && r != utf8.RuneError && isUnsafe(r) {
			out = append(out, jsonEscape(r)...)
		} else {
			out = append(out, rest[:size]...)
		}
		rest = rest[size:]
	}
	_, err := w.Write(out)
	return err
}

// jsonEscape returns r as one or two UTF-16 units.
func jsonEscape(r rune) string {
	if r <= 0xffff {
		return escapeRune(r)
	}
	r -= 0x10000
	return escapeRune(0xd800+r>>10) + escapeRune(0xdc00+r&0x3ff)
}
