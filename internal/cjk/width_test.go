package cjk

import "testing"

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "abc": 3, "公文": 4, "，": 2, "ＡＢ": 4, "ｱ": 1, "e\u0301": 1, "👨‍👩‍👧": 2, "한글": 4, "〔2026〕12号": 12,
	} {
		if got := Width(text); got != want {
			t.Errorf("Width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for _, test := range []struct {
		text       string
		han, words int
	}{
		{"", 0, 0},
		{"公文处理", 4, 0},
		{"第3条，见API说明。", 5, 2},
		{"GB/T 9704-2012", 0, 3},
		{"it's a well-known e.g. test", 0, 5},
		{"〇一二", 3, 0},
		{"𠮷野家", 3, 0},
		{"，。“”——……", 0, 0},
		{"日本語のテキスト", 3, 1},
		{"한국어 문장", 0, 2},
		{"v1.2.3版", 1, 1},
	} {
		if han, words := Count(test.text); han != test.han || words != test.words {
			t.Errorf("Count(%q) = %d, %d, want %d, %d", test.text, han, words, test.han, test.words)
		}
	}
}
