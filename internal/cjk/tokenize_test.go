package cjk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// show writes runs as text@position, with the parts of identifiers in brackets.
func show(text string) string {
	var out []string
	for r := range Runs(text) {
		item := fmt.Sprintf("%s@%d", string(r.Chars), r.Pos)
		for _, p := range r.Parts {
			item += "[" + string(r.Chars[p[0]:p[1]]) + "]"
		}
		out = append(out, item)
	}
	return strings.Join(out, " ")
}

func TestRuns(t *testing.T) {
	cases := []struct{ text, want string }{
		{"", ""},
		{"会议通知", "会议通知@0"},
		{"会议，通知", "会议@0 通知@3"},
		{"会议 通知", "会议@0 通知@3"},
		{"会议\n通知", "会议@0 通知@3"},
		{"API接口", "api@0 接口@1"},
		{"API 接口", "api@0 接口@1"},
		{"apt-get install", "apt@0 get@2 install@3"},
		{"用 getElementById 取", "用@0 getelementbyid@1[get][element][by][id] 取@2"},
		{"HTTPServer snake_case utf8", "httpserver@0[http][server] snake_case@1[snake][case] utf8@2[utf]"},
		{"__proto__ _ 甲_乙", "proto@0 甲@3 乙@5"},
		{"〔２０２６〕①号", "2026@0 1@2 号@3"},
		{"公\u200b文\ufeff处\u00ad理", "公文处理@0"},
		{"ﾊﾞｽ Ａ", "バス@0 a@2"},
		{"會議後臺", "会议后台@0"},
		{"二〇二六年々", "二〇二六年々@0"},
		{"e\u0301te\u0301", "été@0"},
		{"⼀ 㐀 豈", "一@0 㐀@2 岂@4"},
	}
	for _, c := range cases {
		if got := show(c.text); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestRunsKeepPlaces(t *testing.T) {
	text := "前言：ＡＢＣ，e\u0301\u200b㈱公\u200b文。"
	var got []string
	for r := range Runs(text) {
		for i, c := range r.Chars {
			end := r.End
			if i+1 < len(r.At) {
				end = r.At[i+1]
			}
			got = append(got, fmt.Sprintf("%c=%s", c, text[r.At[i]:max(end, r.At[i])]))
		}
	}
	want := []string{"前=前", "言=言", "a=Ａ", "b=Ｂ", "c=Ｃ", "é=e\u0301\u200b", "株=㈱", "公=公\u200b", "文=文"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFold(t *testing.T) {
	cases := map[string]string{
		"ＨＥＬＬＯ，世界":     "hello,世界",
		"İSTANBUL ΣΑΣ": "istanbul σασ",
		"a\u200db":     "ab",
	}
	for in, want := range cases {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldAloneIsNFKC(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		if got, ok := foldAlone(r); ok && string(got) != norm.NFKC.String(string(r)) {
			t.Errorf("%U: %U", r, got)
		}
	}
}

// A heap of combining marks must cost time in proportion to its length.
func TestFoldOfManyMarksIsShort(t *testing.T) {
	in := "a" + strings.Repeat("\u0301\u0327", 50_000)
	if got := utf8.RuneCountInString(fold(in)); got > 100_001 {
		t.Errorf("folded to %d characters", got)
	}
}

func TestLongWordIsCut(t *testing.T) {
	for r := range Runs(strings.Repeat("x", 500) + " y") {
		if len(r.Chars) > maxWord {
			t.Errorf("word of %d characters", len(r.Chars))
		}
	}
}

func FuzzRuns(f *testing.F) {
	for _, s := range []string{"会议 API接口", "e\u0301\u200b_a_", "\xff\xfe公", "ﾊﾞ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, pos := 0, 0
		for r := range Runs(text) {
			if len(r.Chars) == 0 || len(r.At) != len(r.Chars) || r.At[0] < at || r.Pos < pos || r.End > len(text) || r.End < r.At[len(r.At)-1] {
				t.Fatalf("%q: run %+v after byte %d, position %d", text, r, at, pos)
			}
			at, pos = r.At[len(r.At)-1], r.Pos+r.Width()
		}
	})
}

func BenchmarkRuns(b *testing.B) {
	text := strings.Repeat("各部门要严格执行公文处理办法（试行），使用 useState 管理 API 状态。\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		n := 0
		for r := range Runs(text) {
			n += len(r.Chars)
		}
	}
}

// fold returns text as runs see it: NFKC, lower case, without zero-width characters.
func fold(text string) string {
	f := folder{text: text}
	var b strings.Builder
	for {
		r, _, ok := f.next()
		if !ok {
			return b.String()
		}
		b.WriteRune(unicode.ToLower(r))
	}
}
