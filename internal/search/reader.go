package search

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"unicode/utf16"
)

// Reader answers queries from the files of an index. It reads a file when a query first needs
// it. A Reader is not safe for concurrent use.
type Reader struct {
	read  func(name string) ([]byte, error)
	dir   directory
	files map[string][]uint16
	terms map[string]map[string]*postings // by shard
}

// Open reads the directory of an index; read returns the file of a name.
func Open(read func(name string) ([]byte, error)) (*Reader, error) {
	r := &Reader{read: read, files: map[string][]uint16{}, terms: map[string]map[string]*postings{}}
	data, err := read(IndexName)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	content, err := contentOf(data, "index")
	if err != nil {
		return nil, err
	}
	r.dir, err = readDirectory(utf16.Encode([]rune(content)))
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Build returns the build that the index belongs to.
func (r *Reader) Build() string { return r.dir.build }

// contentOf takes the string out of a script.
func contentOf(data []byte, key string) (string, error) {
	text, ok := strings.CutPrefix(string(data), `wenfang.put("`+key+`",`)
	text, ok2 := strings.CutSuffix(text, ");\n")
	var content string
	if !ok || !ok2 || json.Unmarshal([]byte(text), &content) != nil {
		return "", fmt.Errorf("search index: %s is damaged or of another build", key)
	}
	return content, nil
}

// shard returns the characters of a shard as UTF-16 units, as a browser counts them.
func (r *Reader) shard(hash string) ([]uint16, error) {
	if units, ok := r.files[hash]; ok {
		return units, nil
	}
	data, err := r.read("search/" + hash + ".js")
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	content, err := contentOf(data, hash)
	if err != nil {
		return nil, err
	}
	units := utf16.Encode([]rune(content))
	r.files[hash] = units
	return units, nil
}

// unpacker reads what packer wrote. After a fault it reads zeros.
type unpacker struct {
	units []uint16
	at    int
	bad   bool
}

func (u *unpacker) more() bool { return !u.bad && u.at < len(u.units) }

func (u *unpacker) unit() int {
	if u.at >= len(u.units) {
		u.bad = true
		return 0
	}
	c := int(u.units[u.at])
	u.at++
	return c
}

func (u *unpacker) number() int {
	c := u.unit()
	if c >= 0x2100 {
		return 8000 + (c-0x2100)<<12 + u.small(u.unit())
	}
	return u.small(c)
}

// small returns the number of one character.
func (u *unpacker) small(c int) int {
	switch {
	case c >= 0xa0:
		return c - 0xa0 + 93
	case c < 0x20 || c == '"' || c == '\\' || c >= 0x7f:
		u.bad = true
		return 0
	}
	n := c - 0x20
	if c > '\\' {
		n--
	}
	if c > '"' {
		n--
	}
	return n
}

func (u *unpacker) part() []uint16 {
	n := u.number()
	if n < 0 || n > len(u.units)-u.at {
		u.bad = true
		return nil
	}
	part := u.units[u.at : u.at+n]
	u.at += n
	return part
}

// count reads how many things follow; each takes one unit or more, so that a damaged file
// cannot ask for more than it holds.
func (u *unpacker) count() int {
	n := u.number()
	if u.bad || n > len(u.units)-u.at {
		u.bad = true
		return 0
	}
	return n
}

// fixed reads n units.
func (u *unpacker) fixed(n int) string {
	if n > len(u.units)-u.at {
		u.bad = true
		return ""
	}
	u.at += n
	return string(utf16.Decode(u.units[u.at-n : u.at]))
}

func (u *unpacker) text() string { return string(utf16.Decode(u.part())) }

// postings is one term as it stands in a shard.
type postings struct {
	df   int
	data []uint16
}

// posting is a term in a section.
type posting struct {
	section int
	impact  float64
	title   named
	heading named
	body    []int
}

// named is the places of a term in a name and the width of the name.
type named struct {
	width  int
	places []int
}

// each calls f with the postings in the order of sections.
func (p *postings) each(sections int, f func(posting)) error {
	u := unpacker{units: p.data}
	section := 0
	for u.more() {
		section += u.number()
		mask := u.number()
		q := posting{section: section, impact: float64(u.number()) / impactScale}
		if mask&(1<<fieldTitle) != 0 {
			q.title = named{u.number(), u.places()}
		}
		if mask&(1<<fieldHeading) != 0 {
			q.heading = named{u.number(), u.places()}
		}
		if mask&(1<<fieldBody) != 0 {
			q.body = u.places()
		}
		if u.bad || section >= sections {
			return fmt.Errorf("search index: a shard is damaged")
		}
		f(q)
	}
	return nil
}

func (u *unpacker) places() []int {
	n := u.number()
	if n > len(u.units)-u.at {
		u.bad = true
		return nil
	}
	places := make([]int, n)
	pos := 0
	for i := range places {
		pos += u.number()
		places[i] = pos
	}
	return places
}

// termsOf returns the terms of a shard.
func (r *Reader) termsOf(hash string) (map[string]*postings, error) {
	if terms, ok := r.terms[hash]; ok {
		return terms, nil
	}
	units, err := r.shard(hash)
	if err != nil {
		return nil, err
	}
	terms := map[string]*postings{}
	u := unpacker{units: units}
	var before []rune
	for u.more() {
		shared := u.number()
		rest := []rune(u.text())
		df, data := u.number(), u.part()
		if u.bad || shared > len(before) {
			return nil, fmt.Errorf("search index: %s is damaged", hash)
		}
		before = append(append([]rune{}, before[:shared]...), rest...)
		terms[string(before)] = &postings{df, data}
	}
	if u.bad {
		return nil, fmt.Errorf("search index: %s is damaged", hash)
	}
	r.terms[hash] = terms
	return terms, nil
}

// shardOf returns the index of the shard that holds a term if any does, -1 for none.
func (r *Reader) shardOf(term string) int {
	return sort.Search(len(r.dir.terms), func(i int) bool { return r.dir.terms[i].first > term }) - 1
}

func (r *Reader) term(term string) (*postings, error) {
	i := r.shardOf(term)
	if i < 0 {
		return nil, nil
	}
	terms, err := r.termsOf(r.dir.terms[i].hash)
	if err != nil {
		return nil, err
	}
	return terms[term], nil
}

// prefixShards is how many shards are read for the words that begin with a prefix.
const prefixShards = 3

// beginning returns the terms that begin with a prefix, sorted.
func (r *Reader) beginning(prefix string) (map[string]*postings, error) {
	found := map[string]*postings{}
	start := max(0, r.shardOf(prefix))
	for i := start; i < len(r.dir.terms) && i < start+prefixShards; i++ {
		if i > start && !strings.HasPrefix(r.dir.terms[i].first, prefix) {
			break
		}
		terms, err := r.termsOf(r.dir.terms[i].hash)
		if err != nil {
			return nil, err
		}
		for term, p := range terms {
			if strings.HasPrefix(term, prefix) {
				found[term] = p
			}
		}
	}
	return found, nil
}

// pageName is a page as results show it.
type pageName struct {
	url, path, title string
	first            int // number of its first section
	sections         []Section
}

// pageNumber returns the number of the page of a section.
func (r *Reader) pageNumber(section int) int {
	return sort.SearchInts(r.dir.starts, section+1) - 1
}

// namesOf returns a reader of the name shard that holds a section, the files of the shard's
// texts, and the number of its first section.
func (r *Reader) namesOf(section int) (*unpacker, []spanFile, int, error) {
	i := sort.Search(len(r.dir.names), func(i int) bool { return r.dir.names[i].section > section }) - 1
	if i < 0 {
		return nil, nil, 0, fmt.Errorf("search index: no names for section %d", section)
	}
	units, err := r.shard(r.dir.names[i].hash)
	if err != nil {
		return nil, nil, 0, err
	}
	u := &unpacker{units: units}
	first := r.dir.names[i].section
	at := first
	var texts []spanFile
	for range u.count() {
		n := u.number()
		texts = append(texts, spanFile{at, u.fixed(hashLength)})
		at += n
	}
	return u, texts, first, nil
}

// pageOf returns the names of the page of a section.
func (r *Reader) pageOf(section int) (*pageName, error) {
	u, _, next, err := r.namesOf(section)
	if err != nil {
		return nil, err
	}
	for u.more() {
		p := &pageName{url: u.text(), path: u.text(), title: u.text(), first: next}
		for range u.count() {
			p.sections = append(p.sections, Section{Heading: u.text(), Anchor: u.text()})
		}
		next += len(p.sections)
		if !u.bad && section < next {
			return p, nil
		}
	}
	return nil, fmt.Errorf("search index: names are damaged")
}

// textOf returns the text of a section.
func (r *Reader) textOf(section int) (string, error) {
	_, texts, _, err := r.namesOf(section)
	if err != nil {
		return "", err
	}
	i := sort.Search(len(texts), func(i int) bool { return texts[i].section > section }) - 1
	if i < 0 {
		return "", fmt.Errorf("search index: no text for section %d", section)
	}
	units, err := r.shard(texts[i].hash)
	if err != nil {
		return "", err
	}
	u := unpacker{units: units}
	for n := texts[i].section; u.more(); n++ {
		part := u.part()
		if n == section && !u.bad {
			return string(utf16.Decode(part)), nil
		}
	}
	return "", fmt.Errorf("search index: texts are damaged")
}
