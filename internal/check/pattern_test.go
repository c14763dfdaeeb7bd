package check

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// What two engines would read differently, and what could take more than linear time, is refused.
func TestSubset(t *testing.T) {
	for _, re := range []string{`\d+`, `甲.*乙`, `(?=甲)`, `甲+`, `甲{2,}`, `(?:甲{1,30}){1,30}`, `\s`, `(?i)a`, `甲^`, `[^甲]{1,3}乙`, `甲?`, `\p{Han}`} {
		if _, err := compile(Pattern{Re: re}); err == nil {
			t.Errorf("%q was accepted", re)
		}
	}
	for _, p := range []Pattern{{Re: `甲`, Prev: `乙丙`}, {Re: `甲`, Next: `乙*`}} {
		if _, err := compile(p); err == nil {
			t.Errorf("%+v was accepted", p)
		}
	}
}

func TestStrict(t *testing.T) {
	good := `[{"id":"a","group":"甲","severity":"error","force":"规定","scope":"any","find":{"re":"甲"},"why":"x","source":"x","bad":"甲","good":"乙"}]`
	if _, err := decodeRules([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{`"id":"a"`, `"id":"甲"`}, {`"severity":"error"`, `"severity":"fatal"`}, {`"force":"规定"`, `"force":"x"`},
		{`"scope":"any"`, `"scope":"nowhere"`}, {`"re":"甲"`, `"re":"甲","words":["乙"]`}, {`"bad":"甲"`, `"bad":""`},
		{`"why":"x"`, `"why":"x","new":1`}, {`"find":{"re":"甲"}`, `"find":{}`},
		{`"good":"乙"`, `"good":"乙","fix":{"from":"甲乙","into":"丙"}`},
	} {
		if _, err := decodeRules([]byte(strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("%s was accepted", change[1])
		}
	}
}

// TestHostileLines: whatever stands in one line, a long one is checked in the time of many short
// ones. Quadratic time would take minutes.
func TestHostileLines(t *testing.T) {
	const chars, patience = 100_000, 30 * time.Second
	e := New()
	for _, unit := range []string{"会议要求各单位抓紧落实", "“", "”", "（", "要不断提升", "共1项其中", "一", "a@", "布署", "由12增至", "《关于", "通过甲", "1", "甲（以下简称“乙”）", "……"} {
		line := long(unit, chars)
		began := time.Now()
		e.Check([]Block{{Text: line}}, Options{})
		if took := time.Since(began); took > patience {
			t.Errorf("%q: %v for %d characters", unit, took, chars)
		}
	}
}

// TestBlankLines: a file of blank lines is looked over once, not once for each.
func TestBlankLines(t *testing.T) {
	began := time.Now()
	New().Check(make([]Block, 300_000), Options{})
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("%v", took)
	}
}

func long(unit string, chars int) string {
	return strings.Repeat(unit, chars/len([]rune(unit)))
}

func FuzzCheck(f *testing.F) {
	for _, r := range Rules() {
		f.Add(r.Bad, "")
	}
	f.Add("“”‘’（）\n附件：1.甲\n附件1\x00\xff", "请示")
	e := New()
	f.Fuzz(func(t *testing.T, text, genre string) {
		blocks := blocksOf(text)
		for _, found := range e.Check(blocks, Options{Genre: genre}) {
			n := len([]rune(blocks[found.Para].Text))
			if found.Start < 0 || found.End <= found.Start || found.End > n {
				t.Fatalf("%s at %d-%d of %d characters", found.Rule, found.Start, found.End, n)
			}
		}
	})
}

// A draft of 20,000 characters.
func BenchmarkDraft(b *testing.B) {
	var blocks []Block
	for n := 0; n < 20_000; {
		for _, draft := range cleanDrafts() {
			for _, block := range draft {
				blocks = append(blocks, block)
				n += len([]rune(block.Text))
			}
		}
	}
	e := New()
	for b.Loop() {
		e.Check(blocks, Options{})
	}
}

// Twice the line takes about twice the time.
func BenchmarkOneLine(b *testing.B) {
	e := New()
	for _, chars := range []int{500_000, 1_000_000} {
		b.Run(strconv.Itoa(chars), func(b *testing.B) {
			line := long("各单位要对照任务清单逐项开展自查，2026年3月底前办结，并将结果报市人民政府办公室。", chars)
			for b.Loop() {
				e.Check([]Block{{Text: line}}, Options{})
			}
		})
	}
}
