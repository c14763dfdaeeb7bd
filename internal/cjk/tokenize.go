package cjk

import (
	"iter"
	"unicode"
)

// Run is a stretch of folded text of one class: Han characters (with kana and hangul, which
// also have no spaces), or one word of letters and digits. A border between the two ends a
// run: API接口 is api and 接口.
//
// Pos counts Han characters and words from the start of the text. Punctuation, a line
// break, or a space between two Han characters leaves one position free, so that runs
// are neighbours only where a reader would read on; API 接口 and API接口 count alike.
type Run struct {
	Han   bool
	Chars []rune   // folded, hanzi simplified
	At    []int    // byte offset of each character in the source
	End   int      // byte offset behind the run
	Pos   int      // of the first character (Han) or of the word
	Parts [][2]int // ranges of Chars: the parts of an identifier, where there are several
}

// Width is the number of positions that the run takes.
func (r *Run) Width() int {
	if r.Han {
		return len(r.Chars)
	}
	return 1
}

// maxWord is where words are cut: longer ones are data, not words.
const maxWord = 64

// Runs returns the runs of text in order. The Run is reused: it is good until the next one.
func Runs(text string) iter.Seq[*Run] {
	return func(yield func(*Run) bool) {
		s := scanner{folder: folder{text: text}}
		for s.scan() {
			if !yield(&s.run) {
				return
			}
		}
	}
}

type class uint8

const (
	classPunct class = iota
	classSpace
	classHan
	classWord
)

// scanner cuts text into runs.
type scanner struct {
	folder
	run    Run
	upper  []int8 // of each character of a word: 1 upper case, 2 digit, 0 else
	peeked bool
	r      rune
	at     int
	more   bool
	begun  bool // a run has been read before
}

func (s *scanner) peek() bool {
	if !s.peeked {
		s.r, s.at, s.more = s.next()
		s.peeked = true
	}
	return s.more
}

func (s *scanner) scan() bool {
	for {
		wasHan, pos := s.run.Han, s.run.Pos+s.run.Width()
		if !s.begun {
			pos = 0
		}
		punct, space := s.skip()
		if !s.peek() {
			return false
		}
		han := classify(s.r) == classHan
		if s.begun && (punct || space && wasHan && han) {
			pos++
		}
		s.run = Run{Han: han, Chars: s.run.Chars[:0], At: s.run.At[:0], Parts: s.run.Parts[:0], Pos: pos}
		if han {
			s.readHan()
		} else if !s.readWord() {
			// nothing but low lines: punctuation after all
			s.run.Pos, s.run.Han = pos, true
			if s.begun {
				s.run.Pos++
			}
			continue
		}
		s.begun = true
		return true
	}
}

// skip passes over what stands between runs.
func (s *scanner) skip() (punct, space bool) {
	for s.peek() {
		switch classify(s.r) {
		case classPunct:
			punct = true
		case classSpace:
			space = true
		default:
			return punct, space
		}
		s.peeked = false
	}
	return punct, space
}

func (s *scanner) readHan() {
	for s.peek() && classify(s.r) == classHan {
		s.run.Chars = append(s.run.Chars, Simplify(s.r))
		s.run.At = append(s.run.At, s.at)
		s.peeked = false
	}
	s.end()
}

// readWord reads letters, digits and the low lines between them.
func (s *scanner) readWord() bool {
	s.upper = s.upper[:0]
	low := 0 // low lines at the end
	for s.peek() && classify(s.r) == classWord {
		r := s.r
		s.peeked = false
		if r == '_' && len(s.run.Chars) == 0 || len(s.run.Chars) >= maxWord {
			continue
		}
		low++
		if r != '_' {
			low = 0
		}
		s.run.Chars = append(s.run.Chars, unicode.ToLower(r))
		s.run.At = append(s.run.At, s.at)
		s.upper = append(s.upper, caseOf(r))
	}
	s.end()
	if low > 0 {
		n := len(s.run.Chars) - low
		s.run.End = s.run.At[n]
		s.run.Chars, s.run.At = s.run.Chars[:n], s.run.At[:n]
	}
	s.cutParts()
	return len(s.run.Chars) > 0
}

func (s *scanner) end() {
	s.run.End = len(s.text)
	if !s.peek() {
		return
	}
	s.run.End = s.at
	if n := len(s.run.At); n > 0 && s.at == s.run.At[n-1] {
		s.run.End = s.i // the next character comes from the same cluster, as the ) of ㈱
	}
}

func caseOf(r rune) int8 {
	switch {
	case r >= 'a' && r <= 'z':
		return 0
	case r >= 'A' && r <= 'Z':
		return 1
	case unicode.IsNumber(r):
		return 2
	case r >= 0x80 && unicode.IsUpper(r):
		return 1
	}
	return 0
}

// cutParts finds the parts of an identifier: getElementById, HTTPServer, snake_case, utf8.
// A single character is no part.
func (s *scanner) cutParts() {
	from := 0
	cut := func(to int) {
		if to-from >= 2 {
			s.run.Parts = append(s.run.Parts, [2]int{from, to})
		}
		from = to
	}
	chars := s.run.Chars
	for i := 1; i < len(chars); i++ {
		before, here := s.upper[i-1], s.upper[i]
		switch {
		case chars[i] == '_':
			cut(i)
			from = i + 1
		case chars[i-1] == '_':
		case (before == 2) != (here == 2),
			before == 0 && here == 1,
			before == 1 && here == 1 && i+1 < len(chars) && s.upper[i+1] == 0 && chars[i+1] != '_':
			cut(i)
		}
	}
	if from > 0 {
		cut(len(chars))
	}
}

func classify(r rune) class {
	switch {
	case r < 0x80:
		return asciiClass(r)
	case IsHanLike(r):
		return classHan
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.M, r):
		return classWord
	}
	return classPunct
}

func asciiClass(r rune) class {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
		return classWord
	case r == ' ', r == '\t':
		return classSpace
	}
	return classPunct
}

// IsHanLike reports whether r belongs to a script that search cuts into pairs of characters:
// hanzi, kana, hangul, bopomofo.
func IsHanLike(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r <= 0x4DBF:
		return true
	case r < 0x1100:
		return false
	case r <= 0x11FF, r >= 0xAC00 && r <= 0xD7AF, r >= 0xF900 && r <= 0xFAFF,
		r >= 0x20000 && r <= 0x3FFFF, r >= 0x1B000 && r <= 0x1B16F:
		return true
	case r >= 0x3005 && r <= 0x318F:
		return r <= 0x3007 || r >= 0x3021 && r <= 0x3029 || r >= 0x3031 && r <= 0x3035 ||
			r >= 0x3041 && r <= 0x3096 || r >= 0x309D && r <= 0x309F ||
			r >= 0x30A1 && r <= 0x30FA || r >= 0x30FC
	}
	return r >= 0x31A0 && r <= 0x31BF || r >= 0x31F0 && r <= 0x31FF
}
