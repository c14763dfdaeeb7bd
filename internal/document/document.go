// Package document turns the bytes of one file into a Document: front matter, HTML body,
// headings, links, code blocks, passages for search, and the problems found on the way.
//
// Parse depends on that file alone. Whatever needs a second file (where a link leads, which
// words are glossary terms, how a code block is highlighted) or the reader's language is
// left as a hole in the Body, which package render fills. A Document is immutable and is
// shared between snapshots.
//
// The central types are Document, Meta and Body. Each construct that Markdown does not have of
// itself lives in a file of its own, with its parser and its HTML. limits.go says how much a
// page may cost.
//
// # What a Body is made of
//
// No element has a style attribute or a handler. Ids of headings and terms keep hanzi; those
// that the program makes are fn-1 fnref-1 (footnotes) and note-1 ref-1 (notes of a sample), and
// f-1 is the form's field that a placeholder leads to. No author's id is one of these or
// begins with wf-, which is for layouts. The classes are:
//
//	table[tabindex] > table              al-l al-c al-r on cells
//	tasks > task                         lists with boxes to tick
//	fnref, footnotes, footnotes-title, fnback
//	terms                                the definition list of a glossary
//	anchor                               what is left of an h1 that gave the title
//	raw, plain                           raw HTML shown as text, a whole page shown as text
//	broken, broken image                 a link that may lead nowhere
//	callout callout-note …               > [!NOTE], :::note; callout-title
//	box box-summary box-basis box-pitfall box-case, box alone; box-title
//	box checklist, details
//	contrast > contrast-title, pair > wrong right; tag
//	question[data-type, data-rule] > question-type, stem, options > option[data-right],
//	         answer > answer-key, reasons > reason[data-right], explanation
//	sheet-body                           the document of a template or sample (Document.Sheet)
//	ph[data-field]                       a field of a template: 【字段】
//	when[data-field, data-when]          what depends on a field, data-when set or unset
//	row > notes > note note-措辞[data-type] > note-head (note-no note-type note-claim)
//	noted[data-type], ref                the words that a note speaks of, and its number
//
// The package knows nothing of sites, addresses, layouts or the disk.
package document

