package document

import "testing"

func TestBadPattern(t *testing.T) {
	for pattern, bad := range map[string]bool{
		`^[^〔]+〔[0-9]{4}〕[1-9][0-9]*号$`:   false,
		`^(上午|下午)[0-9]{1,2}[:：][0-9]{2}$`: false,
		`^(甲|乙)+$`:                false,
		`^(甲乙|甲丙)+$`:              false,
		`^[0-9]{3,4}-[0-9]{7,8}$`: false,
		`^第[1-9][0-9]*号$`:         false,
		`^(a|a)+$`:                true,
		`^(a|ab|b)+$`:             true,
		`^(a|[ab])*c$`:            true,
		`^(a?a?)+$`:               true,
		`^(?:x|x)*y`:              true,
		`(a+)+`:                   true,
		`([`:                      true,
		`^[0-9]{500}[0-9]{500}$`:  true, // too many states to look through
		`^\(a\|b\)+[(|]*$`:        false,
		`^(0000|000)*[^\]]$`:      true,
	} {
		if got := badPattern(pattern) != ""; got != bad {
			t.Errorf("%s: bad %v, want %v", pattern, got, bad)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add(`^(a|ab|b)+[^\]](?:x|y)*$`)
	f.Fuzz(func(_ *testing.T, pattern string) {
		if len(pattern) < 60 {
			badPattern(pattern)
		}
	})
}
