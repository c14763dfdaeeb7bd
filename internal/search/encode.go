package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"unicode/utf16"
	"unicode/utf8"
)

// FormatVersion is the version of the files. A runtime refuses any other.
//
//	1  bigrams with places, impacts, names and texts by page (first version)
//	2  index.js is packed and holds what ranking needs of pages: sections, kinds, tags
const FormatVersion = 2

// Sizes of shards, in bytes. A list of results reads a name shard and a text shard for nearly
// every line of it, so these are small.
const (
	termShard = 24 << 10
	nameShard = 4 << 10
	textShard = 8 << 10
)

// File is one file of the index. Name is relative to the root of the site.
type File struct {
	Name string
	Data []byte
}

// IndexName is the one file of the index with a fixed name; it names all others.
const IndexName = "search/index.js"

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])[:hashLength]
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

// number writes n ≥ 0 as one character, or as two from 8000 up. See FORMAT.md.
func (p *packer) number(n int) {
	const small = 8000
	if n >= small {
		p.b = utf8.AppendRune(p.b, rune(0x2100+(n-small)>>12))
		n = (n - small) & 0xfff
	}
	if n >= 93 {
		p.b = utf8.AppendRune(p.b, rune(0xa0+n-93))
		return
	}
	c := 0x20 + n
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

// packed writes what another packer wrote behind its length. It holds numbers alone, each of
// whose characters is one UTF-16 unit.
func (p *packer) packed(numbers []byte) {
	p.number(utf8.RuneCount(numbers))
	p.b = append(p.b, numbers...)
}

func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
