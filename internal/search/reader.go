package search

import (
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strings"
	"unicode/utf16"
)

// Reader answers queries from the files of an index. It reads a file when a query first needs
// it. A Reader is not safe for concurrent use.
type Reader struct {
	read        func(name string) ([]byte, error)
	dir         directory
	files       map[string][]uint16
	terms       map[string]map[string]*postings // by shard
	directories map[string][]termFile
	sounds      map[rune]string
}

// Open reads the directory of an index; read returns the file of a name.
func Open(read func(name string) ([]byte, error)) (*Reader, error) {
	r := &Reader{
		read: read, files: map[string][]uint16{}, terms: map[string]map[string]*postings{}, directories: map[string][]termFile{},
	}
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
	units, ok := expand(utf16.Encode([]rune(content)))
	if !ok || hashOf(string(utf16.Decode(units))) != hash {
		return nil, errDamaged
	}
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
	v := u.digit()
	base, many := 0, 1
	for i, span := range spans {
		if v < span {
			n := v
			for range i {
				n = n*digits + u.digit()
			}
			return base + n
		}
		v -= span
		base += span * many
		many *= digits
	}
	u.bad = true
	return 0
}

// digit returns the value of one character of a number.
func (u *unpacker) digit() int {
	c := u.unit()
	if c < 0x20 || c == '"' || c == '\\' || c >= 0x7f {
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
	df     int
	data   []uint16
	places []placeFile
}

// placeFile holds the places of some postings of a term in the body: a file or a stretch of one.
type placeFile struct {
	hash     string
	postings int // how many; the rest in the last file
	from, to int // to 0: the whole file
}

// posting is a term in a section.
type posting struct {
	section int
	mask    int
	impact  float64
	title   named
	heading named
	body    []int
}

// named is the places of a term in a name and the width of the name. A place is doubled, and
// one more for what is only a part of the word that stands there.
type named struct {
	width  int
	places []int
}

// all returns the postings of a term in the order of sections. Each section of a page inherits
// the page's title.
func (r *Reader) all(p *postings) ([]posting, error) {
	u := unpacker{units: p.data}
	var list []posting
	section := 0
	for u.more() {
		n := u.number()
		section += n / postingCodes
		q := posting{section: section}
		switch code := n % postingCodes; code {
		default:
			q.mask, q.impact = maskBody, bodyImpacts[code]
		case codeLink, codeNames:
			level := u.number()
			q.mask = maskBody | maskLink
			if code == codeNames {
				level, q.mask = level>>3, level&(maskTitle|maskHeading|maskBody)
			}
			if level >= nameLevels {
				return nil, errDamaged
			}
			q.impact = nameImpacts[level]
			if q.mask&maskTitle != 0 {
				q.title = named{u.number(), u.namePlaces()}
			}
			if q.mask&maskHeading != 0 {
				q.heading = named{u.number(), u.namePlaces()}
			}
		}
		if u.bad || section >= r.dir.sections {
			return nil, errDamaged
		}
		list = append(list, q)
	}
	if err := r.readPlaces(p, list); err != nil {
		return nil, err
	}
	return r.inherit(list), nil
}

// inherit gives every section of a page the page's title.
func (r *Reader) inherit(list []posting) []posting {
	var out []posting
	for i := 0; i < len(list); {
		q := list[i]
		i++
		out = append(out, q)
		page := r.pageNumber(q.section)
		if q.mask&maskTitle == 0 || q.section != r.dir.starts[page] {
			continue
		}
		for s := q.section + 1; s < r.dir.starts[page+1]; s++ {
			other := posting{section: s}
			if i < len(list) && list[i].section == s {
				other = list[i]
				i++
			}
			other.mask |= maskTitle
			other.title = q.title
			other.impact += inherited
			out = append(out, other)
		}
	}
	return out
}

// readPlaces reads where a term stands in the body.
func (r *Reader) readPlaces(p *postings, list []posting) error {
	files := p.places
	var u unpacker
	left := 0
	for i := range list {
		if list[i].mask&maskBody == 0 {
			continue
		}
		if left == 0 {
			if len(files) == 0 {
				return errDamaged
			}
			units, err := r.shard(files[0].hash)
			if err != nil {
				return err
			}
			if f := files[0]; f.to > 0 {
				if f.to > len(units) || f.from > f.to {
					return errDamaged
				}
				units = units[f.from:f.to]
			}
			u, left, files = unpacker{units: units}, files[0].postings, files[1:]
		}
		list[i].body = u.bodyPlaces()
		left--
		if u.bad {
			return errDamaged
		}
	}
	return nil
}

func (u *unpacker) namePlaces() (places []int) {
	pos := 0
	for u.more() {
		n := u.number()
		pos += n >> 2
		places = append(places, pos<<1|n>>1&1)
		if n&1 == 1 {
			return places
		}
	}
	u.bad = true
	return places
}

func (u *unpacker) bodyPlaces() (places []int) {
	pos := 0
	for u.more() {
		n := u.number()
		pos += n >> 1
		places = append(places, pos)
		if n&1 == 1 {
			return places
		}
	}
	u.bad = true
	return places
}

// termsOf returns the terms of a shard.
func (r *Reader) termsOf(f termFile) (map[string]*postings, error) {
	if terms, ok := r.terms[f.hash]; ok {
		return terms, nil
	}
	units, err := r.shard(f.hash)
	if err != nil {
		return nil, err
	}
	terms := map[string]*postings{}
	u := unpacker{units: units}
	var before []rune
	at := 0 // in the file of places
	for u.more() {
		shared := u.number()
		rest := []rune(u.text())
		p := &postings{df: u.number()}
		if n := u.number(); n&1 == 1 {
			for range n >> 1 {
				p.places = append(p.places, placeFile{postings: u.number(), hash: u.fixed(hashLength)})
				if u.bad {
					return nil, errDamaged
				}
			}
		} else if n > 0 {
			p.places = []placeFile{{hash: f.places, postings: math.MaxInt, from: at, to: at + n>>1}}
			at += n >> 1
		}
		p.data = u.part()
		if u.bad || shared > len(before) {
			return nil, errDamaged
		}
		before = append(append([]rune{}, before[:shared]...), rest...)
		terms[string(before)] = p
	}
	if u.bad {
		return nil, errDamaged
	}
	r.terms[f.hash] = terms
	return terms, nil
}

// shardOf returns the index of the last of some files that begin at a term or before it.
func shardOf(files []termFile, term string) int {
	return sort.Search(len(files), func(i int) bool { return files[i].first > term }) - 1
}

// shardsFrom calls f with term shards in order, from the one that would hold a term on, until
// it returns false.
func (r *Reader) shardsFrom(term string, f func(termFile) (bool, error)) error {
	for i := max(0, shardOf(r.dir.terms, term)); i < len(r.dir.terms); i++ {
		shards, err := r.directory(r.dir.terms[i].hash)
		if err != nil {
			return err
		}
		for _, shard := range shards[max(0, shardOf(shards, term)):] {
			if more, err := f(shard); !more || err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Reader) directory(hash string) ([]termFile, error) {
	if shards, ok := r.directories[hash]; ok {
		return shards, nil
	}
	units, err := r.shard(hash)
	if err != nil {
		return nil, err
	}
	shards, ok := readTermFiles(units)
	if !ok {
		return nil, errDamaged
	}
	r.directories[hash] = shards
	return shards, nil
}

func (r *Reader) term(term string) (found *postings, err error) {
	err = r.shardsFrom(term, func(f termFile) (bool, error) {
		terms, err := r.termsOf(f)
		found = terms[term]
		return false, err
	})
	return found, err
}

// prefixShards is how many shards are read for the words that begin with a prefix.
const prefixShards = 8

// beginning returns the terms that begin with a prefix, of so many shards.
func (r *Reader) beginning(prefix string, most int) (map[string]*postings, error) {
	found := map[string]*postings{}
	n := 0
	err := r.shardsFrom(prefix, func(f termFile) (bool, error) {
		if n++; n > most || n > 1 && !strings.HasPrefix(f.first, prefix) {
			return false, nil
		}
		terms, err := r.termsOf(f)
		for term, p := range terms {
			if strings.HasPrefix(term, prefix) {
				found[term] = p
			}
		}
		return true, err
	})
	return found, err
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

// spanOf returns the last of some files that begin at a section or before it.
func spanOf(files []spanFile, section int) (spanFile, bool) {
	i := sort.Search(len(files), func(i int) bool { return files[i].section > section }) - 1
	if i < 0 {
		return spanFile{}, false
	}
	return files[i], true
}

// namesOf returns a reader of the name shard that holds a section, the files of the shard's
// texts, and the number of its first section.
func (r *Reader) namesOf(section int) (*unpacker, []spanFile, int, error) {
	shard, ok := spanOf(r.dir.names, section)
	if ok {
		units, err := r.shard(shard.hash)
		if err != nil {
			return nil, nil, 0, err
		}
		u := unpacker{units: units}
		shard, ok = spanOf(u.spans(len(units)), section)
		ok = ok && !u.bad
	}
	if !ok {
		return nil, nil, 0, errDamaged
	}
	units, err := r.shard(shard.hash)
	if err != nil {
		return nil, nil, 0, err
	}
	u := &unpacker{units: units}
	first := shard.section
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
			s := Section{Heading: u.text(), Anchor: u.text()}
			if s.Anchor == sameAnchor {
				s.Anchor = s.Heading
			}
			p.sections = append(p.sections, s)
		}
		if p.url == "" {
			p.url = p.path + ".html"
		}
		next += len(p.sections)
		if !u.bad && section < next {
			return p, nil
		}
	}
	return nil, errDamaged
}

// textOf returns the text of a section.
func (r *Reader) textOf(section int) (string, error) {
	_, texts, _, err := r.namesOf(section)
	if err != nil {
		return "", err
	}
	file, ok := spanOf(texts, section)
	if !ok {
		return "", errDamaged
	}
	units, err := r.shard(file.hash)
	if err != nil {
		return "", err
	}
	u := unpacker{units: units}
	for n := file.section; u.more(); n++ {
		part := u.part()
		if n == section && !u.bad {
			return string(utf16.Decode(part)), nil
		}
	}
	return "", errDamaged
}
