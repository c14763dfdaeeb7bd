package check

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/vectors.json and testdata/data.json")

// vector is a draft and a digest of what is found in it. The browser's engine is held to the
// same file (assets/check/engine.test.js).
type vector struct {
	Base      int     `json:"base"`  // number of the clean draft, -1 for none
	Edits     [][]any `json:"edits"` // place, paragraphs taken away, and the text (and kind) put in
	Genre     string  `json:"genre,omitempty"`
	Direction string  `json:"direction,omitempty"`
	Length    int     `json:"length,omitempty"`
	House     *House  `json:"house,omitempty"`
	Want      uint32  `json:"want"`
}

func newVector(p planted) vector {
	v := vector{Base: p.base, Genre: p.options.Genre, Direction: p.options.Direction, Length: p.options.Length, Want: digest(printed(New().Check(p.blocks(), p.options)))}
	if h := p.options.House; len(h.Terms)+len(h.Names)+len(h.Phrases) > 0 {
		v.House = &h
	}
	for _, e := range p.edits {
		row := []any{e.at, e.del}
		if e.in != nil {
			row = append(row, e.in.Text)
			if e.in.Kind != "" {
				row = append(row, e.in.Kind)
			}
		}
		v.Edits = append(v.Edits, row)
	}
	return v
}

// vectors are all examples, nested quotations, all planted mistakes and 1,000 mutations of clean and planted drafts.
func vectors() []vector {
	var all []vector
	for _, r := range Rules() {
		for _, text := range []string{r.Bad, r.Good} {
			blocks, o := example(r, text)
			p := planted{base: -1, options: o}
			for i := range blocks {
				p.edits = append(p.edits, edit{at: i, in: &blocks[i]})
			}
			all = append(all, newVector(p))
		}
	}
	for _, text := range nested {
		all = append(all, newVector(planted{base: -1, edits: []edit{{in: &Block{Text: text}}}}))
	}
	mistakes := plant()
	for _, p := range mistakes {
		all = append(all, newVector(p))
	}
	r := rand.New(rand.NewPCG(2026, 11))
	alphabet := []rune("，。、；：“”‘’（）《》〔〕 　,.!?:;-—…0123456789一二三四五六七八九十年月日号是的了和与第附件请示函报告通知①𠀀Ａ\u200b@×【】{}")
	for n := range 1000 {
		p := planted{base: n % len(cleanDrafts())}
		if n%4 == 0 {
			p = mistakes[r.IntN(len(mistakes))]
			p.edits = p.edits[:len(p.edits):len(p.edits)]
		}
		p.edits = append(p.edits, mutate(r, p.blocks(), alphabet)...)
		all = append(all, newVector(p))
	}
	return all
}

func TestVectors(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("[\n")
	for i, v := range vectors() {
		if i > 0 {
			b.WriteString(",\n")
		}
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
	}
	b.WriteString("\n]\n")
	for name, data := range map[string][]byte{"testdata/vectors.json": b.Bytes(), "testdata/data.json": append(Data(), '\n')} {
		if *update {
			if err := os.WriteFile(name, data, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		old, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(old, data) {
			t.Errorf("%s is not what the engine says now: go test ./internal/check -update", name)
		}
	}
}
