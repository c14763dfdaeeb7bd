package cjk

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// readings corrects the dictionary's first reading inside words that offices use.
var readings = map[string]string{
	"重庆": "chong qing", "重复": "chong fu", "重申": "chong shen", "重新": "chong xin",
	"银行": "yin hang", "行业": "hang ye", "行距": "hang ju", "分行": "fen hang",
	"会计": "kuai ji", "长江": "chang jiang", "长期": "chang qi", "长度": "chang du",
	"调研": "diao yan", "调查": "diao cha", "调度": "diao du", "调动": "diao dong",
	"朝阳": "chao yang", "西藏": "xi zang", "藏族": "zang zu", "处分": "chu fen", "处理": "chu li",
	"参差": "cen ci", "出差": "chu chai", "差旅": "chai lv", "供稿": "gong gao", "提供": "ti gong",
	"相称": "xiang chen", "量化": "liang hua", "重量": "zhong liang", "强调": "qiang diao",
}

// Pinyin returns the toneless syllables of text, one for each Han character, read in words
// where the words are known. Other characters are left out.
func Pinyin(text string) []string {
	var out []string
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		if word, ok := knownWord(text); ok {
			out = append(out, strings.Fields(readings[word])...)
			text = text[len(word):]
			continue
		}
		if s := syllable(r); s != "" {
			out = append(out, s)
		}
		text = text[size:]
	}
	return out
}

// maxReadings is how many readings of a character count.
const maxReadings = 3

// heteronyms remembers the readings of the hanzi that were asked for: looking up all would take
// longer than indexing a handbook's names.
var heteronyms [lastHanzi - firstHanzi + 1]atomic.Pointer[[]string]

func lookUp(r rune) []string {
	args := pinyin.NewArgs()
	args.Heteronym = true
	var found []string
	for _, s := range pinyin.SinglePinyin(r, args) {
		if len(found) < maxReadings && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}

// syllables holds every toneless syllable that a common hanzi has, sorted.
var syllables = sync.OnceValue(func() []string {
	set := map[string]bool{}
	for r := rune(firstHanzi); r <= lastHanzi; r++ {
		if !IsCommon(r) {
			continue
		}
		for _, s := range Readings(r) {
			if strings.ContainsAny(s, "aeiouv") {
				set[s] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
})

// Syllables returns every toneless syllable that a common hanzi has, sorted.
func Syllables() []string { return syllables() }

// common holds the hanzi of GB 2312.
var common = sync.OnceValue(func() *[lastHanzi - firstHanzi + 1]bool {
	var table [lastHanzi - firstHanzi + 1]bool
	decoder := simplifiedchinese.GBK.NewDecoder()
	for lead := byte(0xB0); lead <= 0xF7; lead++ {
		for trail := byte(0xA1); trail <= 0xFE; trail++ {
			text, _ := decoder.Bytes([]byte{lead, trail})
			if r, _ := utf8.DecodeRune(text); r >= firstHanzi && r <= lastHanzi {
				table[r-firstHanzi] = true
			}
		}
	}
	return &table
})

// IsCommon reports whether a hanzi belongs to GB 2312: the characters of everyday writing.
func IsCommon(r rune) bool {
	return r >= firstHanzi && r <= lastHanzi && common()[r-firstHanzi]
}

// Readings returns the toneless syllables that a hanzi is read as, the commonest first.
func Readings(r rune) []string {
	if r < firstHanzi || r > lastHanzi {
		return nil
	}
	known := &heteronyms[r-firstHanzi]
	if all := known.Load(); all != nil {
		return *all
	}
	all := lookUp(r)
	known.Store(&all)
	return all
}

// ReadingsOf returns the readings of each character of a run; where a word decides, that one
// alone.
func ReadingsOf(run []rune) [][]string {
	out := make([][]string, len(run))
	for i := 0; i < len(run); i++ {
		if i+1 < len(run) {
			if word, ok := readings[string(run[i:i+2])]; ok {
				first, second, _ := strings.Cut(word, " ")
				out[i], out[i+1] = []string{first}, []string{second}
				i++
				continue
			}
		}
		out[i] = Readings(run[i])
	}
	return out
}

func knownWord(text string) (string, bool) {
	const twoHan = 6
	if len(text) < twoHan {
		return "", false
	}
	word := text[:twoHan]
	_, ok := readings[word]
	return word, ok
}

func syllable(r rune) string {
	if !unicode.Is(unicode.Han, r) {
		return ""
	}
	if all := pinyin.SinglePinyin(r, pinyinArgs); len(all) > 0 {
		return all[0]
	}
	return ""
}

var pinyinArgs = pinyin.NewArgs()

// SortKey returns a key by which titles sort as a Chinese reader expects: numbers by value,
// Latin without regard to case, then hanzi by pinyin. Equal readings sort by character.
func SortKey(title string) string {
	var b strings.Builder
	for title != "" {
		if word, ok := knownWord(title); ok {
			for i, s := range strings.Fields(readings[word]) {
				writeHan(&b, s, []rune(word)[i])
			}
			title = title[len(word):]
			continue
		}
		r, size := utf8.DecodeRuneInString(title)
		switch {
		case r >= '0' && r <= '9':
			end := 0
			for end < len(title) && title[end] >= '0' && title[end] <= '9' {
				end++
			}
			b.WriteString(strings.Repeat("0", max(0, 12-end)))
			b.WriteString(title[:end])
			size = end
		case unicode.Is(unicode.Han, r):
			writeHan(&b, syllable(r), r)
		case unicode.IsLetter(r):
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		}
		title = title[size:]
	}
	return b.String()
}

// writeHan puts hanzi behind Latin letters ('~' is the last printable ASCII character) and
// keeps syllables apart.
func writeHan(b *strings.Builder, syllable string, r rune) {
	b.WriteByte('~')
	b.WriteString(syllable)
	b.WriteByte(' ')
	b.WriteRune(r)
}

// Initial returns the letter under which a title stands in an index by pinyin: A to Z, or
// "#" for everything else.
func Initial(title string) string {
	for _, r := range title {
		first := string(unicode.ToUpper(r))
		if unicode.Is(unicode.Han, r) {
			if p := Pinyin(title); len(p) > 0 {
				first = strings.ToUpper(p[0][:1])
			}
		} else if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if first >= "A" && first <= "Z" {
			return first
		}
		return "#"
	}
	return "#"
}
