// Package libreoffice holds our .docx to what LibreOffice makes of it: text, lines and the ink
// on the page. It has tests only; .ci/install.sh installs what they need.
package libreoffice

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const dpi = 300

// run runs a program of the machine.
func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s (installed by .ci/install.sh): %v\n%s", name, err, stderr.Bytes())
	}
	return out
}

// convert makes a PDF of every file, in their folder.
func convert(t *testing.T, files []string) {
	t.Helper()
	dir := filepath.Dir(files[0])
	args := []string{"--headless", "-env:UserInstallation=file://" + t.TempDir(), "--convert-to", "pdf", "--outdir", dir}
	run(t, "soffice", append(args, files...)...)
}

// raster is a page as ink at 300 dots an inch.
type raster struct {
	width, height int
	pixels        []byte // red, green, blue
}

func pageOf(t *testing.T, pdf string, page int) *raster {
	t.Helper()
	n := strconv.Itoa(page)
	data := run(t, "pdftoppm", "-r", strconv.Itoa(dpi), "-f", n, "-l", n, "-singlefile", pdf)
	r := &raster{}
	var most int
	if _, err := fmt.Sscanf(string(data[:40]), "P6\n%d %d\n%d", &r.width, &r.height, &most); err != nil {
		t.Fatal(err)
	}
	r.pixels = data[len(data)-3*r.width*r.height:]
	return r
}

// ink is a colour.
type ink func(r, g, b byte) bool

func red(r, g, b byte) bool   { return r > 150 && g < 120 && b < 120 }
func black(r, g, b byte) bool { return r < 128 && g < 128 && b < 128 }

// box is a rectangle on the page, in millimetres.
type box struct{ left, top, right, bottom float64 }

func (b box) String() string {
	return fmt.Sprintf("%.1f–%.1f mm across, %.1f–%.1f mm down", b.left, b.right, b.top, b.bottom)
}

func mm(pixels int) float64 { return float64(pixels) * 25.4 / dpi }

// inkIn returns the smallest box that holds all ink of a colour inside another.
func (r *raster) inkIn(in box, is ink) (box, bool) {
	px := func(mm float64, most int) int { return min(most, max(0, int(mm*dpi/25.4))) }
	left, top, right, bottom := r.width, r.height, -1, -1
	for y := px(in.top, r.height); y < px(in.bottom, r.height); y++ {
		for x := px(in.left, r.width); x < px(in.right, r.width); x++ {
			if p := r.pixels[3*(y*r.width+x):]; is(p[0], p[1], p[2]) {
				left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
			}
		}
	}
	return box{mm(left), mm(top), mm(right + 1), mm(bottom + 1)}, bottom >= 0
}

// bands returns the rows of ink inside a box, from the top: each is parted from the next by
// rows without any.
func (r *raster) bands(in box, is ink) []box {
	var out []box
	row := func(y float64) (box, bool) { return r.inkIn(box{in.left, y, in.right, y + mm(1) + 0.001}, is) }
	open := false
	for y := in.top; y < in.bottom; y += mm(1) {
		b, found := row(y)
		switch last := len(out) - 1; {
		case found && open:
			out[last] = box{min(out[last].left, b.left), out[last].top, max(out[last].right, b.right), b.bottom}
		case found:
			out = append(out, b)
		}
		open = found
	}
	return out
}

// textLine is a line of text with the box that its font asks for, in points.
type textLine struct {
	text                   string
	left, top, right, base float64
}

// linesOf returns the lines of each page, from the top.
func linesOf(t *testing.T, pdf string) [][]textLine {
	t.Helper()
	var doc struct {
		Pages []struct {
			Lines []struct {
				XMin  float64 `xml:"xMin,attr"`
				YMin  float64 `xml:"yMin,attr"`
				XMax  float64 `xml:"xMax,attr"`
				YMax  float64 `xml:"yMax,attr"`
				Words []struct {
					Text string `xml:",chardata"`
				} `xml:"word"`
			} `xml:"flow>block>line"`
		} `xml:"body>doc>page"`
	}
	d := xml.NewDecoder(bytes.NewReader(run(t, "pdftotext", "-bbox-layout", pdf, "-")))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	var pages [][]textLine
	for _, p := range doc.Pages {
		var lines []textLine
		for _, l := range p.Lines {
			var b strings.Builder
			for _, w := range l.Words {
				b.WriteString(w.Text)
			}
			lines = append(lines, textLine{b.String(), l.XMin, l.YMin, l.XMax, l.YMax})
		}
		pages = append(pages, lines)
	}
	return pages
}
