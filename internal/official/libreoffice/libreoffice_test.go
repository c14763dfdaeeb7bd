package libreoffice

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wenfang/internal/document"
	"wenfang/internal/official"
	"wenfang/internal/source"
)

// page reads a page of the handbook, or of the test data of official.
func page(t *testing.T, path string) *document.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := source.NewFile(path, data)
	return document.Parse(file)
}

// filled is a document with what it was made from.
type filled struct {
	name string
	doc  *official.Document
	set  []official.Paragraph
	pdf  string
}

func fill(name string, form *document.Form, values map[string]string) *filled {
	d := official.Fill(form, values)
	return &filled{name: name, doc: d, set: official.Compose(d)}
}

// print makes PDFs of documents.
func print(t *testing.T, all []*filled) {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for _, f := range all {
		path := filepath.Join(dir, f.name+".docx")
		if err := os.WriteFile(path, official.Word(f.doc.Format, f.set, official.Profiles[0]), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
		f.pdf = filepath.Join(dir, f.name+".pdf")
	}
	convert(t, files)
}

// number is a page number as it is printed.
var number = regexp.MustCompile(`^—[0-9]+—$`)

// read returns the text of pages from the top down, without their numbers.
func read(pages [][]textLine) string {
	var b strings.Builder
	for _, lines := range pages {
		slices.SortStableFunc(lines, func(a, b textLine) int {
			if d := a.base - b.base; math.Abs(d) > 6 {
				return int(d)
			}
			return int(a.left - b.left)
		})
		for _, l := range lines {
			if !number.MatchString(l.text) {
				b.WriteString(l.text)
			}
		}
	}
	return b.String()
}

func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\f\u00a0\u3000", r) {
			return -1
		}
		return r
	}, text)
}

// TestLibreOffice prints every template filled with its examples, every sample and the test
// data, once, and looks at the pages.
func TestLibreOffice(t *testing.T) {
	long := map[string]string{"事项": han(800)}
	all := append(handbook(t),
		upward(t),
		fill("lying", page(t, "../testdata/pages/shangxing.md").Form(), map[string]string{"事由": "申请经费"}),
		fill("letter", page(t, "../testdata/pages/xinhan.md").Form(), long),
		fill("order", page(t, "../testdata/pages/mingling.md").Form(), nil),
		fill("minutes", page(t, "../testdata/pages/jiyao.md").Form(), long),
	)
	print(t, all)
	byName := map[string]*filled{}
	for _, f := range all {
		byName[f.name] = f
		got, want := bare(read(linesOf(t, f.pdf))), bare(official.Text(f.set, official.TextOptions{}))
		if got != want {
			t.Errorf("%s: the page and the text differ:\n got %s\nwant %s", f.name, got, want)
		}
		testFirst(t, f)
	}
	t.Run("lines", func(t *testing.T) { testLines(t, byName["upward"]) })
	t.Run("common", func(t *testing.T) { testCommon(t, byName["upward"]) })
	t.Run("lying", func(t *testing.T) { testLying(t, byName["lying"]) })
	t.Run("letter", func(t *testing.T) { testLetter(t, byName["letter"]) })
	t.Run("marks", func(t *testing.T) {
		near(t, "mark of an order", pageOf(t, byName["order"].pdf, 1).bands(whole, red)[0].top, areaTop+20)
		near(t, "mark of minutes", pageOf(t, byName["minutes"].pdf, 1).bands(whole, red)[0].top, areaTop+35)
	})
}

// testFirst holds the first page of any document to where its mark and its number stand.
func testFirst(t *testing.T, f *filled) {
	t.Helper()
	marks := map[official.Format]float64{
		official.FormatCommon: areaTop + 35, official.FormatMinutes: areaTop + 35, official.FormatOrder: areaTop + 20, official.FormatLetter: 30,
	}
	first := pageOf(t, f.pdf, 1)
	mark, found := first.inkIn(whole, red)
	if want, has := marks[f.doc.Format]; has && found {
		near(t, f.name+": mark", mark.top, want)
	}
	number, found := first.inkIn(box{0, areaBottom + 1, 210, 297}, black)
	if letter := f.doc.Format == official.FormatLetter; found == letter {
		t.Errorf("%s: a number on the first page: %t", f.name, found)
	} else if found {
		near(t, f.name+": page number from the right", areaRight-number.right, smallChar)
		near(t, f.name+": dash of the page number", dash(first, number, 'r'), areaBottom+7)
	}
}

