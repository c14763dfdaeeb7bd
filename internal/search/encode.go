package search

import (
	"bytes"
	"encoding/json"
	"unicode/utf16"
)

// FormatVersion is the version of the files. A runtime refuses any other.
//
//	1  bigrams with places, impacts, names and texts by page (first version)
//	2  index.js is packed and holds what ranking needs of pages: sections, kinds, tags
//	3  places in files of their own, levels for impacts, inherited titles, directories of
//	   terms, sounds, folding, synonyms, file names that are checksums
//	4  what repeats in a file of names or texts is a reference to what stands before
const FormatVersion = 4

// fileSizes are how large the files of an index become, in bytes. A query reads a term shard for
// each of its terms, and a list of results a name shard and a text shard for nearly every line
// of it, so these are small.
type fileSizes struct{ terms, places, names, texts, pairs int }

// On a large site a query reads more of everything, so its files are smaller; on others larger
// ones are half as many files to write, and to carry on a stick.
var (
	largeSite = fileSizes{terms: 4 << 10, places: 8 << 10, names: 1 << 10, texts: 3 << 10, pairs: 3 << 10}
	smallSite = fileSizes{terms: 8 << 10, places: 8 << 10, names: 3 << 10, texts: 9 << 10, pairs: 6 << 10}
)

// manySections is how many sections make a site a large one.
const manySections = 30000

func (x *Index) sizes() *fileSizes {
	if x.starts[len(x.starts)-1] > manySections {
		return &largeSite
	}
	return &smallSite
}

// placeChunk is how many bytes the places of one frequent term take before they are cut.
const placeChunk = 4 << 10

// How many shards one directory lists.
const (
	directoryTerms = 32
	directoryNames = 64
)

// IndexName is the one file of the index with a fixed name; it names all others. Names are
// relative to the root of the site.
const IndexName = "search/index.js"

// hashLength is the length of a file's name in base 32: enough to tell the files of one index
// apart.
const hashLength = 10

// hashOf names a file by what it holds, so that a browser can tell cheaply that it got what was
// written, also where crypto.subtle is missing. It is no defence against malice: who can write
// these files can write the pages.
func hashOf(content string) string {
	const base32 = "0123456789abcdefghijklmnopqrstuv"
	a, b := uint32(0xdeadbeef), uint32(0x41c6ce57)
	for _, r := range content {
		if r < 0x10000 {
			a, b = (a^uint32(r))*2654435761, (b^uint32(r))*1597334677
			continue
		}
		high, low := utf16.EncodeRune(r)
		a, b = (a^uint32(high))*2654435761, (b^uint32(high))*1597334677
		a, b = (a^uint32(low))*2654435761, (b^uint32(low))*1597334677
	}
	a = (a^a>>16)*2246822507 ^ (b^b>>13)*3266489909
	b = (b^b>>16)*2246822507 ^ (a^a>>13)*3266489909
	name := make([]byte, hashLength)
	for i := range name {
		if i < hashLength/2 {
			name[i] = base32[a>>(5*i)&31]
		} else {
			name[i] = base32[b>>(5*(i-hashLength/2))&31]
		}
	}
	return string(name)
}

// script is a classic script that hands over a string under a key.
func script(key, content string) []byte {
	var b bytes.Buffer
	b.WriteString(`wenfang.put("` + key + `",`)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(content); err != nil {
		panic(err) // a string
	}
	b.Truncate(b.Len() - 1)
	b.WriteString(");\n")
	return b.Bytes()
}

// packer writes integers and strings as characters.
type packer struct{ b []byte }

func (p *packer) reset() { p.b = p.b[:0] }

// digits is the number of characters that numbers are written with: printable ASCII without the
// quotation mark and the reverse solidus, which JSON would write as two.
const digits = 93

// spans are how many first characters begin a number of one, two … characters.
var spans = [...]int{60, 24, 7, 1, 1}

// number writes n ≥ 0 in one to five characters; see FORMAT.md. More than seventy million it cannot.
func (p *packer) number(n int) {
	first, many := 0, 1
	for i, span := range spans {
		if n < span*many {
			p.digit(first + n/many)
			for range i {
				n %= many
				many /= digits
				p.digit(n / many)
			}
			return
		}
		n -= span * many
		first += span
		many *= digits
	}
	panic("search: a number beyond what the index can hold")
}

func (p *packer) digit(v int) {
	c := 0x20 + v
	if c >= '"' {
		c++
	}
	if c >= '\\' {
		c++
	}
	p.b = append(p.b, byte(c))
}

// text writes a string behind its length in UTF-16 units.
func (p *packer) text(s string) {
	p.number(unitsOf(s))
	p.b = append(p.b, s...)
}

// packed writes the numbers that another packer wrote, behind their length.
func (p *packer) packed(numbers []byte) {
	p.number(len(numbers))
	p.b = append(p.b, numbers...)
}

func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
