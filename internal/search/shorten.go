package search

import (
	"unicode/utf16"
	"unicode/utf8"
)

// refMark begins a reference to what stands before in a file: a distance and a length follow.
// Distance 0 stands for the mark itself.
const refMark = 0x7f

// A reference is as long as this or longer, and not longer than that: a damaged file cannot ask
// for much more than it holds.
const (
	refLeast = 3
	refMost  = 250
)

// refTries is how many earlier places are compared at each place: more gain little.
const refTries = 4

// shorten writes what repeats in a content as references, in UTF-16 units.
func shorten(content string) string {
	length := 0
	for _, r := range content {
		length += utf16.RuneLen(r)
	}
	units := make([]uint16, 0, length)
	for _, r := range content {
		units = utf16.AppendRune(units, r)
	}
	s := shortener{units: units, before: make([]int32, len(units)), out: packer{make([]byte, 0, len(content))}}
	for i := 0; i < len(units); {
		i += s.step(i)
	}
	return string(s.out.b)
}

type shortener struct {
	units  []uint16
	last   [1 << 12]int32 // by hash of three units: one more than where they stood last
	before []int32        // the place before with the same hash
	out    packer
}

// step writes what stands at a place, and returns how many units that were.
func (s *shortener) step(at int) int {
	from, n, saved := s.longest(at)
	switch unit := s.units[at]; {
	case saved > 0:
		s.out.b = append(s.out.b, refMark)
		s.out.number(at - from)
		s.out.number(n - refLeast)
	case unit == refMark:
		s.out.b = append(s.out.b, refMark)
		s.out.number(0)
		n = 1
	case utf16.IsSurrogate(rune(unit)):
		s.out.b = utf8.AppendRune(s.out.b, utf16.DecodeRune(rune(unit), rune(s.units[at+1])))
		n = 2
	default:
		s.out.b = utf8.AppendRune(s.out.b, rune(unit))
		n = 1
	}
	for i := at; i < at+n && i+refLeast <= len(s.units); i++ {
		h := s.hash(i)
		s.before[i] = s.last[h]
		s.last[h] = int32(i + 1)
	}
	return n
}

// longest finds the reference that saves the most bytes at a place.
func (s *shortener) longest(at int) (from, n, saved int) {
	if at+refLeast > len(s.units) {
		return 0, 0, 0
	}
	next := s.last[s.hash(at)]
	for range refTries {
		if next == 0 {
			break
		}
		start := int(next) - 1
		if n > 0 && (at+n >= len(s.units) || s.units[start+n] != s.units[at+n]) {
			next = s.before[start]
			continue // no longer than what was found, and farther away
		}
		length := 0
		for most := min(refMost, at-start, len(s.units)-at); length < most && s.units[start+length] == s.units[at+length]; {
			length++
		}
		if length > 0 && s.units[at+length-1]&0xfc00 == 0xd800 {
			length-- // half a character
		}
		if length >= refLeast {
			if won := s.bytes(at, length) - 1 - digitsOf(at-start) - digitsOf(length-refLeast); won > saved {
				from, n, saved = start, length, won
			}
		}
		next = s.before[start]
	}
	return from, n, saved
}

func (s *shortener) hash(at int) uint32 {
	return (uint32(s.units[at])*2654435761 ^ uint32(s.units[at+1])*1597334677 ^ uint32(s.units[at+2])*2246822507) >> 20
}

// bytes counts those that some units take in UTF-8.
func (s *shortener) bytes(at, length int) (n int) {
	for _, unit := range s.units[at : at+length] {
		switch {
		case unit < 0x80:
			n++
		case unit < 0x800 || utf16.IsSurrogate(rune(unit)):
			n += 2
		default:
			n += 3
		}
	}
	return n
}

// digitsOf is how many characters a number takes; those that occur here.
func digitsOf(n int) int {
	switch {
	case n < spans[0]:
		return 1
	case n < spans[0]+spans[1]*digits:
		return 2
	}
	return 3
}

// expand is the inverse of shorten.
func expand(units []uint16) ([]uint16, bool) {
	u := unpacker{units: units}
	var out []uint16
	copied := 0 // of units
	for i := 0; i < len(units); i = u.at {
		if units[i] != refMark {
			u.at = i + 1
			continue
		}
		out = append(out, units[copied:i]...)
		u.at = i + 1
		if distance := u.number(); distance == 0 {
			out = append(out, refMark)
		} else {
			length := u.number() + refLeast
			if u.bad || length > refMost || length > distance || distance > len(out) {
				return nil, false
			}
			from := len(out) - distance
			out = append(out, out[from:from+length]...)
		}
		copied = u.at
	}
	if u.bad {
		return nil, false
	}
	if copied == 0 {
		return units, true
	}
	return append(out, units[copied:]...), true
}
