package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// blocksOf cuts a text into paragraphs, as the examples of rules are written.
func blocksOf(text string) []Block {
	var blocks []Block
	for line := range strings.SplitSeq(text, "\n") {
		blocks = append(blocks, Block{Text: line})
	}
	return blocks
}

// example returns the blocks and options in which an example of a rule is read: in the scope of
// the rule, where a single line does not show what it is.
func example(r *Rule, text string) ([]Block, Options) {
	blocks := blocksOf(text)
	var o Options
	s, _ := parseScope(r.Scope)
	if len(blocks) == 1 && s.kinds != nil && !slices.Contains(s.kinds, "body") {
		blocks[0].Kind = Kind(s.kinds[0])
	}
	if s.genres != nil {
		o.Genre = s.genres[0]
	}
	if s.directions != nil {
		o.Direction = s.directions[0]
	}
	if w := r.With; w != nil {
		o.House, o.Length = w.House, w.Length
		if w.Genre != "" {
			o.Genre = w.Genre
		}
	}
	return blocks, o
}

func TestExamples(t *testing.T) {
	e := New()
	for _, r := range Rules() {
		blocks, o := example(r, r.Bad)
		bad := e.Check(blocks, o)
		if !slices.ContainsFunc(bad, func(f Finding) bool { return f.Rule == r.ID }) {
			t.Errorf("%s: finds nothing in its bad example %q: %v", r.ID, r.Bad, bad)
		}
		blocks, o = example(r, r.Good)
		for _, f := range e.Check(blocks, o) {
			if f.Rule == r.ID || f.Severity == Error {
				t.Errorf("%s: %s in its good example %q at %d:%d-%d", r.ID, f.Rule, r.Good, f.Para, f.Start, f.End)
			}
		}
	}
}

// Every entry of a word list is found where it stands, and not inside its exceptions.
func TestWords(t *testing.T) {
	e := New()
	for _, r := range Rules() {
		for _, w := range parseWords(r) {
			text := "甲。" + string(w.text) + "。乙"
			got := e.Check(blocksOf(text), Options{})
			found := slices.ContainsFunc(got, func(f Finding) bool { return f.Rule == r.ID })
			if found == w.except {
				t.Errorf("%s: %q found: %v", r.ID, string(w.text), found)
			}
		}
	}
}

// nested are quotations and titles that hold each other, with a word wrong behind the inner one: the
// words are another's, no fix of them is safe.
var nested = []string{
	"会议指出，“各级要按照《条例》要求认真布署”。",
	"印发《关于“放管服”改革布署的通知》。",
}

func TestNestedQuotes(t *testing.T) {
	safe := func(text string) (found, safe bool) {
		for _, f := range New().Check(blocksOf(text), Options{}) {
			if f.Rule == "typo-office" {
				return true, f.Safe
			}
		}
		return false, false
	}
	for _, text := range nested {
		if found, safe := safe(text); !found || safe {
			t.Errorf("%q: found %v, safe %v; want found, and not safe", text, found, safe)
		}
	}
	if found, safe := safe("“甲《乙》丙”布署“丁”"); !found || !safe {
		t.Errorf("between two quotations: found %v, safe %v; want both", found, safe)
	}
}

func TestRuleCount(t *testing.T) {
	if n := len(Rules()); n < 200 {
		t.Errorf("%d rules in force, want at least 200", n)
	}
	fmt.Fprintln(t.Output(), len(Rules()), "rules")
}
