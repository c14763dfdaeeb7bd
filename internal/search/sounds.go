package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"wenfang/internal/cjk"
)

// Marks of terms that are sounds. No word and no pair of Han characters begins with them.
const (
	syllableMark = "'" // 'hui yi: two syllables that follow one another; 'yi: the last one of a run
	initialMark  = "-" // -hyt: the initials of three; -yt, -t: of the last ones of a run
)

// maxSpellings is how many readings of a few characters together are indexed.
const maxSpellings = 8

// soundTerms returns, for each character of a run of a name, the terms by which its sound is
// found.
func soundTerms(run []rune) [][]string {
	readings := cjk.ReadingsOf(run)
	terms := make([][]string, len(run))
	for i := range run {
		for _, s := range spellings(readings[i:min(i+2, len(run))]) {
			terms[i] = append(terms[i], syllableMark+strings.Join(s, " "))
		}
		for _, s := range spellings(readings[i:min(i+3, len(run))]) {
			for j := range s {
				s[j] = s[j][:1]
			}
			if term := initialMark + strings.Join(s, ""); !slices.Contains(terms[i], term) {
				terms[i] = append(terms[i], term)
			}
		}
	}
	return terms
}

// spellings returns the ways to read some characters, none if one has no reading.
func spellings(readings [][]string) [][]string {
	all := [][]string{nil}
	for _, choices := range readings {
		var longer [][]string
		for _, before := range all {
			for _, s := range choices {
				if len(longer) < maxSpellings {
					longer = append(longer, append(slices.Clip(before), s))
				}
			}
		}
		all = longer
	}
	return all
}

// syllableTerms returns the terms of syllables that follow one another.
func syllableTerms(syllables []string) []string {
	if len(syllables) == 1 {
		return []string{syllableMark + syllables[0]}
	}
	terms := make([]string, 0, len(syllables)-1)
	for i := range len(syllables) - 1 {
		terms = append(terms, syllableMark+syllables[i]+" "+syllables[i+1])
	}
	return terms
}

// initialTerms returns the terms of initials that follow one another, three letters or more.
func initialTerms(letters string) []string {
	var terms []string
	for i := range len(letters) - 2 {
		terms = append(terms, initialMark+letters[i:i+3])
	}
	return terms
}

// maxCuts is how many ways to cut letters into syllables are tried, and maxSpelled the length of
// what is cut.
const (
	maxCuts    = 4
	maxSpelled = 60
)

