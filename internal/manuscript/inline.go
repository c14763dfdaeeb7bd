package manuscript

import (
	"slices"
	"strings"
)

// inline leaves the marks of Markdown out of a paragraph: emphasis, code, links, footnotes, HTML.
func inline(b *builder) *builder {
	s := &stripper{in: b, out: &builder{end: b.end}}
	for s.i < len(b.runes) {
		s.step()
	}
	return s.out
}

// stripper walks over a paragraph.
type stripper struct {
	in, out *builder
	i       int
}

// reach bounds how far the other end of a mark is looked for: time stays linear.
const reach = 400

func (s *stripper) keep() {
	s.out.runes = append(s.out.runes, s.in.runes[s.i])
	s.out.at = append(s.out.at, s.in.at[s.i])
	s.i++
}

// object leaves n characters out and puts one Object there.
func (s *stripper) object(n int) {
	s.out.runes = append(s.out.runes, Object)
	s.out.at = append(s.out.at, s.in.at[s.i])
	s.i += n
}

func (s *stripper) at(n int) rune {
	if s.i+n < len(s.in.runes) {
		return s.in.runes[s.i+n]
	}
	return 0
}

// find returns the distance to text, or -1.
func (s *stripper) find(from int, text string) int {
	want := []rune(text)
	for n := from; n < reach && s.i+n+len(want) <= len(s.in.runes); n++ {
		if slices.Equal(s.in.runes[s.i+n:s.i+n+len(want)], want) {
			return n
		}
	}
	return -1
}

func (s *stripper) step() {
	c := s.at(0)
	switch {
	case c == '\\' && strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s.at(1)) && s.at(1) != 0:
		s.i++
		s.keep()
	case c == '`':
		s.code()
	case c == '*':
		s.i++
		s.leadSpace()
	case c == '=' && s.at(1) == '=', c == '~' && s.at(1) == '~', c == '_' && s.at(1) == '_' && s.at(2) != '_' && s.find(2, "__") > 0:
		s.i += 2
	case c == '!' && s.at(1) == '[':
		if n := s.find(2, "]("); n > 0 {
			if end := s.find(n, ")"); end > 0 {
				s.object(end + 1)
				return
			}
		}
		s.keep()
	case c == '[':
		s.link()
	case c == ']':
		s.target()
	case c == '<':
		s.tag()
	default:
		s.keep()
	}
}

// leadSpace leaves out the space that Markdown wants behind **词。** where Chinese has none.
func (s *stripper) leadSpace() {
	n := len(s.out.runes)
	if n > 0 && s.at(0) == ' ' && s.at(1) > 0x2e80 && strings.ContainsRune("，。；：！？、”》）", s.out.runes[n-1]) {
		s.i++
	}
}

// code leaves a span of code out.
func (s *stripper) code() {
	n := 1
	for s.at(n) == '`' {
		n++
	}
	marks := strings.Repeat("`", n)
	if end := s.find(n, marks); end > 0 && n < 20 {
		s.object(end + n)
		return
	}
	for range n {
		s.keep()
	}
}

// link leaves out the bracket that opens a link, whole footnotes and the names of rules.
func (s *stripper) link() {
	switch {
	case s.at(1) == '^':
		if end := s.find(2, "]"); end > 0 && end < 60 {
			s.i += end + 1
			return
		}
	case s.at(1) == '[':
		end := s.find(2, "]]")
		if end < 0 || end > 120 {
			break
		}
		if strings.HasPrefix(string(s.in.runes[s.i+2:s.i+end]), "rule:") {
			s.object(end + 2)
			return
		}
		s.i += 2
		return
	case s.find(1, "](") > 0:
		s.i++
		return
	}
	s.keep()
}

// target leaves out what follows the words of a link.
func (s *stripper) target() {
	if s.at(1) == ']' && s.wasWiki() {
		s.i += 2
		return
	}
	if s.at(1) == '(' {
		depth := 0
		for n := 1; n < reach && s.at(n) != 0; n++ {
			switch s.at(n) {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth == 0 {
				s.i += n + 1
				return
			}
		}
	}
	s.keep()
}

// wasWiki reports whether [[ stands not far before.
func (s *stripper) wasWiki() bool {
	for n := s.i - 1; n > 0 && n > s.i-120; n-- {
		if s.in.runes[n] == '[' {
			return s.in.runes[n-1] == '['
		}
	}
	return false
}

// tag leaves HTML and <addresses> out.
func (s *stripper) tag() {
	c := s.at(1)
	if c == '/' || c == '!' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		if end := s.find(1, ">"); end > 0 && end < 300 {
			s.object(end + 1)
			return
		}
	}
	s.keep()
}
