package search

import "fmt"

// directory is the content of index.js: the files by what they hold, and of each page what
// ranking and filters need, so that names are read only for the results that are shown.
type directory struct {
	build    string
	sections int
	starts   []int    // first section of each page, and behind them the number of sections
	kinds    []string // of each page
	tags     [][]string
	terms    []termFile // by first term
	names    []spanFile // by first section
}

type termFile struct{ first, hash string }

type spanFile struct {
	section int
	hash    string
}

// hashLength is the length of a hash, in hexadecimal digits: enough to tell the files of one
// index apart, and most of what the directory of a large site consists of.
const hashLength = 10

// pack writes the directory as FORMAT.md has it.
func (d *directory) pack() string {
	var p packer
	p.number(FormatVersion)
	p.text(d.build)
	p.number(len(d.kinds))
	for i := range d.kinds {
		p.number(d.starts[i+1] - d.starts[i])
	}
	d.packKinds(&p)
	d.packTags(&p)
	p.number(len(d.terms))
	for _, f := range d.terms {
		p.text(f.first)
		p.b = append(p.b, f.hash...)
	}
	p.number(len(d.names))
	before := 0
	for _, f := range d.names {
		p.number(f.section - before)
		p.b = append(p.b, f.hash...)
		before = f.section
	}
	return string(p.b)
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
	d := directory{build: u.text(), starts: []int{0}}
	for range u.count() {
		d.sections += u.number()
		d.starts = append(d.starts, d.sections)
	}
	d.readPages(&u)
	for range u.count() {
		d.terms = append(d.terms, termFile{u.text(), u.fixed(hashLength)})
	}
	section := 0
	for range u.count() {
		section += u.number()
		d.names = append(d.names, spanFile{section, u.fixed(hashLength)})
	}
	if u.bad || u.more() {
		return directory{}, fmt.Errorf("search index: index is damaged")
	}
	return d, nil
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
