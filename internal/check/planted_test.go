package check

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/clean.txt
var cleanText string

func cleanDrafts() [][]Block {
	var drafts [][]Block
	for text := range strings.SplitSeq(strings.TrimSpace(cleanText), "\n====\n") {
		drafts = append(drafts, blocksOf(text))
	}
	return drafts
}

// The clean drafts have nothing that is wrong.
func TestClean(t *testing.T) {
	for n, blocks := range cleanDrafts() {
		for _, f := range New().Check(blocks, Options{}) {
			if f.Severity != Info {
				t.Errorf("draft %d: %s at %d:%d-%d in %q", n, f.Rule, f.Para, f.Start, f.End, blocks[f.Para].Text)
			}
		}
	}
}

// edit takes away paragraphs and puts one in: how a draft was made from a clean one.
type edit struct {
	at, del int
	in      *Block
}

func (e edit) apply(blocks []Block) []Block {
	out := slices.Delete(slices.Clone(blocks), e.at, e.at+e.del)
	if e.in != nil {
		out = slices.Insert(out, e.at, *e.in)
	}
	return out
}

// planted is a draft with a mistake: rule finds it in the paragraphs from first up to last. base is
// the clean draft that it was made from, -1 where it is an example of the rule.
type planted struct {
	rule        string
	base        int
	edits       []edit
	options     Options
	first, last int
}

func (p *planted) blocks() []Block {
	var blocks []Block
	if p.base >= 0 {
		blocks = cleanDrafts()[p.base]
	}
	for _, e := range p.edits {
		blocks = e.apply(blocks)
	}
	return blocks
}

// plant puts the bad example of every rule into clean drafts: a sentence as a paragraph among the
// others, an element in the place of that element, several paragraphs of text together, a small draft
// with a clean paragraph among its own or below them.
func plant() []planted {
	drafts := cleanDrafts()
	var all []planted
	for n, r := range Rules() {
		blocks, o := example(r, r.Bad)
		switch {
		case len(blocks) > 1 && ofText(blocks, o):
			base := n % len(drafts)
			p := planted{rule: r.ID, base: base, options: o, first: bodyAt(drafts[base])}
			p.last = p.first + len(blocks)
			for i := range blocks {
				p.edits = append(p.edits, edit{at: p.first + i, in: &blocks[i]})
			}
			all = append(all, p)
			continue
		case len(blocks) > 1:
			all = append(all, among(r, blocks, o))
			continue
		}
		for k := range 2 {
			base := (n + 3*k) % len(drafts)
			at, del := placeOf(drafts[base], blocks[0].Kind)
			all = append(all, planted{r.ID, base, []edit{{at, del, &blocks[0]}}, o, at, at + 1})
		}
	}
	return all
}

// placeOf returns where a paragraph of a kind is put, and how many it replaces.
func placeOf(base []Block, kind Kind) (at, del int) {
	switch place := kindAt(base, kind); {
	case kind == KindHeader:
		return 0, 0
	case kind == KindImprint:
		return len(base), 0
	case kind == "" || kind == KindHeading || place < 0:
		return bodyAt(base), 0
	default:
		return place, 1
	}
}

// ofText reports whether an example is paragraphs of text alone, without a title and numbers.
func ofText(blocks []Block, o Options) bool {
	d := New().read(blocks, o)
	return d.title < 0 && !slices.ContainsFunc(d.Paras, func(p *Para) bool { return p.Kind != KindBody || p.Level > 0 })
}

// among puts a clean sentence between the paragraphs of an example that is a small draft.
func among(r *Rule, blocks []Block, o Options) planted {
	p := planted{rule: r.ID, base: -1, options: o, last: len(blocks) + 1}
	d := New().read(blocks, o)
	put := false
	for i := range blocks {
		q := d.Paras[i]
		if !put && i > 0 && d.recipient >= 0 && i-1 > d.title && d.Paras[i-1].Kind == KindBody && q.Level == 0 {
			p.edits = append(p.edits, edit{at: len(p.edits), in: &Block{Text: "检查组由12人组成，分三路进行。"}})
			put = true
		}
		p.edits = append(p.edits, edit{at: len(p.edits), in: &blocks[i]})
	}
	if !put {
		p.edits = append(p.edits, edit{at: len(p.edits), in: &Block{Text: "检查组由12人组成，分三路进行。"}})
	}
	return p
}

