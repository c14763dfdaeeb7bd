package official

import (
	"encoding/xml"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wenfang/internal/document"
	"wenfang/internal/docx"
)

// pieces are what values are made of at random: plain, long, empty, hostile, beyond the first
// plane, and what no document can hold.
var pieces = []string{
	"安平市财政局", "关于申请经费的请示", "2026年3月5日", "", " ", "\n", "\t", "　", "一、", "（一）", "附件：", "。", "：",
	"𠮷𡈽", "\x00", "\x0b\x1f", "\uFFFE", "\u202e", "\xff\xfe", "]]>", "<w:t>", "</w:p>", "&amp;", "\"'", "{{事由}}", "【事由】", "{{", "}}",
	"=cmd|' /C calc'!A0", `\\host\share\x.dotx`, "INCLUDEPICTURE \"http://x\"", "PAGE", strings.Repeat("长", 500), "（横排）", "@fang@", "$1$&",
}

func randomValues(r *rand.Rand, f *document.Form) map[string]string {
	values := map[string]string{}
	for _, field := range append(f.Fields, document.FormField{ID: BodyField}) {
		if r.IntN(5) == 0 || field.ID == BodyField && r.IntN(3) > 0 {
			continue
		}
		var b strings.Builder
		for range r.IntN(8) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		values[field.ID] = b.String()
	}
	return values
}

// TestRandomFillings holds that every filling gives well-formed parts that lose no text and
// hold no field, no relationship to the outside and nothing that XML forbids.
func TestRandomFillings(t *testing.T) {
	r := rand.New(rand.NewPCG(9704, 2012))
	pages := []string{"shangxing", "lianhe", "buzhang", "xinhan", "jiyao", "jianghua", "zhuanfa"}
	forms := map[string]*document.Form{}
	for _, page := range pages {
		forms[page] = formOfPage(t, page)
	}
	checked := 0
	for i := range 2400 {
		f := forms[pages[i%len(pages)]]
		values := randomValues(r, f)
		d := Fill(f, values)
		set := Compose(d)
		part := docx.DocumentXML(blocksXML(d.Format, set), lastSection(d.Format, set))
		got, err := partText(part)
		if err != nil {
			t.Fatalf("filling %d: %v", i, err)
		}
		want := bare(Text(set, TextOptions{}))
		if sorted(bare(got), pages[i%len(pages)]) != sorted(want, pages[i%len(pages)]) {
			t.Fatalf("filling %d: the .docx says\n%q\nand the text\n%q", i, bare(got), want)
		}
		for id, value := range values {
			if !shownAlways(f, id) || len(splitValue(values[BodyField])) > 0 {
				continue
			}
			checked++
			for _, line := range splitValue(value) {
				if !strings.Contains(want, bare(line)) {
					t.Fatalf("filling %d: %q of %s is lost in\n%q", i, line, id, want)
				}
			}
		}
		for _, bad := range []string{"fldSimple", "instrText", "w:hyperlink", "TargetMode", "r:link", "w:object"} {
			if strings.Contains(part, "<"+bad) || strings.Contains(part, bad+"=") {
				t.Fatalf("filling %d holds %s", i, bad)
			}
		}
		if strings.ContainsAny(Rich(set, Profiles[0]), "\x00\x0b\uFFFE") {
			t.Fatalf("filling %d: control characters in HTML", i)
		}
	}
	if checked < 1000 {
		t.Errorf("only %d values were looked for", checked)
	}
}

// shownAlways reports whether a field stands in the text of a form, outside its parts.
func shownAlways(f *document.Form, id string) bool {
	inside := 0
	for _, b := range f.Draft {
		switch b.Kind {
		case document.DraftSet, document.DraftUnset:
			inside++
		case document.DraftEnd:
			inside--
		}
		for _, run := range b.Runs {
			if inside == 0 && run.Kind == "" && run.Field == id {
				return true
			}
		}
	}
	return false
}

// sorted is the text of a page of joint authorities by characters: 文件 stands beside the middle of
// their names on the page, after them in the part.
func sorted(text, page string) string {
	if page != "lianhe" {
		return text
	}
	runes := []rune(text)
	slices.Sort(runes)
	return string(runes)
}

// bare is text without white space and the blanks of the layout.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\r\u3000", r) {
			return -1
		}
		return r
	}, text)
}

func partText(part string) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		if text, ok := token.(xml.CharData); ok {
			b.Write(text)
		}
	}
}

// TestDeepParts holds that parts in parts cost what they hold, and no stack.
func TestDeepParts(t *testing.T) {
	const deep = 20000
	doc := parsePage("a.md", "---\nkind: template\nfields:\n  - id: 甲\n    type: list\n---\n"+strings.Repeat("{{#甲}}", deep)+"{{.}}"+strings.Repeat("{{/甲}}", deep))
	d := Fill(doc.Form(), map[string]string{"甲": "乙\n丙"})
	if got := Text(Compose(d), TextOptions{}); got != "　　乙丙\n" {
		t.Errorf("got %q", got)
	}
}
