package document

import (
	"cmp"
	"fmt"
)

// Kind is what a page is for. It chooses the layout.
type Kind string

// The kinds that a file may name, and those of pages that the site makes itself.
const (
	KindHome      Kind = "home"
	KindSection   Kind = "section"
	KindGuide     Kind = "guide"
	KindLesson    Kind = "lesson"
	KindTemplate  Kind = "template"
	KindSample    Kind = "sample"
	KindReference Kind = "reference"
	KindGlossary  Kind = "glossary"

	KindTag      Kind = "tag"
	KindSearch   Kind = "search"
	KindNotFound Kind = "404"
)

// Kinds are the kinds that a file may name.
var Kinds = []Kind{KindHome, KindSection, KindGuide, KindLesson, KindTemplate, KindSample, KindReference, KindGlossary}

// Meta is the front matter of a page. Zero values mean that the key is absent.
type Meta struct {
	Kind        Kind
	Order       *int
	Draft       bool
	Title       string
	Description string
	Tags        []string
	Aliases     []string
	Date        Date
	Updated     Date
	Owner       string
	Review      Date
	Basis       []string
	Status      Status
	Audience    []string
	Genre       string
	Direction   string
	Scenes      []string
	Format      string
	Fields      []Field
	Document    []Element
	Rules       []string
	Related     []Reference
}

// Reference is a value of front matter that names another page, with its place.
type Reference struct {
	Target string
	Line   int
	Col    int
}

// Status is the standing of a page.
type Status string

// A page without a status is in force.
const (
	StatusCurrent Status = "现行"
	StatusDraft   Status = "修订中"
	StatusRevoked Status = "已废止"
)

// Statuses are the values of the key status.
var Statuses = []Status{StatusCurrent, StatusDraft, StatusRevoked}

// Date is a day of the calendar; the zero Date is no date.
type Date struct{ Year, Month, Day int }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as 2026-03-05, or "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day)) < 0
}

// Field is one thing that the writer of a template fills in.
type Field struct {
	ID       string // the word the writer reads, in hanzi: 会议名称
	Label    string // defaults to ID
	Type     FieldType
	Required bool
	Default  string
	Example  string
	Help     string
	Pattern  string
	Choices  []string
	Rule     string
	Line     int
}

// FieldType is the kind of value that a field holds.
type FieldType string

// FieldTypes are the values of a field's type; text is the default.
var FieldTypes = []FieldType{"text", "paragraph", "date", "number", "choice", "list"}

// Element is one element of a 公文 outside its body, in the order of the standard: the
// issuer's mark, the number, the title … Values hold one line each and may name fields.
type Element struct {
	Key    string
	Values []string
	Line   int
	Col    int
}

// ElementKeys are the keys of document:, in the order in which the elements stand on the
// sheet (GB/T 9704-2012, clause 7). seal is how the document is signed, main are 主送机关 that
// stand in 版记, and present, excused and observers the names of 纪要.
var ElementKeys = []string{
	"copyno", "secrecy", "urgency", "mark", "number", "signer", "title", "recipients",
	"present", "excused", "observers", "attachments", "issuer", "date", "seal", "notes",
	"main", "copies", "printer", "printed",
}