// handbook is the handbook's documents and those of the test data, filled with examples.
func handbook(t *testing.T) []*filled {
	var all []*filled
	for _, pattern := range []string{"../../../content/templates/*.md", "../../../content/samples/*.md", "../testdata/pages/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, path := range files {
			doc := page(t, path)
			if len(doc.Draft) == 0 {
				continue
			}
			values := map[string]string{}
			for _, f := range doc.Meta.Fields {
				if values[f.ID] = f.Example; f.Example == "" {
					values[f.ID] = "市人民政府"
				}
			}
			name := filepath.Base(filepath.Dir(path)) + "-" + strings.TrimSuffix(filepath.Base(path), ".md")
			all = append(all, fill(name, doc.Form(), values))
		}
	}
	return all
}

// han is text of n Han characters, none of which the line may not begin with.
func han(n int) string {
	return strings.Repeat("安平市档案库房修缮工作方案", n/13+1)[:n*3]
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1 {
		t.Errorf("%s: %.2f mm, want %.2f", what, got, want)
	}
}

// Lengths of the standard, in millimetres.
const (
	areaTop    = 37.0
	areaLeft   = 28.0
	areaRight  = 184.0
	areaBottom = 262.0
	lineHeight = 225.0 / 22
	smallChar  = 14 * 25.4 / 72
)

var whole = box{0, 0, 210, 297}

// upward is a long 请示 with every element of the head.
func upward(t *testing.T) *filled {
	form := page(t, "../testdata/pages/shangxing.md").Form()
	form.Draft = nil
	return fill("upward", form, map[string]string{
		"事由": "申请自助服务设备更新经费", "签发人": "李明", "附件": "经费测算表", "正文": han(1500) + "\n" + han(1500) + "\n一、" + han(20) + "\n" + han(200),
	})
}

// testLines holds that a full page has 22 lines of 28 characters, and where lines begin.
func testLines(t *testing.T, f *filled) {
	pages := linesOf(t, f.pdf)
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, lines := range pages[1 : len(pages)-1] {
		var text []textLine
		longest := 0
		for _, l := range lines {
			if !number.MatchString(l.text) {
				text = append(text, l)
				longest = max(longest, utf8.RuneCountInString(l.text))
			}
		}
		if len(text) != 22 || longest != 28 {
			t.Errorf("page %d: %d lines, the longest of %d characters", i+2, len(text), longest)
		}
		for j := 1; j < len(text); j++ {
			near(t, "pitch", (text[j].base-text[j-1].base)*25.4/72, lineHeight)
		}
	}
	for _, lines := range pages {
		for _, l := range lines {
			if left := l.left * 25.4 / 72; strings.HasPrefix(l.text, "安平市档案库房") && utf8.RuneCountInString(l.text) == 26 {
				near(t, "first line of a paragraph", left, areaLeft+2*16*25.4/72)
			} else if utf8.RuneCountInString(l.text) == 28 {
				near(t, "line", left, areaLeft)
				near(t, "end of line", l.right*25.4/72, areaRight)
			}
		}
	}
}

// testCommon measures the head and the foot of a common document on the ink.
func testCommon(t *testing.T, f *filled) {
	first := pageOf(t, f.pdf, 1)
	reds := first.bands(whole, red)
	if len(reds) != 2 {
		t.Fatalf("red ink: %v", reds)
	}
	mark, rule := reds[0], reds[1]
	near(t, "top of the mark", mark.top, areaTop+35)
	near(t, "middle of the mark", (mark.left+mark.right)/2, (areaLeft+areaRight)/2)
	near(t, "left end of the red line", rule.left, areaLeft)
	near(t, "right end of the red line", rule.right, areaRight)

	number, _ := first.inkIn(box{0, mark.bottom, 100, rule.top}, black)
	near(t, "number above the red line", rule.top-number.bottom, 4)
	near(t, "number from the left", number.left, areaLeft+16*25.4/72)
	near(t, "number below the mark", number.top-mark.bottom, 2*lineHeight+inkAbove(lineHeight, 16)+0.16*42*25.4/72)
	signer, _ := first.inkIn(box{110, mark.bottom, 210, rule.top}, black)
	near(t, "signer from the right", areaRight-signer.right, 16*25.4/72)
	corner := first.bands(box{0, 0, 100, mark.top}, black)
	if len(corner) != 3 {
		t.Fatalf("corner: %v", corner)
	}
	for i, b := range corner {
		near(t, "corner from the left", b.left, areaLeft)
		near(t, "corner from the top", (b.top+b.bottom)/2, areaTop+(float64(i)+0.5)*lineHeight)
	}
	title := first.bands(box{0, rule.bottom, 210, rule.bottom + 50}, black)[0]
	near(t, "title below the red line", title.top-rule.bottom, 2*lineHeight+inkAbove(33*25.4/72, 22))
	near(t, "middle of the title", (title.left+title.right)/2, (areaLeft+areaRight)/2)

	odd, _ := first.inkIn(box{0, areaBottom + 1, 210, 297}, black)
	near(t, "odd page number from the right", areaRight-odd.right, smallChar)
	near(t, "dash of the odd page number", dash(first, odd, 'r'), areaBottom+7)
	second := pageOf(t, f.pdf, 2)
	even, _ := second.inkIn(box{0, areaBottom + 1, 210, 297}, black)
	near(t, "even page number from the left", even.left-areaLeft, smallChar)
	near(t, "dash of the even page number", dash(second, even, 'l'), areaBottom+7)

	last := pageOf(t, f.pdf, len(linesOf(t, f.pdf)))
	imprint := last.bands(box{areaLeft + 60, areaTop, areaLeft + 61, areaBottom + 2}, black)
	foot := imprint[len(imprint)-1]
	near(t, "last line of the imprint", foot.bottom, areaBottom)
	line, _ := last.inkIn(box{0, foot.top - 0.2, 210, foot.bottom + 0.2}, black)
	near(t, "left end of the imprint", line.left, areaLeft)
	near(t, "right end of the imprint", line.right, areaRight)
}

