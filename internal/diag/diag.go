// Package diag holds problems as values. A user's mistake is a Diagnostic: a place, an
// identifier and the facts that its words need; the words themselves live in the catalogues,
// one folder per language, so that the list of all diagnostics is also their documentation.
//
// The central types are Pos, Diagnostic, List and Words. The package prints nothing and
// exits nothing; it knows neither Markdown nor sites.
package diag

import (
	"cmp"
	"slices"
)

// Severity says what a diagnostic does to a build.
type Severity uint8

// A build with errors publishes nothing (unless told to keep going); warnings and
// notices are only printed.
const (
	Info Severity = iota
	Warning
	Error
)

func (s Severity) String() string {
	return [...]string{"info", "warning", "error"}[s]
}

// Pos is a place in a file. Line and Col count from 1, Col in characters (code points);
// zero means unknown. Path is slash-separated and relative to the site folder.
type Pos struct {
	Path string
	Line int
	Col  int
}

// Diagnostic is one problem. ID names an entry of the catalogues, Args are the facts its
// words mention, Excerpt is the source line at Pos (empty when there is none), Width the
// number of characters that the caret underlines.
type Diagnostic struct {
	Pos
	ID       string
	Severity Severity
	Args     Args
	Excerpt  string
	Width    int
	Related  []Pos
	Said     *Entry // its words, where the id is that of a writing rule and not of a catalogue
}

// NewSaid returns a diagnostic whose words are given: the id is that of a writing rule, which
// the registry does not know.
func NewSaid(pos Pos, id string, severity Severity, said Entry) Diagnostic {
	return Diagnostic{Pos: pos, ID: id, Severity: severity, Said: &said}
}

// Args are the named facts of a diagnostic. Values are shown as they are.
type Args map[string]string

// New returns the diagnostic id at pos. The severity is that of the registry; an id that
// the registry does not know is a programmer's mistake and panics.
func New(pos Pos, id string, args Args) Diagnostic {
	severity, ok := Severities[id]
	if !ok {
		panic("diag: unknown id " + id)
	}
	return Diagnostic{Pos: pos, ID: id, Severity: severity, Args: args}
}

// List is a set of problems.
type List []Diagnostic

// Add appends the diagnostic id at pos.
func (l *List) Add(pos Pos, id string, args Args) {
	*l = append(*l, New(pos, id, args))
}

// Sort orders by path, line, column and id, and drops exact repetitions.
func (l List) Sort() List {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.ID, b.ID),
		)
	})
	return slices.CompactFunc(l, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.ID == b.ID && sameArgs(a.Args, b.Args) && (a.Said == nil) == (b.Said == nil) && (a.Said == nil || *a.Said == *b.Said)
	})
}

func sameArgs(a, b Args) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// Count returns the number of diagnostics of exactly the given severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Strict returns the list with every warning raised to an error.
func (l List) Strict() List {
	out := slices.Clone(l)
	for i := range out {
		if out[i].Severity == Warning {
			out[i].Severity = Error
		}
	}
	return out
}