import (
	"slices"
	"strings"

	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// Document is one parsed file. What decides its place in a site, and what it links to, stands
// together at the beginning: every save has a look at these of all documents.
type Document struct {
	Path    string    // slash-separated, relative to the content root: "guide/a.md"
	Key     string    // see KeyOf
	Address string    // see AddressOf
	Title   string    // front matter, else the first h1, else the file's name
	Targets []uint32  // hashes (HashTarget) of the keys and titles that Outward and Meta.Related name
	Rank    Rank      // among its siblings
	Folder  bool      // a folder's own page
	Rules   []RuleRef // of writing, that the page names
	Meta    Meta

	Source   *source.File // decoded text, for excerpts and the Markdown beside the page
	Front    string       // the front matter as it stands in the file; Meta follows from it
	Body     Body
	Sheet    Body      // of a template or sample: the text of the document itself, before the first thematic break
	Attached Body      // the attachments of the document
	Draft    Draft     // the same as data
	Headings []Heading // h1 left out; in order
	Links    []Link    // links and images, in order; holes name them by index
	Outward  []int32   // indices of the Links that may lead to another page of the site
	Codes    []Code    // code blocks, in order; holes name them by index
	Passages []Passage // sections for search, in order; the first one may have no heading
	Terms    []Term    // only of kind glossary
	Summary  string    // the first paragraph as plain text, at most 120 characters
	Anchors  []string  // every id in the body, sorted: headings, terms, notes
	Counts   Counts
	Problems diag.List

	comments []stretch // of the source: HTML comments, in order
	ownTitle bool      // the body has an h1 that says the title
}

// Heading is a heading of level 2 to 6. Text is plain.
type Heading struct {
	Level int
	Text  string
	ID    string
	Line  int
}

// RuleRef is a rule of writing that a page names. Line is known for questions, else 0.
type RuleRef struct {
	ID   string
	By   RuleFace
	Line int
}

// RuleFace says by what a page names a rule.
type RuleFace uint8

// A page lists rules in its front matter, hints at one beside a field, links to one, or asks for
// one in a question.
const (
	RuleListed RuleFace = iota
	RuleHinted
	RuleLinked
	RuleAsked
)

// LinkKind says how a link was written.
type LinkKind uint8

// Links are ordinary, wiki links [[题名]], rule links [[rule:ID]], or images.
const (
	LinkPlain LinkKind = iota
	LinkWiki
	LinkRule
	LinkImage
)

// Link is one link or image as written. Target is the destination after unescaping and
// percent-decoding of nothing: exactly what the author meant as an address, without the
// fragment, which is Fragment (decoded, without #). For wiki links Target is the title.
// External is true for http, https, mailto and tel. A destination with any other scheme is
// reported by Parse and is no Link: its text stands in the Body, marked as broken.
type Link struct {
	Kind     LinkKind
	Target   string
	Key      string // LinkKey of Target where it names something inside the site
	Fragment string
	Query    string // "?…" as written, or ""
	External bool
	Title    string // title attribute
	Alt      string // of an image
	Text     string // plain text of the link
	Pos      diag.Pos
	Width    int // characters of the destination as written, for the caret
}

// isOutward reports whether a link may lead to another page of the site.
func (l *Link) isOutward() bool {
	return !l.External && l.Target != "" && (l.Kind == LinkPlain || l.Kind == LinkWiki)
}

// addTarget notes what a link names.
func (d *Document) addTarget(link *Link) {
	name := link.Key
	if link.Kind == LinkWiki {
		name = link.Target
	}
	if hash := HashTarget(name); !slices.Contains(d.Targets, hash) {
		d.Targets = append(d.Targets, hash)
	}
}

// RelatedLink returns an entry of related: as the link that it is: a path if it looks like one,
// a title otherwise.
func (d *Document) RelatedLink(ref Reference) Link {
	link := Link{
		Target: ref.Target,
		Pos:    diag.Pos{Path: d.Path, Line: ref.Line, Col: ref.Col},
		Width:  len([]rune(ref.Target)),
	}
	if !strings.ContainsAny(ref.Target, "./") {
		link.Kind = LinkWiki
		return link
	}
	link.Target, link.Fragment, _ = strings.Cut(ref.Target, "#")
	link.Key, _ = LinkKey(d.Path, link.Target)
	return link
}

// Code is one code block. Lang is the first word of the fence's info string in lower case.
// Marks are the line numbers to mark, Start the number of the first line; Numbers asks for
// line numbers to be shown.
type Code struct {
	Lang    string
	Text    string
	Title   string
	Marks   []int
	Start   int
	Numbers bool
	Line    int
}

// Limits of highlighting. Beyond them a block is shown plain: lexers are regular expressions
// with backtracking, and their time must not depend on an author's mood.
const (
	MaxCode     = 64 << 10 // bytes of one block
	MaxCodeLine = 2000     // bytes of one line
)

// Highlightable reports whether the code is within the limits.
func (c *Code) Highlightable() bool {
	if len(c.Text) > MaxCode {
		return false
	}
	for line := range strings.Lines(c.Text) {
		if len(line) > MaxCodeLine {
			return false
		}
	}
	return true
}

// Passage is one section of the text for search: a heading and what stands between it and
// the next one, as plain text with one line per block.
type Passage struct {
	Heading string
	Anchor  string
	Level   int
	Text    string
	Links   []Stretch // of Text, that lead to other pages of the site, in order
}

// Stretch is a part of a text, in bytes.
type Stretch struct{ Start, End int }

// Term is one entry of a glossary: its names, the first being the main one, the id of its
// place, and its definition as plain text.
type Term struct {
	Names      []string
	ID         string
	Definition string
	Line       int
}

// Counts are the sizes of the body's text: Han characters and Latin words (numbers count
// as words).
type Counts struct {
	Han   int
	Words int
}