// cutSyllables returns the ways to cut letters into syllables, those with the fewest first. The
// last one may be cut short, which whole tells.
func cutSyllables(letters string) (cuts [][]string, whole []bool) {
	if len(letters) > maxSpelled || strings.IndexFunc(letters, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 {
		return nil, nil
	}
	letters = strings.NewReplacer("lue", "lve", "nue", "nve").Replace(letters)
	list := cjk.Syllables()
	// best[i] holds ways to cut what stands before letter i.
	best := make([][][]string, len(letters)+1)
	best[0] = [][]string{nil}
	for i := range len(letters) {
		slices.SortStableFunc(best[i], func(a, b []string) int { return len(a) - len(b) })
		best[i] = best[i][:min(len(best[i]), maxCuts)]
		for n := min(6, len(letters)-i); n > 0; n-- {
			if _, known := slices.BinarySearch(list, letters[i:i+n]); !known {
				continue
			}
			for _, before := range best[i] {
				best[i+n] = append(best[i+n], append(slices.Clip(before), letters[i:i+n]))
			}
		}
	}
	full := best[len(letters)]
	slices.SortStableFunc(full, func(a, b []string) int { return len(a) - len(b) })
	for _, cut := range full {
		cuts, whole = append(cuts, cut), append(whole, true)
	}
	for n := 1; n < min(6, len(letters)); n++ {
		rest := letters[len(letters)-n:]
		at, known := slices.BinarySearch(list, rest)
		if known || at == len(list) || !strings.HasPrefix(list[at], rest) {
			continue
		}
		for _, before := range best[len(letters)-n] {
			cuts, whole = append(cuts, append(slices.Clip(before), rest)), append(whole, false)
		}
	}
	n := min(len(cuts), maxCuts)
	return cuts[:n], whole[:n]
}

// pair is two Han characters that stand side by side in so many sections.
type pair struct {
	chars string
	df    int
}

// A pair is found by its sound where this many sections hold it; of pairs that sound alike these
// are kept, the most frequent first.
const (
	pairSections = 3
	alikePairs   = 4
)

// packPairs packs the pairs of the text by their sound, in files that begin with some sound. They
// have no file of places, and are listed with their own name in its stead.
func packPairs(pairs []pair, add func(content string) string) (files []termFile) {
	bySound := map[string][]pair{}
	for _, p := range pairs {
		chars := []rune(p.chars)
		if len(chars) != 2 || !cjk.IsCommon(chars[0]) || !cjk.IsCommon(chars[1]) {
			continue
		}
		readings := cjk.ReadingsOf(chars)
		if len(readings[0]) > 0 && len(readings[1]) > 0 {
			sound := readings[0][0] + " " + readings[1][0]
			bySound[sound] = append(bySound[sound], p)
		}
	}
	var shard packer
	first := ""
	shut := func() {
		hash := add(string(shard.b))
		files = append(files, termFile{first, hash, hash})
		shard.reset()
	}
	for _, sound := range slices.Sorted(maps.Keys(bySound)) {
		if len(shard.b) > pairShard {
			shut()
		}
		if len(shard.b) == 0 {
			first = sound
		}
		alike := bySound[sound]
		slices.SortFunc(alike, func(a, b pair) int { return cmp.Or(b.df-a.df, strings.Compare(a.chars, b.chars)) })
		alike = alike[:min(len(alike), alikePairs)]
		shard.text(sound)
		shard.number(len(alike))
		for _, p := range alike {
			shard.text(p.chars)
			shard.number(p.df)
		}
	}
	if len(shard.b) > 0 {
		shut()
	}
	return files
}

// pairsAlike returns the pairs of the text that sound so.
func (r *Reader) pairsAlike(sound string) (alike []pair, err error) {
	i := shardOf(r.dir.pairs, sound)
	if i < 0 {
		return nil, nil
	}
	files, err := r.directory(r.dir.pairs[i].hash)
	if i = shardOf(files, sound); i < 0 || err != nil {
		return nil, err
	}
	units, err := r.shard(files[i].hash)
	if err != nil {
		return nil, err
	}
	u := unpacker{units: units}
	for u.more() {
		own := u.text()
		for range u.count() {
			p := pair{u.text(), u.number()}
			if own == sound {
				alike = append(alike, p)
			}
		}
	}
	if u.bad {
		return nil, errDamaged
	}
	return alike, nil
}

// packSounds packs the table by which a browser reads the characters of a query: for each
// syllable the characters whose commonest reading it is.
func packSounds() string {
	bySyllable := map[string][]rune{}
	for r := rune(0x4E00); r <= 0x9FFF; r++ {
		if readings := cjk.Readings(r); len(readings) > 0 && cjk.IsCommon(r) {
			bySyllable[readings[0]] = append(bySyllable[readings[0]], r)
		}
	}
	var p packer
	for _, s := range cjk.Syllables() {
		p.text(s)
		p.text(string(bySyllable[s]))
	}
	return string(p.b)
}

// readSounds is the inverse of packSounds, by character.
func readSounds(units []uint16) (map[rune]string, bool) {
	sounds := map[rune]string{}
	u := unpacker{units: units}
	for u.more() {
		syllable := u.text()
		for _, r := range u.text() {
			sounds[r] = syllable
		}
	}
	return sounds, !u.bad
}