// kindAt returns the first paragraph of a kind, or -1.
func kindAt(blocks []Block, kind Kind) int {
	for _, p := range New().read(blocks, Options{}).Paras {
		if p.Kind == kind {
			return p.index
		}
	}
	return -1
}

// bodyAt returns the place of a paragraph of text somewhere in the middle.
func bodyAt(blocks []Block) int {
	var places []int
	for _, p := range New().read(blocks, Options{}).Paras {
		if p.Kind == KindBody {
			places = append(places, p.index)
		}
	}
	return places[len(places)/2]
}

// wordsIn returns the words that each rule finds in its own bad example.
func wordsIn(e *Engine) map[string][]string {
	words := map[string][]string{}
	for _, r := range Rules() {
		blocks, o := example(r, r.Bad)
		for _, f := range e.Check(blocks, o) {
			if f.Rule == r.ID {
				words[r.ID] = append(words[r.ID], string([]rune(blocks[f.Para].Text)[f.Start:f.End]))
			}
		}
	}
	return words
}

// Of all planted mistakes 98 in 100 are found, each by its rule, in the paragraph where it was planted,
// and there at the very words that are wrong.
func TestPlanted(t *testing.T) {
	e := New()
	all := plant()
	found := 0
	seen := map[string]bool{}
	words := wordsIn(e)
	for _, p := range all {
		blocks := p.blocks()
		ok := slices.ContainsFunc(e.Check(blocks, p.options), func(f Finding) bool {
			return f.Rule == p.rule && f.Para >= p.first && f.Para < p.last &&
				slices.Contains(words[p.rule], string([]rune(blocks[f.Para].Text)[f.Start:f.End]))
		})
		if ok {
			found++
			seen[p.rule] = true
		} else {
			var text []string
			for _, b := range p.blocks() {
				text = append(text, b.Text)
			}
			t.Logf("%s not found in paragraphs %d to %d of\n%s", p.rule, p.first, p.last, strings.Join(text, "\n"))
		}
	}
	if len(all) < 300 || found*100 < len(all)*98 {
		t.Errorf("%d of %d planted mistakes found", found, len(all))
	}
	for _, r := range Rules() {
		if !seen[r.ID] {
			t.Errorf("%s was found in no planted draft", r.ID)
		}
	}
	fmt.Fprintf(t.Output(), "%d of %d planted mistakes found\n", found, len(all))
}

// mutate changes a few characters of a draft at random: lost, doubled, exchanged, or taken from
// another place.
func mutate(r *rand.Rand, blocks []Block, alphabet []rune) []edit {
	var edits []edit
	for range 1 + r.IntN(5) {
		n := r.IntN(len(blocks))
		text := []rune(blocks[n].Text)
		at := r.IntN(len(text) + 1)
		e := edit{at: n, del: 1}
		switch r.IntN(5) {
		case 0:
			text = slices.Delete(text, at, min(len(text), at+1+r.IntN(3)))
		case 1:
			text = slices.Insert(text, at, slices.Clone(text[at:min(len(text), at+1+r.IntN(4))])...)
		case 2:
			text = slices.Insert(text, at, alphabet[r.IntN(len(alphabet))])
		case 3:
			if at < len(text) {
				text[at] = alphabet[r.IntN(len(alphabet))]
			}
		case 4:
			e.del, text = 0, []rune(blocks[r.IntN(len(blocks))].Text)
		}
		e.in = &Block{Text: string(text)}
		edits = append(edits, e)
		blocks = e.apply(blocks)
	}
	return edits
}

// printed writes findings in one line each, as the browser's test does.
func printed(all []Finding) string {
	var b strings.Builder
	for _, f := range all {
		fix := "-"
		if f.HasFix {
			fix = "=" + f.Fix
		}
		fmt.Fprintf(&b, "%s %s %d %d %d %s %v %s\n", f.Rule, f.Severity, f.Para, f.Start, f.End, fix, f.Safe, f.Note)
	}
	return b.String()
}

func digest(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}
