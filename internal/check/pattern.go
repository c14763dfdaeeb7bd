package check

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

// The limits that keep two engines equal and every rule linear: a browser's expressions try every
// way back, so what one attempt may cost is bounded, and attempts are made only where the first
// character fits.
const (
	maxRepeat = 400  // of one repetition
	maxFirst  = 8000 // characters that a pattern may begin with
)

// compiled is a pattern made ready.
type compiled struct {
	Pattern
	start  bool           // only at the beginning of a paragraph
	re     *regexp.Regexp // anchored at its beginning
	reach  int            // bytes of the longest match
	next   *regexp.Regexp // anchored too, or nil
	ahead  int            // bytes of the longest match of next
	prev   runeSet
	before bool    // prev is set
	alone  bool    // prev: nothing may be before it
	first  runeSet // what a match begins with
}

// runeSet is pairs of first and last.
type runeSet []rune

func (s runeSet) has(r rune) bool {
	for i := 0; i < len(s); i += 2 {
		if s[i] <= r && r <= s[i+1] {
			return true
		}
	}
	return false
}

func (s runeSet) size() int {
	n := 0
	for i := 0; i < len(s); i += 2 {
		n += int(s[i+1]-s[i]) + 1
	}
	return n
}

// compile checks a pattern against the common subset and makes it ready.
func compile(p Pattern) (*compiled, error) {
	c := &compiled{Pattern: p}
	re, start := strings.CutPrefix(p.Re, "^")
	c.start = start
	tree, err := parseSubset(re)
	if err != nil {
		return nil, err
	}
	first, empty := firstOf(tree)
	if empty || first.size() > maxFirst {
		return nil, fmt.Errorf("pattern %q may begin with anything", p.Re)
	}
	c.first, c.reach = first, 4*longest(tree)
	c.re = regexp.MustCompile("^(?:" + re + ")")
	if p.Next != "" {
		tree, err := parseSubset(p.Next)
		if err != nil {
			return nil, err
		}
		c.next, c.ahead = regexp.MustCompile("^(?:"+p.Next+")"), 4*longest(tree)
	}
	if p.Prev != "" {
		class, optional := strings.CutSuffix(p.Prev, "?")
		tree, err := parseSubset(class)
		if err != nil {
			return nil, err
		}
		if longest(tree) != 1 {
			return nil, fmt.Errorf("prev %q is no class", p.Prev)
		}
		set, _ := firstOf(tree)
		c.prev, c.before, c.alone = set, true, optional
	}
	return c, nil
}

// notCommon are writings that Go and browsers read differently, or that one of them refuses.
var notCommon = []string{`\s`, `\S`, `\d`, `\D`, `\w`, `\W`, `\b`, `\B`, `\p`, `\u`, `\x`, `(?=`, `(?!`, `(?<`, `(?P`, `(?i`, `(?s`, `(?m`, `.*`, `.+`}

// parseSubset parses an expression and refuses what is not in the common subset: no shorthand
// classes, no look-around, no flags, no repetition without an end or inside another.
func parseSubset(expr string) (*syntax.Regexp, error) {
	for _, s := range notCommon {
		if strings.Contains(expr, s) {
			return nil, fmt.Errorf("pattern %q: %s is not in the common subset", expr, s)
		}
	}
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", expr, err)
	}
	if err := bounded(tree, false); err != nil {
		return nil, fmt.Errorf("pattern %q: %w", expr, err)
	}
	return tree, nil
}

func bounded(t *syntax.Regexp, inside bool) error {
	switch t.Op {
	case syntax.OpStar, syntax.OpPlus:
		return fmt.Errorf("a repetition without an end")
	case syntax.OpRepeat:
		if t.Max < 0 || t.Max > maxRepeat {
			return fmt.Errorf("a repetition without an end")
		}
		if inside && t.Max > 20 {
			return fmt.Errorf("a repetition inside another")
		}
		inside = inside || t.Max > 1
	case syntax.OpBeginText, syntax.OpBeginLine:
		return fmt.Errorf("^ inside")
	}
	for _, sub := range t.Sub {
		if err := bounded(sub, inside); err != nil {
			return err
		}
	}
	return nil
}

// longest returns the characters of the longest match.
func longest(t *syntax.Regexp) int {
	n := 0
	switch t.Op {
	case syntax.OpLiteral:
		return len(t.Rune)
	case syntax.OpCharClass, syntax.OpAnyCharNotNL, syntax.OpAnyChar:
		return 1
	case syntax.OpRepeat:
		return t.Max * longest(t.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range t.Sub {
			n = max(n, longest(sub))
		}
		return n
	}
	for _, sub := range t.Sub {
		n += longest(sub)
	}
	return n
}

// firstOf returns the characters that a match can begin with, and whether it can be empty.
func firstOf(t *syntax.Regexp) (set runeSet, empty bool) {
	switch t.Op {
	case syntax.OpLiteral:
		return runeSet{t.Rune[0], t.Rune[0]}, false
	case syntax.OpCharClass:
		return runeSet(t.Rune), false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return runeSet{0, 0x10ffff}, false
	case syntax.OpCapture:
		return firstOf(t.Sub[0])
	case syntax.OpQuest:
		set, _ = firstOf(t.Sub[0])
		return set, true
	case syntax.OpRepeat:
		set, empty = firstOf(t.Sub[0])
		return set, empty || t.Min == 0
	case syntax.OpAlternate:
		for _, sub := range t.Sub {
			s, e := firstOf(sub)
			set, empty = append(set, s...), empty || e
		}
		return set, empty
	case syntax.OpConcat:
		for _, sub := range t.Sub {
			s, e := firstOf(sub)
			set = append(set, s...)
			if !e {
				return set, false
			}
		}
		return set, true
	}
	return nil, true
}

// match tries the pattern at character i of a paragraph and returns the end of the match.
func (c *compiled) match(p *Para, i int) (end int, ok bool) {
	if c.before {
		if i == 0 {
			if !c.alone {
				return 0, false
			}
		} else if !c.prev.has(p.runes[i-1]) {
			return 0, false
		}
	}
	from := int(p.offsets[i])
	loc := c.re.FindStringIndex(p.text[from:min(len(p.text), from+c.reach+4)])
	if loc == nil {
		return 0, false
	}
	to := from + loc[1]
	if c.next != nil && !c.next.MatchString(p.text[to:min(len(p.text), to+c.ahead+4)]) {
		return 0, false
	}
	return i + runesIn(p.text[from:to]), true
}

func runesIn(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}

// groups returns the match at character i and its groups.
func (c *compiled) groups(p *Para, i, end int) []string {
	from := int(p.offsets[i])
	text := p.text[from:min(len(p.text), from+c.reach+4)]
	return c.re.FindStringSubmatch(text)
}
