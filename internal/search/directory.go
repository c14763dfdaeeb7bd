package search

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf16"
)

var errDamaged = errors.New("search index: a file is damaged or of another build")

// directory is the content of index.js: the files by what they hold, and of each page what
// ranking and filters need, so that names are read only for the results that are shown.
type directory struct {
	build       string
	sections    int
	starts      []int    // first section of each page, and behind them the number of sections
	kinds       []string // of each page
	tags        [][]string
	synonyms    [][]string
	traditional bool       // the texts hold traditional characters
	folding     string     // file of traditional characters
	sounds      string     // file of syllables
	pairs       []termFile // directories of pairs of the text, by first sound
	terms       []termFile // directories of terms, by first term
	names       []spanFile // directories of names, by first section
}

// termFile is a term shard and the file of its places; of a directory of terms, the first alone.
type termFile struct{ first, hash, places string }

type spanFile struct {
	section int
	hash    string
}

// pack writes the directory as FORMAT.md has it.
func (d *directory) pack() string {
	var p packer
	p.text(d.build)
	p.number(len(d.kinds))
	for i := range d.kinds {
		p.number(d.starts[i+1] - d.starts[i])
	}
	d.packKinds(&p)
	d.packTags(&p)
	p.number(len(d.synonyms))
	for _, group := range d.synonyms {
		p.number(len(group))
		for _, name := range group {
			p.text(name)
		}
	}
	p.number(bit(d.traditional))
	p.b = append(p.b, d.folding+d.sounds...)
	for _, files := range [][]termFile{d.pairs, d.terms} {
		p.number(len(files))
		for _, f := range files {
			p.text(f.first)
			p.b = append(p.b, f.hash...)
		}
	}
	p.number(len(d.names))
	p.spans(d.names)
	var whole packer
	whole.number(FormatVersion)
	return string(whole.b) + hashOf(string(p.b)) + string(p.b)
}

// packTermFiles packs the term shards in directories, and adds these.
func packTermFiles(shards []termFile, add func(content string) string) (directories []termFile) {
	for group := range slices.Chunk(shards, directoryTerms) {
		var p packer
		for _, f := range group {
			p.text(f.first)
			p.b = append(p.b, f.hash+f.places...)
		}
		directories = append(directories, termFile{first: group[0].first, hash: add(string(p.b))})
	}
	return directories
}

// spans writes files by their first section.
func (p *packer) spans(files []spanFile) {
	before := 0
	for _, f := range files {
		p.number(f.section - before)
		p.b = append(p.b, f.hash...)
		before = f.section
	}
}

// packNameFiles packs the name shards in directories, and adds these.
func packNameFiles(shards []spanFile, add func(content string) string) (directories []spanFile) {
	for group := range slices.Chunk(shards, directoryNames) {
		var p packer
		p.spans(group)
		directories = append(directories, spanFile{group[0].section, add(string(p.b))})
	}
	return directories
}

// packKinds writes kinds as stretches of pages of one kind.
func (d *directory) packKinds(p *packer) {
	for i := 0; i < len(d.kinds); {
		end := i
		for end < len(d.kinds) && d.kinds[end] == d.kinds[i] {
			end++
		}
		p.text(d.kinds[i])
		p.number(end - i)
		i = end
	}
}

// packTags writes each tag, in the order of its first page, with its pages.
func (d *directory) packTags(p *packer) {
	var order []string
	pages := map[string][]int{}
	for page, tags := range d.tags {
		for _, tag := range tags {
			if pages[tag] == nil {
				order = append(order, tag)
			}
			pages[tag] = append(pages[tag], page)
		}
	}
	p.number(len(order))
	for _, tag := range order {
		p.text(tag)
		p.number(len(pages[tag]))
		before := 0
		for _, page := range pages[tag] {
			p.number(page - before)
			before = page
		}
	}
}

// readDirectory is the inverse of pack.
func readDirectory(units []uint16) (directory, error) {
	u := unpacker{units: units}
	if v := u.number(); u.bad || v != FormatVersion {
		return directory{}, fmt.Errorf("search index: version %d, want %d", v, FormatVersion)
	}
	if sum := u.fixed(hashLength); u.bad || sum != hashOf(string(utf16.Decode(u.units[u.at:]))) {
		return directory{}, errDamaged
	}
	d := directory{build: u.text(), starts: []int{0}}
	for range u.count() {
		d.sections += u.number()
		d.starts = append(d.starts, d.sections)
	}
	d.readPages(&u)
	for range u.count() {
		var group []string
		for range u.count() {
			group = append(group, u.text())
		}
		d.synonyms = append(d.synonyms, group)
	}
	d.traditional = u.number() == 1
	d.folding, d.sounds = u.fixed(hashLength), u.fixed(hashLength)
	for _, files := range []*[]termFile{&d.pairs, &d.terms} {
		for range u.count() {
			*files = append(*files, termFile{first: u.text(), hash: u.fixed(hashLength)})
		}
	}
	d.names = u.spans(u.count())
	if u.bad || u.more() {
		return directory{}, errDamaged
	}
	return d, nil
}

// spans reads n files by their first section; fewer if the text ends before.
func (u *unpacker) spans(n int) (files []spanFile) {
	section := 0
	for ; n > 0 && u.more(); n-- {
		section += u.number()
		files = append(files, spanFile{section, u.fixed(hashLength)})
	}
	return files
}

// readTermFiles reads a directory of terms.
func readTermFiles(units []uint16) (shards []termFile, ok bool) {
	u := unpacker{units: units}
	for u.more() {
		shards = append(shards, termFile{u.text(), u.fixed(hashLength), u.fixed(hashLength)})
	}
	return shards, !u.bad
}

// readPages reads kinds and tags.
func (d *directory) readPages(u *unpacker) {
	pages := len(d.starts) - 1
	for len(d.kinds) < pages && !u.bad {
		kind, n := u.text(), u.number()
		if n == 0 || n > pages-len(d.kinds) {
			u.bad = true
			return
		}
		for range n {
			d.kinds = append(d.kinds, kind)
		}
	}
	d.tags = make([][]string, pages)
	for range u.count() {
		tag, page := u.text(), 0
		for range u.count() {
			if page += u.number(); page >= pages {
				u.bad = true
				return
			}
			d.tags[page] = append(d.tags[page], tag)
		}
	}
}
