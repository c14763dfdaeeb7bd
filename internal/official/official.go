// Package official is the model of a 公文 and its faces. A document.Form with the values of
// its fields makes a Document, which holds the elements of GB/T 9704-2012; Compose sets a Document
// in paragraphs with the standard's measures; Text, Rich and Word draw those paragraphs as
// plain text, as HTML to paste into Word or WPS, and as a .docx.
//
// What the browser does while a form is filled in (filling, composing, the faces) is the same
// code a second time, in assets/fill; testdata/vectors.json, written here, holds the two
// together. Values are data: nothing in them is ever markup. The package knows no disk, no
// site and no page.
package official

import "strings"

// Format is one of the layouts of GB/T 9704-2012, or the plain one of 事务文书.
type Format string

// The formats: clause 7, clause 10.1, 10.2 and 10.3; FormatPlain is no format of the standard.
const (
	FormatCommon  Format = "通用"
	FormatLetter  Format = "信函"
	FormatOrder   Format = "命令"
	FormatMinutes Format = "纪要"
	FormatPlain   Format = "事务"
)

// Seal is how a document is signed (clause 7.3.5).
type Seal string

// The three cases of clause 7.3.5: 7.3.5.1 and 7.3.5.2, 7.3.5.3.
const (
	SealStamp     Seal = "盖章"
	SealNone      Seal = "不盖章"
	SealSignature Seal = "签名章"
)

// Run is text in one form. Face is "" for the face of its paragraph, else faceHei or faceKai. Field is
// the field that the text is the value of; a Gap is one that is not filled in, and its text the
// mark 【字段】.
type Run struct {
	Text  string `json:"text"`
	Face  string `json:"face,omitempty"`
	Bold  bool   `json:"bold,omitempty"`
	Field string `json:"field,omitempty"`
	Gap   bool   `json:"gap,omitempty"`
}

// Line is one line of an element.
type Line []Run

// String returns the text of a line.
func (l Line) String() string {
	var b strings.Builder
	for _, r := range l {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Block is a paragraph of the text, a heading (Level > 0), or a row of a table.
type Block struct {
	Line  Line
	Level int
	Row   bool
	Head  bool // the first row of a table
	Cells []Line
}

// Attachment is a 附件 on a page of its own (7.3.7).
type Attachment struct {
	Title     Line
	Landscape bool
	Blocks    []Block
}

// Document holds the eighteen elements of a 公文: by their keys those outside the text (see
// document.ElementKeys), the text, and the attachments. The seal is Seal, and page numbers
// follow from the format.
type Document struct {
	Format      Format
	Seal        Seal
	Elements    map[string][]Line
	Body        []Block
	Attachments []Attachment
}
