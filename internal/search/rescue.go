package search

import (
	"slices"
	"strings"

	"wenfang/internal/cjk"
)

// alternative is another reading of a query. Only sections that hold it whole count.
type alternative struct {
	query  query
	weight float64
}

// maxAlternatives is how many other readings of a query are tried.
const maxAlternatives = 8

// alternatives returns other readings of a query: with other names of the same thing, and, for
// runs that no section holds, with what sounds or looks like them.
func (r *Reader) alternatives(q query, s *scored) ([]alternative, error) {
	readings, err := replaced(q, func(i int) ([][]queryRun, error) {
		if s.held[i] && s.words[i] {
			return nil, nil
		}
		return r.spelled(q.runs[i], !s.held[i], s.strange[i])
	})
	return append(r.synonyms(q), readings...), err
}

// respelled returns the readings of a query that have words of the text which sound like runs
// with a strange pair of characters.
func (r *Reader) respelled(q query, s *scored) ([]alternative, error) {
	return replaced(q, func(i int) ([][]queryRun, error) {
		if s.held[i] || !s.strange[i] || !q.runs[i].han {
			return nil, nil
		}
		return r.soundWords(q.runs[i])
	})
}

// replaced returns a query with runs replaced, in every combination up to a number. instead gives
// what may stand in place of a run.
func replaced(q query, instead func(i int) ([][]queryRun, error)) (list []alternative, err error) {
	readings := []query{q}
	for i := range q.runs {
		choices, err := instead(i)
		if err != nil {
			return nil, err
		}
		if len(choices) == 0 {
			continue
		}
		var longer []query
		for _, reading := range readings {
			for _, choice := range choices {
				other := reading
				other.other = true
				at := len(reading.runs) - len(q.runs) + i // runs before this one may have become several
				other.runs = slices.Concat(reading.runs[:at], placed(choice, q.runs[i]), reading.runs[at+1:])
				longer = append(longer, other)
			}
		}
		readings = longer[:min(len(longer), maxAlternatives)]
	}
	for _, reading := range readings {
		if reading.other {
			list = append(list, alternative{reading, 1})
		}
	}
	return list, nil
}

// placed puts runs in the place of one.
func placed(runs []queryRun, old queryRun) []queryRun {
	runs = slices.Clone(runs)
	for i := range runs {
		runs[i].group = old.group
		runs[i].pos += old.pos
	}
	return runs
}

// spelled returns what may stand in place of a run. Han characters with a strange pair may be
// others of the same sound, and any may be words with a particle between them; a word that only
// begins longer ones may be pinyin, and one that begins none may be mistyped.
func (r *Reader) spelled(run queryRun, unknown, strange bool) (list [][]queryRun, err error) {
	if run.han {
		if strange {
			list, err = r.homophones(run)
		}
		if parts := splitAtParticle(run); len(parts) > 1 {
			list = append(list, parts)
		}
		return list, err
	}
	letters := string(run.chars)
	one := func(run queryRun) { list = append(list, []queryRun{run}) }
	cuts, whole := cutSyllables(letters)
	for i, cut := range cuts {
		one(queryRun{han: true, chars: run.chars, sound: syllableTerms(cut), wide: len(cut), prefix: !whole[i] || len(cut) == 1})
	}
	if n := len(letters); n >= 2 && n <= maxSpelled && !strings.ContainsFunc(letters, func(r rune) bool { return r < 'a' || r > 'z' || r == 'i' || r == 'u' || r == 'v' }) {
		initials := queryRun{han: true, chars: run.chars, sound: initialTerms(letters), wide: n}
		if n == 2 {
			initials.sound, initials.prefix = []string{initialMark + letters}, true
		}
		one(initials)
	}
	if !unknown {
		return list, nil
	}
	word, err := r.nearWord(run.chars)
	if word != "" {
		one(queryRun{chars: []rune(word)})
	}
	return list, err
}

// splitAtParticle cuts a run at 的: 请示的格式 asks for 请示 and for 格式.
func splitAtParticle(run queryRun) (parts []queryRun) {
	start := 0
	for i := range len(run.chars) + 1 {
		if i < len(run.chars) && run.chars[i] != '的' {
			continue
		}
		if i > start {
			parts = append(parts, queryRun{han: true, chars: run.chars[start:i], prefix: i-start == 1, pos: start})
		}
		start = i + 1
	}
	return parts
}

// homophones returns the run of Han characters that sounds as one does.
func (r *Reader) homophones(run queryRun) ([][]queryRun, error) {
	syllables, err := r.syllables(run)
	if syllables == nil {
		return nil, err
	}
	return [][]queryRun{{{han: true, chars: run.chars, sound: syllableTerms(syllables), wide: len(syllables)}}}, nil
}

