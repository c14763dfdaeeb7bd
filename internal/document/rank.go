package document

import (
	"cmp"
	"encoding/binary"
	"math"
	"path"
	"strings"

	"wenfang/internal/cjk"
)

// Rank is what siblings are ordered by: the key order of the front matter, a number that the
// file's name begins with, the title by pinyin.
type Rank struct {
	order, number int
	prefix        uint64 // the first bytes of the title, which decide most comparisons
	title         string
}

// RankOf returns the rank of a page with a key (see KeyOf) and a title; order may be nil.
func RankOf(order *int, key, title string) Rank {
	r := Rank{order: math.MaxInt, number: leadingNumber(path.Base(key)), title: cjk.SortKey(title)}
	if order != nil {
		r.order = *order
	}
	var first [8]byte
	copy(first[:], r.title)
	r.prefix = binary.BigEndian.Uint64(first[:])
	return r
}

// Compare compares two ranks as cmp.Compare does.
func (r *Rank) Compare(other *Rank) int {
	c := cmp.Or(cmp.Compare(r.order, other.order), cmp.Compare(r.number, other.number), cmp.Compare(r.prefix, other.prefix))
	if c != 0 {
		return c
	}
	return strings.Compare(r.title, other.title)
}

// leadingNumber returns the number that a name begins with; a name without one comes last.
func leadingNumber(base string) int {
	n, digits := 0, 0
	for digits < len(base) && digits < 9 && base[digits] >= '0' && base[digits] <= '9' {
		n = n*10 + int(base[digits]-'0')
		digits++
	}
	if digits == 0 {
		return math.MaxInt
	}
	return n
}
