package cjk

import "testing"

func TestSimplify(t *testing.T) {
	for from, to := range map[rune]rune{'會': '会', '裡': '里', '裏': '里', '後': '后', '会': '会', '著': '著', '薴': '苎', 'a': 'a', '𠮷': '𠮷'} {
		if got := Simplify(from); got != to {
			t.Errorf("Simplify(%c) = %c, want %c", from, got, to)
		}
	}
}

func TestSimplifyOnce(t *testing.T) {
	for _, pair := range Traditional() {
		if again := Simplify(pair[1]); again != pair[1] {
			t.Errorf("%c is simplified to %c, and that to %c", pair[0], pair[1], again)
		}
	}
}

func TestReadings(t *testing.T) {
	for text, want := range map[string]string{"重": "zhong", "会": "hui", "了": "le", "的": "de", "女": "nv", "ア": ""} {
		got := ""
		if r := Readings([]rune(text)[0]); len(r) > 0 {
			got = r[0]
		}
		if got != want {
			t.Errorf("%s is read %q, want %q", text, got, want)
		}
	}
	if got := ReadingsOf([]rune("重复会计")); got[0][0] != "chong" || got[2][0] != "kuai" || len(got[2]) != 1 {
		t.Errorf("重复会计 is read %v", got)
	}
}
