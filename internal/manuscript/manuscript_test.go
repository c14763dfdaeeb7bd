package manuscript

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"testing"

	"wenfang/internal/source"
)

func file(text string) *source.File {
	f, _ := source.NewFile("a.md", []byte(text))
	return f
}

func TestMarkdown(t *testing.T) {
	const text = "---\ntitle: 甲\n---\n\n# 题目 {#a}\n\n第一行，\n接着**第二**行[链接](b.md)与`代码`[^1]。\n\n```\n不读\n```\n\n> [!NOTE]\n> 引文\n\n- 一项\n- [x] 两项\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n:::note\n里面 <b>粗</b>\n:::\n\n尾\n\n    代码\n\n[^1]: 注文==标==\n\n[a]: http://x\n[[题名]]和[[rule:docno-bracket]]\n"
	m := Markdown(file(text), false)
	var got []string
	for _, p := range m.Paragraphs {
		got = append(got, p.Kind+":"+p.Text)
	}
	want := "title:题目|:第一行，接着第二行链接与\uFFFC。|:引文|:一项|:两项|cell:甲|cell:乙|cell:丙|cell:丁|:里面 \uFFFC粗\uFFFC|:尾|cell:注文标|:题名和\uFFFC"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("\n got %s\nwant %s", s, want)
	}
	for i, p := range m.Paragraphs {
		for n, r := range []rune(p.Text) {
			if at := p.At[n]; r != Object && r != ' ' && !strings.HasPrefix(text[at:], string(r)) {
				t.Errorf("paragraph %d: %q is not at %d", i, r, at)
			}
		}
	}
	if pos := m.Pos(1, 4); pos.Line != 8 || pos.Col != 1 {
		t.Errorf("接 stands at %v, want 8:1", pos)
	}
	if _, _, ok := m.Stretch(1, 3, 6); ok {
		t.Error("a stretch over the end of a line is not one")
	}
	if from, to, ok := m.Stretch(1, 4, 6); !ok || text[from:to] != "接着" {
		t.Errorf("stretch %q", text[from:to])
	}
}

func TestSheet(t *testing.T) {
	m := Markdown(file("正文。\n\n---\n\n评语。\n"), true)
	if len(m.Paragraphs) != 1 || m.Paragraphs[0].Text != "正文。" {
		t.Errorf("%+v", m.Paragraphs)
	}
}

func TestExceptions(t *testing.T) {
	const text = "<!-- check-ignore-file ph-name: 虚构 -->\n\n<!-- check-ignore word-a: 引文 -->\n甲\n\n- 乙 <!-- check-ignore word-b word-c -->\n- 丙\n"
	m := Markdown(file(text), false)
	var got []string
	for _, e := range m.Exceptions {
		got = append(got, fmt.Sprint(e.Rules, e.Paragraph, e.Reason))
	}
	if s := strings.Join(got, " | "); s != "[ph-name] -1虚构 | [word-a] 0引文 | [word-b word-c] 1" {
		t.Error(s)
	}
	m = Text(file("甲\n<!-- check-ignore word-a: 引文 -->\n乙\n丙 <!-- check-ignore word-b: 引文 -->\n"))
	if len(m.Paragraphs) != 3 || m.Exceptions[0].Paragraph != 1 || m.Exceptions[1].Paragraph != 2 || m.Paragraphs[2].Text != "丙" {
		t.Errorf("%+v", m)
	}
}

// pack makes a package of parts.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(parts[i+1]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordHead = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`

func TestWord(t *testing.T) {
	body := wordHead + `<w:p><w:r><w:t>关于</w:t></w:r><w:del><w:r><w:t>不</w:t></w:r></w:del><w:r><w:t xml:space="preserve">督查 &amp; 通知</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>` +
		`<w:p><w:r><w:t>外</w:t></w:r><AlternateContent><Choice><w:p><w:r><w:t>框</w:t></w:r></w:p></Choice><Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></Fallback></AlternateContent></w:p></w:body></w:document>`
	m, err := Word("a.docx", pack(t, "word/document.xml", body, "word/footnotes.xml", wordHead+`<w:p><w:t>脚注</w:t></w:p></w:body></w:document>`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range m.Paragraphs {
		got = append(got, fmt.Sprint(p.Line, p.Kind, p.Text))
	}
	if s := strings.Join(got, "|"); s != "1关于督查 & 通知|2cell甲|3框|4|5外|6cell脚注" {
		t.Error(s)
	}
}

func TestHostileWord(t *testing.T) {
	deep := wordHead + strings.Repeat("<w:a>", 10_000)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"no zip":       {[]byte("hello"), ErrNotWord},
		"empty":        {nil, ErrNotWord},
		"other zip":    {pack(t, "a.txt", "x"), ErrNotWord},
		"cut off":      {pack(t, "word/document.xml", wordHead)[:60], ErrNotWord},
		"no end":       {pack(t, "word/document.xml", wordHead+"<w:p>"), ErrBroken},
		"no XML":       {pack(t, "word/document.xml", "<<<"), ErrBroken},
		"entities":     {pack(t, "word/document.xml", `<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>`), ErrUnsafe},
		"deep":         {pack(t, "word/document.xml", deep), ErrTooLarge},
		"bomb":         {pack(t, "word/document.xml", wordHead+"<w:p><w:t>"+strings.Repeat("a", maxText+1)), ErrTooLarge},
		"bomb of tags": {pack(t, "word/document.xml", wordHead+strings.Repeat(" ", maxPart)), ErrTooLarge},
		"twice":        {pack(t, "word/document.xml", "<a/>", "word/document.xml", "<b/>"), ErrBroken},
		"charset":      {pack(t, "word/document.xml", `<?xml version="1.0" encoding="gbk"?><a/>`), ErrBroken},
	} {
		if _, err := Word("a.docx", c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func FuzzWord(f *testing.F) {
	f.Add(wordHead + `<w:p><w:t>甲</w:t></w:p></w:body></w:document>`)
	f.Fuzz(func(t *testing.T, body string) {
		Word("a.docx", pack(t, "word/document.xml", body))
		Word("a.docx", []byte(body))
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# 甲\n\n> - **乙**[丙](丁)\n<!-- check-ignore a: b --> x\n|a|b|\n[[a]] `x`")
	f.Fuzz(func(t *testing.T, text string) {
		src := file(text)
		for _, m := range []*Manuscript{Markdown(src, false), Markdown(src, true), Text(src)} {
			for i, p := range m.Paragraphs {
				runes := []rune(p.Text)
				if len(p.At) != len(runes)+1 {
					t.Fatalf("%d places of %d characters", len(p.At), len(runes))
				}
				for n := range runes {
					m.Pos(i, n)
					if n > 0 && p.At[n] < p.At[n-1] {
						t.Fatal("places go back")
					}
				}
			}
		}
	})
}

//go:embed testdata/libreoffice.docx
var libreOffice []byte

// A document as LibreOffice writes it: paragraphs, runs, a table.
func TestLibreOffice(t *testing.T) {
	m, err := Word("a.docx", libreOffice)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range m.Paragraphs {
		got = append(got, p.Kind+":"+p.Text)
	}
	want := ":安教发[2026]12号|:关于开展校舍安全检查的通知|:各区教育局：|:要认真布署，共126处。|cell:单位|cell:处数|cell:一中|cell:12|:安平市教育局|:2026年3月5日"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("\n got %s\nwant %s", s, want)
	}
}
