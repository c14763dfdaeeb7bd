package official

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Faces of runs that differ from their paragraph's.
const (
	faceHei = "hei"
	faceKai = "kai"
)

// headingFaces are the faces of the levels of headings: 黑体, 楷体, then 仿宋 (7.3.3).
var headingFaces = [5]string{"", faceHei, faceKai, "", ""}

func itoa(n int) string { return strconv.Itoa(n) }

func narrow(r rune) bool { return r >= 0x20 && r <= 0x7e }

// halves is the width of text in halves of a character.
func halves(text string) int {
	n := 0
	for _, r := range text {
		if n += 2; narrow(r) {
			n--
		}
	}
	return n
}

// width is the width of text in 三号 with the tracking of the text, in twips.
func width(text string) int { return halves(text)*char/2 + utf8.RuneCountInString(text)*tracking }

const numerals = "一二三四五六七八九十"

// headingOf says how much of a paragraph is a heading and of which level, by its number: all of
// it, or its first sentence where the text runs on. length is in bytes.
func headingOf(text string) (level, length int) {
	level = headingLevel(text)
	if level == 0 {
		return 0, 0
	}
	stop := strings.IndexAny(text, "。；！？")
	switch {
	case stop < 0 && halves(text) <= 80 && !strings.HasSuffix(text, "："):
		return level, len(text)
	case stop < 0 || level > 2:
		return 0, 0
	}
	_, size := utf8.DecodeRuneInString(text[stop:])
	if stop+size == len(text) || utf8.RuneCountInString(text[:stop]) >= 30 {
		return 0, 0
	}
	return level, stop + size
}

// headingLevel reads the number of a heading: 一、 （一） 1. （1）.
func headingLevel(text string) int {
	rest, bracket := strings.CutPrefix(text, "（")
	digits := strings.TrimLeft(rest, "0123456789")
	hanzi := strings.TrimLeft(rest, numerals)
	switch {
	case !bracket && len(hanzi) < len(rest) && strings.HasPrefix(hanzi, "、"):
		return 1
	case bracket && len(hanzi) < len(rest) && strings.HasPrefix(hanzi, "）"):
		return 2
	case !bracket && len(digits) < len(rest) && strings.HasPrefix(digits, ".") && !startsDigit(digits[1:]):
		return 3
	case bracket && len(digits) < len(rest) && strings.HasPrefix(digits, "）"):
		return 4
	}
	return 0
}

func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// faceUpTo sets the first length bytes of a line in a face.
func faceUpTo(l Line, length int, face string) Line {
	var out Line
	for _, r := range l {
		cut := min(max(0, length), len(r.Text))
		length -= len(r.Text)
		head, tail := r, r
		head.Text, head.Face, tail.Text = r.Text[:cut], face, r.Text[cut:]
		out = append(out, head, tail)
	}
	return joinRuns(out)
}

// titleChars is how many characters of 二号 stand in a line of a title, less a little, so that
// its lines are shorter than the text's.
const titleChars = 19

// titleRows divides a title that is too long for a line into lines of about the same length,
// where its words allow: before 关于, after 的, never inside a name or a number.
func titleRows(l Line) []Line {
	rest := l
	var rows []Line
	for n := (halves(l.String()) + 2*titleChars - 1) / (2 * titleChars); n > 1; n-- {
		at := titleBreak(rest.String(), n)
		rows = append(rows, faceCut(rest, 0, at))
		rest = faceCut(rest, at, 1<<30)
	}
	if len(rest) > 0 {
		rows = append(rows, rest)
	}
	return rows
}

// titleBreak returns the byte at which the first of n lines of a title should end.
func titleBreak(text string, n int) int {
	total := halves(text)
	want := total / n
	best, bestCost := len(text), 1<<30
	at := 0
	for i, r := range text {
		if i > 0 && at <= 2*titleChars+2 && (total-at) <= (n-1)*(2*titleChars+2) {
			if cost := 3*abs(at-want) + breakCost(text[:i], text[i:]); cost < bestCost {
				best, bestCost = i, cost
			}
		}
		if at += 2; narrow(r) {
			at--
		}
	}
	return best
}

// breakCost says how ill a title breaks between two parts: 0 at the best places.
func breakCost(before, after string) int {
	const never = 1000
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case strings.ContainsRune("（《〈“‘〔【", last), strings.ContainsRune("）》〉”’〕】、，。：；的", next), narrow(last) && narrow(next):
		return never
	case strings.HasPrefix(after, "关于"), strings.ContainsRune("、，》", last), next == '《':
		return 0
	case last == '的':
		return 12
	case unclosed(before):
		return 200
	}
	return 60
}

// unclosed reports whether text ends inside a name in 《》 or a mark in 【】.
func unclosed(text string) bool {
	return strings.Count(text, "《") > strings.Count(text, "》") || strings.Count(text, "【") > strings.Count(text, "】")
}

func abs(n int) int { return max(n, -n) }

// faceCut returns the part of a line between two bytes.
func faceCut(l Line, from, to int) Line {
	var out Line
	for _, r := range l {
		a, b := min(max(0, from), len(r.Text)), min(max(0, to), len(r.Text))
		from, to = from-len(r.Text), to-len(r.Text)
		r.Text = r.Text[a:b]
		out = append(out, r)
	}
	return joinRuns(out)
}