// syllables returns the syllables of a run of several characters, nil if one has none.
func (r *Reader) syllables(run queryRun) ([]string, error) {
	if len(run.chars) < 2 {
		return nil, nil
	}
	if r.sounds == nil {
		units, err := r.shard(r.dir.sounds)
		if err != nil {
			return nil, err
		}
		sounds, ok := readSounds(units)
		if !ok {
			return nil, errDamaged
		}
		r.sounds = sounds
	}
	syllables := make([]string, len(run.chars))
	for i, c := range run.chars {
		if syllables[i] = r.sounds[c]; syllables[i] == "" {
			return nil, nil
		}
	}
	return syllables, nil
}

// Words of the text by their sound: for runs up to this length, as many while they are put
// together, and as many in the end.
const (
	maxSoundWord   = 8
	maxSoundChains = 8
	maxSoundWords  = 2
)

// chain is pairs of characters that overlap, with the number of sections that hold the rarest.
type chain struct {
	chars []rune
	df    int
}

// soundWords returns runs of pairs that stand in the text and sound as a run does, those of
// frequent pairs first.
func (r *Reader) soundWords(run queryRun) (runs [][]queryRun, err error) {
	syllables, err := r.syllables(run)
	if syllables == nil || len(syllables) > maxSoundWord {
		return nil, err
	}
	var chains []chain
	for i := range len(syllables) - 1 {
		alike, err := r.pairsAlike(syllables[i] + " " + syllables[i+1])
		if err != nil {
			return nil, err
		}
		chains = lengthened(chains, alike, i == 0)
	}
	for _, c := range chains {
		if len(runs) < maxSoundWords && !slices.Equal(c.chars, run.chars) {
			runs = append(runs, []queryRun{{han: true, chars: c.chars}})
		}
	}
	return runs, nil
}

// lengthened puts pairs behind the chains that end as they begin.
func lengthened(chains []chain, pairs []pair, first bool) (longer []chain) {
	for _, p := range pairs {
		chars := []rune(p.chars)
		if len(chars) != 2 {
			continue // of a damaged file
		}
		if first {
			longer = append(longer, chain{chars, p.df})
			continue
		}
		for _, c := range chains {
			if c.chars[len(c.chars)-1] == chars[0] {
				longer = append(longer, chain{append(slices.Clip(c.chars), chars[1]), min(c.df, p.df)})
			}
		}
	}
	slices.SortStableFunc(longer, func(a, b chain) int { return b.df - a.df })
	return longer[:min(len(longer), maxSoundChains)]
}

// Words that are one edit apart are looked for among those that begin with the same two letters,
// or with these two swapped, where a word has letters enough to be told by the rest.
const (
	editLetters = 4
	editShards  = 4
)

// nearWord returns the most frequent word that one edit makes of a word, of equally frequent
// ones the first.
func (r *Reader) nearWord(word []rune) (string, error) {
	if len(word) < editLetters || len(word) > maxSpelled {
		return "", nil
	}
	best, most := "", 0
	for _, prefix := range []string{string(word[:2]), string([]rune{word[1], word[0]})} {
		found, err := r.beginning(prefix, editShards)
		if err != nil {
			return "", err
		}
		for term, p := range found {
			if (p.df > most || p.df == most && term < best) && oneEdit(word, []rune(term)) {
				best, most = term, p.df
			}
		}
	}
	return best, nil
}

// oneEdit reports whether one letter more, less, or other, or two swapped, make b of a.
func oneEdit(a, b []rune) bool {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	a, b = a[start:], b[start:]
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	swapped := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	return swapped || len(a)+len(b) > 0 && len(a) <= 1 && len(b) <= 1
}

// synonyms returns the query with each name of a thing replaced by its other ones.
func (r *Reader) synonyms(q query) (list []alternative) {
	for i, run := range q.runs {
		for _, group := range r.dir.synonyms {
			at := slices.IndexFunc(group, func(name string) bool { return sameRun(name, run) })
			if at < 0 {
				continue
			}
			for j, name := range group {
				if j == at || len(list) == maxAlternatives {
					continue
				}
				other := query{kinds: q.kinds, tags: q.tags, groups: q.groups, other: true}
				other.runs = append(other.runs, q.runs[:i]...)
				other.add(name, false)
				other.runs = append(other.runs, q.runs[i+1:]...)
				list = append(list, alternative{other, synonymWeight})
			}
		}
	}
	return list
}

// sameRun reports whether a name is one run, and that of a query.
func sameRun(name string, run queryRun) bool {
	n := 0
	same := false
	for other := range cjk.Runs(name) {
		n++
		same = other.Han == run.han && slices.Equal(other.Chars, run.chars)
	}
	return n == 1 && same
}

// charsAt returns the characters of a name that stand at a position.
func charsAt(name string, pos, width int) string {
	for run := range cjk.Runs(name) {
		if i := pos - run.Pos; run.Han && i >= 0 && i+width <= len(run.Chars) {
			end := run.End
			if i+width < len(run.At) {
				end = run.At[i+width]
			}
			return name[run.At[i]:end]
		}
	}
	return ""
}
