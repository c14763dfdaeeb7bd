package search

import (
	"slices"
	"unicode/utf8"

	"wenfang/internal/cjk"
)

// blockPages is how many pages have name shards of their own: they are packed apart from each
// other, and what an edit changes stays near it.
const blockPages = 256

// Pack packs the index. The pieces of the work do not depend on each other: run calls work
// with every number below n, in any order, also at once. Each file goes to emit as soon as it
// is made, also from several pieces at once, and equal ones more than once; its bytes are made
// when they are asked for, since one with its name may be there already. build is kept in
// index.js; pages carry it too, so that an old page does not use a new index. Equal pages give
// equal bytes.
func (x *Index) Pack(build string, run func(n int, work func(i int)), emit func(name string, data func() []byte)) {
	d := directory{build: build, starts: x.starts, synonyms: x.synonyms}
	for _, p := range x.pages {
		d.kinds = append(d.kinds, p.Kind)
		d.tags = append(d.tags, p.Tags)
	}
	writer := func(written func(content string) string) func(content string) string {
		return func(content string) string {
			hash := hashOf(content)
			emit("search/"+hash+".js", func() []byte { return script(hash, written(content)) })
			return hash
		}
	}
	add := writer(func(content string) string { return content }) // of numbers hardly any repeat
	addText := writer(shorten)
	terms := make([][]termFile, len(borders)+1)
	names := make([][]spanFile, (len(x.pages)+blockPages-1)/blockPages)
	hanzi, traditional := make([]int, len(names)), make([]int, len(names))
	run(1+len(terms)+len(names), func(i int) {
		if i == 0 {
			d.sounds = add(packSounds())
			return
		}
		if i--; i < len(terms) {
			x.packTerms(i, add, func(f termFile) { terms[i] = append(terms[i], f) })
			return
		}
		i -= len(terms)
		hanzi[i], traditional[i] = x.scripts(i)
		x.packNames(i, addText, func(section int, content string) { names[i] = append(names[i], spanFile{section, addText(content)}) })
	})
	d.terms, d.names = packTermFiles(slices.Concat(terms...), add), packNameFiles(slices.Concat(names...), add)
	d.traditional = sum(traditional)*someTraditional > sum(hanzi)
	d.folding = add(x.packFolding())
	d.pairs = packTermFiles(packPairs(slices.Concat(x.pairs[:]...), x.sizes().pairs, add), add)
	index := d.pack()
	emit(IndexName, func() []byte { return script("index", index) })
}

// someTraditional is the part of the hanzi, one in so many, from which on a site's texts count as
// traditional: the browser then folds them before it marks words.
const someTraditional = 100

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

// packFolding packs the traditional characters of those that occur, each behind its simplified
// form.
func (x *Index) packFolding() string {
	var p packer
	for _, pair := range cjk.Traditional() {
		if slices.ContainsFunc(x.hanzi[:], func(of map[rune]bool) bool { return of[pair[1]] }) {
			p.b = utf8.AppendRune(utf8.AppendRune(p.b, pair[1]), pair[0])
		}
	}
	return string(p.b)
}

// scripts counts the hanzi of a block, and those of them that are traditional.
func (x *Index) scripts(block int) (hanzi, traditional int) {
	count := func(text string) {
		for _, r := range text {
			if r >= 0x3400 && r <= 0x9FFF {
				hanzi++
				traditional += bit(cjk.Simplify(r) != r)
			}
		}
	}
	for _, p := range x.pages[block*blockPages : min((block+1)*blockPages, len(x.pages))] {
		count(p.Title)
		for i := range p.Sections {
			count(p.Sections[i].Heading)
			count(p.Sections[i].Text)
		}
	}
	return hanzi, traditional
}

// packNames packs what is shown of the pages of a block and their sections, each shard with the
// list of the files of its sections' texts: who shows a result needs both, and the directory
// stays short.
func (x *Index) packNames(block int, add func(content string) string, emit func(section int, content string)) {
	var names packer
	var sections []*Section
	from := block * blockPages
	first := x.starts[from]
	shut := func(next int) {
		var shard packer
		packTexts(&shard, sections, x.sizes().texts, add)
		emit(first, string(append(shard.b, names.b...)))
		names, sections, first = packer{}, nil, next
	}
	for i := from; i < min(from+blockPages, len(x.pages)); i++ {
		p := x.pages[i]
		if len(names.b) > x.sizes().names {
			shut(x.starts[i])
		}
		for _, text := range []string{shortURL(p), p.Path, p.Title} {
			names.text(text)
		}
		names.number(len(p.Sections))
		for j := range p.Sections {
			names.text(p.Sections[j].Heading)
			names.text(shortAnchor(&p.Sections[j]))
			sections = append(sections, &p.Sections[j])
		}
	}
	shut(0)
}

// shortURL is an address as it is packed: empty where it follows from the path.
func shortURL(p *Page) string {
	if p.URL == p.Path+".html" {
		return ""
	}
	return p.URL
}

// sameAnchor stands for an anchor that is the heading itself.
const sameAnchor = "#"

// shortAnchor is an anchor as it is packed.
func shortAnchor(s *Section) string {
	if s.Anchor != "" && s.Anchor == s.Heading {
		return sameAnchor
	}
	return s.Anchor
}

// packTexts packs the texts that excerpts are cut from, and writes how many sections each file
// holds and its hash.
func packTexts(list *packer, sections []*Section, size int, add func(content string) string) {
	var files, texts packer
	count := 0
	for i := 0; i < len(sections); count++ {
		texts.b = texts.b[:0]
		from := i
		for i < len(sections) && (i == from || len(texts.b)+len(sections[i].Text) <= size) {
			texts.text(sections[i].Text)
			i++
		}
		files.number(i - from)
		files.b = append(files.b, add(string(texts.b))...)
	}
	list.number(count)
	list.b = append(list.b, files.b...)
}