// testLying holds that the number of a page that lies is where it is when the sheet
// stands (clause 8), and that the imprint follows on a page of its own.
func testLying(t *testing.T, f *filled) {
	pages := linesOf(t, f.pdf)
	lying := pageOf(t, f.pdf, len(pages)-1)
	if lying.width < lying.height {
		t.Fatalf("page %d does not lie", len(pages)-1)
	}
	margin, _ := lying.inkIn(box{0, 0, 34, 210}, black)
	near(t, "dashes from the edge", (margin.left+margin.right)/2, 35-7)
	if (len(pages)-1)%2 == 0 {
		near(t, "even page number from the top", margin.top, areaLeft+smallChar)
	} else {
		near(t, "odd page number from the foot", 210-margin.bottom, 26+smallChar)
	}
	last := pageOf(t, f.pdf, len(pages))
	if last.width > last.height {
		t.Error("the page of the imprint lies")
	}
	lines := last.bands(box{areaLeft + 60, areaTop, areaLeft + 61, areaBottom + 2}, black)
	if len(lines) == 0 {
		t.Fatal("no imprint")
	}
	near(t, "last line of the imprint", lines[len(lines)-1].bottom, areaBottom)
}

// inkAbove is the room between the top of a line of a height and the ink of its hanzi of a size
// in points: the foot of a character stands at four fifths of the line, its top 0.84 above.
func inkAbove(height, size float64) float64 { return 0.8*height - 0.84*size*25.4/72 }

// dash is the height of the dash at one end of a page number.
func dash(r *raster, number box, end byte) float64 {
	in := box{number.left, number.top, number.left + 2, number.bottom}
	if end == 'r' {
		in = box{number.right - 2, number.top, number.right, number.bottom}
	}
	b, _ := r.inkIn(in, black)
	return (b.top + b.bottom) / 2
}

// testLetter measures what a letter has of its own (10.1).
func testLetter(t *testing.T, letter *filled) {
	first := pageOf(t, letter.pdf, 1)
	reds := first.bands(whole, red)
	if len(reds) != 5 {
		t.Fatalf("red ink of a letter: %v", reds)
	}
	mark, thick, thin := reds[0], reds[1], reds[2]
	near(t, "mark of a letter from the edge", mark.top, 30)
	near(t, "double line below the mark", thick.top-mark.bottom, 4)
	if thick.bottom-thick.top <= thin.bottom-thin.top {
		t.Errorf("the upper of the two lines is the thick one, not %v over %v", thick, thin)
	}
	foot, footThick := reds[3], reds[4]
	if foot.bottom-foot.top >= footThick.bottom-footThick.top {
		t.Errorf("at the foot the lower of the two lines is the thick one, not %v over %v", foot, footThick)
	}
	near(t, "double line from the foot", 297-footThick.bottom, 20)
	for _, line := range []box{thick, thin, foot, footThick} {
		near(t, "left end of a double line", line.left, 20)
		near(t, "right end of a double line", line.right, 190)
	}
	number, _ := first.inkIn(box{110, thin.bottom, 210, thin.bottom + 12}, black)
	near(t, "number below the double line", number.top-thin.bottom, 7.0/8*16*25.4/72)
	near(t, "number at the right", number.right, areaRight)
	if b, found := first.inkIn(box{0, areaBottom + 2, 210, 297}, black); found {
		t.Errorf("the first page of a letter has a page number: %v", b)
	}
	second := pageOf(t, letter.pdf, 2)
	if b, found := second.inkIn(whole, red); found {
		t.Errorf("red ink on the second page of a letter: %v", b)
	}
	if _, found := second.inkIn(box{0, areaBottom + 1, 210, 297}, black); !found {
		t.Error("the second page of a letter has no number")
	}
}
