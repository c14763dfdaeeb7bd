package official

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"wenfang/internal/document"
)

// Fault is what is wrong with a value.
type Fault string

// A day that does not exist, or a form other than the field's pattern asks for.
const (
	FaultNone Fault = ""
	FaultDate Fault = "date"
	FaultForm Fault = "form"
)

var (
	dateForm   = regexp.MustCompile(`^([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?$`)
	dateDigits = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	anyBracket = regexp.MustCompile(`[\[(【（]([0-9]{4})[\])】）]`)
	lastNumber = regexp.MustCompile(`第?0*([0-9]+)号$`)
)

// Tidy returns a value as it should be written: a date as 2026年3月5日, and one that does not
// fit its field's pattern with 〔〕 for other brackets and without 第 and zeros, where it then fits.
func Tidy(f *document.Field, value string) string {
	text := strings.Trim(value, blankCutset+"\n")
	if f.Type == "date" {
		if y, m, d, ok := parseDate(text); ok && isDay(y, m, d) {
			return itoa(y) + "年" + itoa(m) + "月" + itoa(d) + "日"
		}
		return text
	}
	if f.Pattern == "" || fits(f.Pattern, text) {
		return text
	}
	better := anyBracket.ReplaceAllString(toHalfWidth(text), "〔$1〕")
	better = lastNumber.ReplaceAllString(better, "${1}号")
	if fits(f.Pattern, better) {
		return better
	}
	return text
}

// FaultOf says what is wrong with a value. What is no date at all (待定) is none.
func FaultOf(f *document.Field, value string) Fault {
	text := strings.Trim(value, blankCutset+"\n")
	if text == "" {
		return FaultNone
	}
	if f.Type == "date" {
		if y, m, d, ok := parseDate(text); ok && !isDay(y, m, d) {
			return FaultDate
		}
		return FaultNone
	}
	if f.Pattern != "" && !fits(f.Pattern, text) {
		return FaultForm
	}
	return FaultNone
}

func fits(pattern, text string) bool {
	re, err := regexp.Compile(pattern)
	return err != nil || re.MatchString(text)
}

// parseDate reads 2026年3月5日, 2026-03-05, 2026.3.5, 2026/3/5 and 20260305, in full-width
// digits too.
func parseDate(text string) (year, month, day int, ok bool) {
	half := strings.Map(func(r rune) rune {
		if strings.ContainsRune(blankCutset+"\n", r) {
			return -1
		}
		return r
	}, toHalfWidth(text))
	m := dateForm.FindStringSubmatch(half)
	if m == nil {
		m = dateDigits.FindStringSubmatch(half)
	}
	if m == nil {
		return 0, 0, 0, false
	}
	year, _ = strconv.Atoi(m[1])
	month, _ = strconv.Atoi(m[2])
	day, _ = strconv.Atoi(m[3])
	return year, month, day, true
}

func isDay(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t.Year() == year && int(t.Month()) == month && t.Day() == day
}

// toHalfWidth turns ！ to ～ into ! to ~.
func toHalfWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, text)
}

// FileName returns a name for the file of a document that every system takes: its title
// without what names may not hold, at most eighty characters.
func FileName(d *Document) string {
	var b strings.Builder
	for _, l := range d.Elements["title"] {
		b.WriteString(l.String())
	}
	name := strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune(`/\:*?"<>|`, r) || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, b.String())
	runes := []rune(strings.Trim(name, " .\u3000"))
	name = strings.Trim(string(runes[:min(len(runes), 80)]), " .\u3000")
	if name == "" {
		return "公文"
	}
	return name
}
