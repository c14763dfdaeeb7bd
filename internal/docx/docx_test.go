package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files")

// sample uses everything that the package can write.
func sample() []Part {
	p := Package{
		Styles: []Style{
			{ID: "Normal", Name: "Normal", Default: true, Props: Props{NoWidowControl: true, HangMarks: true, NoAutoSpace: true, Line: 579, Align: "both"},
				Font: Font{Asia: "仿宋_GB2312", Latin: "Times New Roman", Size: 32, Spacing: -5}},
			{ID: "Heading1", Name: "heading 1", Based: "Normal", Next: "Normal", Font: Font{Asia: "黑体", Bold: true, Color: "FF0000"},
				Props: Props{KeepNext: true, KeepLines: true, Outline: 1, Indent: Indent{First: 640, FirstChars: 200}}},
			{ID: "Hei", Name: "公文黑体", Character: true, Font: Font{Asia: "黑体"}},
		},
		Fonts: []FontName{{"仿宋_GB2312", "仿宋"}, {Name: "黑体"}},
		Furniture: []Furniture{{"header1", []Paragraph{{}}, nil}, {"footer1", []Paragraph{{Runs: []Run{{Text: "— "}, {Text: PageNumber}, {Text: " —"}}}}, nil},
			{"footer2", []Paragraph{{Runs: []Run{{Text: PageNumber}}}}, &Turned{1425, 1868, 400, 1500}}},
	}
	frame := &Frame{Width: 9638, Height: 400, HeightRule: "exact", Wrap: "notBeside", HAnchor: "page", XAlign: "center", VAnchor: "page", Y: 1567, HSpace: 1, VSpace: 2}
	line := &Border{Kind: "single", Size: 8, Color: "000000"}
	blocks := []interface{ XML() string }{
		&Paragraph{Style: "Heading1", Runs: []Run{{Text: "一、<总体> & \"要求\""}}},
		&Paragraph{Props: Props{Frame: frame, Top: line, Bottom: line, NoSnap: true, Before: 10, After: 20, Align: "center", PageBreakBefore: true,
			Tabs: []Tab{{"left", 320}, {"right", 8844}}, Indent: Indent{Left: 640, LeftChars: 200, Right: 320, RightChars: 100, First: -320, FirstChars: -100}},
			Runs: []Run{{Text: "甲\t乙\n丙", Style: "Hei", Bold: true, Size: 28}, {Text: "【事由】", Control: "事由"}}},
		&Table{Widths: []int{4000, 4844}, Lines: Lines{4, 4, 4, 4, 4}, Margin: 85, Center: true, Rows: []Row{
			{Header: true, Cells: []Cell{{{Runs: []Run{{Text: "甲"}}}}, nil}}, {Cells: []Cell{{{}, {}}}}}},
		&Table{Widths: []int{8844}, Lines: Lines{Top: 8, Bottom: 8}, Float: &Float{X: 1588}, Rows: []Row{{Cells: []Cell{{{}}}}}},
	}
	var b strings.Builder
	for _, block := range blocks {
		b.WriteString(block.XML())
	}
	first := Section{Width: 11906, Height: 16838, Top: 2098, Right: 1474, Bottom: 1984, Left: 1588, Header: 851, Footer: 1134, Grid: 579, TitlePage: true,
		HeaderParts: [3]string{FirstPage: "header1"}, FooterParts: [3]string{OddPages: "footer1", EvenPages: "footer1"}}
	lying := Section{Width: 16838, Height: 11906, Landscape: true, FooterParts: [3]string{OddPages: "footer1"}}
	return append(p.Parts(), Part{DocumentPart, DocumentXML(b.String()+SectionBreak(&first), &lying)})
}

func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, part := range sample() {
		b.WriteString("-- " + part.Name + " --\n" + strings.ReplaceAll(part.Data, "><", ">\n<") + "\n")
	}
	const path = "testdata/sample.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("differs from %s; -update writes it", path)
	}
}

// TestZip reads a package back with another implementation.
func TestZip(t *testing.T) {
	parts := sample()
	data := Zip(parts)
	if !bytes.Equal(data, Zip(sample())) {
		t.Error("the same parts are other bytes")
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(rc)
		if err != nil || string(got) != parts[i].Data || f.Name != parts[i].Name || f.Method != zip.Store || f.NonUTF8 {
			t.Errorf("%s: %v", f.Name, err)
		}
		if y := f.Modified.Year(); y != 1980 {
			t.Errorf("%s: dated %d", f.Name, y)
		}
	}
	if len(r.File) != len(parts) {
		t.Errorf("%d files, want %d", len(r.File), len(parts))
	}
}

func TestNothingOutside(t *testing.T) {
	for _, part := range sample() {
		for _, word := range []string{"TargetMode", "External", "instrText", "creator", "lastModifiedBy", "dcterms", "Application"} {
			if strings.Contains(part.Data, word) {
				t.Errorf("%s holds %s", part.Name, word)
			}
		}
	}
}

func TestClean(t *testing.T) {
	got := Clean("甲\x00\x0b\x1f\uFFFE\uFFFF\t乙\n\xff𠮷" + string(utf8.RuneError))
	if want := "甲\t乙\n\uFFFD𠮷\uFFFD"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzText holds that every text gives a well-formed part that loses none of it.
func FuzzText(f *testing.F) {
	for _, s := range []string{"一、标题", "<w:p>&amp;]]>", "\x00\uFFFE\xff", "a\tb\nc", "𠮷\u202e"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, control string) {
		p := Paragraph{Style: text, Runs: []Run{{Text: text}, {Text: text, Control: control}}}
		section := Section{}
		got, err := textOf(DocumentXML(p.XML(), &section))
		if err != nil {
			t.Fatal(err)
		}
		want := strings.NewReplacer("\t", "", "\n", "").Replace(Clean(text) + Clean(text))
		if got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// textOf returns the text of a part, and an error where it is not well-formed.
func textOf(part string) (string, error) {
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
			b.WriteString(strings.TrimPrefix(string(text), "\n"))
		}
	}
}
