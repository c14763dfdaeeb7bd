package cjk

import (
	"sync"

	"github.com/longbridgeapp/opencc"
)

// The hanzi that have a simplified form lie in this stretch of Unicode.
const (
	firstHanzi = 0x3400
	lastHanzi  = 0x9FFF
)

// simplified holds the simplified form of every traditional character, 0 for others.
var simplified = sync.OnceValue(func() *[lastHanzi - firstHanzi + 1]uint16 {
	converter, err := opencc.New("t2s")
	if err != nil {
		panic(err) // its dictionaries are embedded
	}
	var table [lastHanzi - firstHanzi + 1]uint16
	for r := rune(firstHanzi); r <= lastHanzi; r++ {
		text, err := converter.Convert(string(r))
		to := []rune(text)
		if err != nil || len(to) != 1 || to[0] == r || to[0] < firstHanzi || to[0] > lastHanzi {
			continue
		}
		table[r-firstHanzi] = uint16(to[0])
	}
	for i, to := range table { // 薴 is 苧, which is 苎
		if to != 0 && table[to-firstHanzi] != 0 {
			table[i] = table[to-firstHanzi]
		}
	}
	return &table
})

// Simplify returns the simplified form of a traditional character, and any other as it is.
func Simplify(r rune) rune {
	if r < firstHanzi || r > lastHanzi {
		return r
	}
	if to := simplified()[r-firstHanzi]; to != 0 {
		return rune(to)
	}
	return r
}

// Traditional returns every traditional character with its simplified form, in order.
func Traditional() (pairs [][2]rune) {
	for i, to := range simplified() {
		if to != 0 {
			pairs = append(pairs, [2]rune{firstHanzi + rune(i), rune(to)})
		}
	}
	return pairs
}
