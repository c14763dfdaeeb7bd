package official

import (
	"strconv"
	"strings"
)

// Rich returns paragraphs as HTML that Word and WPS paste with its fonts, indents and pitch.
// Every paragraph carries its own form: sizes in points, one family for each property, indents
// once in points and once in characters. Page, frame and page number travel in a .docx only.
func Rich(paragraphs []Paragraph, fonts Fonts) string {
	r := &rich{fonts: fonts}
	for i := 0; i < len(paragraphs); i++ {
		p := &paragraphs[i]
		switch {
		case isRow(p):
			end := i
			for end < len(paragraphs) && isRow(&paragraphs[end]) {
				end++
			}
			r.table(paragraphs[i:end])
			i = end - 1
		case p.Style == "JointMark":
			for _, name := range jointLines(p) {
				r.paragraph(&Paragraph{Style: "Mark", Runs: name, Size: p.Size, Line: p.Line}, "")
			}
		case p.Style == "Gap" || p.Style == "Foot" || p.Turn != "":
		default:
			r.paragraph(p, imprintBorders(paragraphs, i))
		}
	}
	return strings.Join(r.out, "\n")
}

type rich struct {
	fonts Fonts
	out   []string
}

// Lines around a paragraph, as Word's HTML has them.
const (
	redBorder    = "border:none;border-bottom:solid #FF0000 2.25pt;mso-border-bottom-alt:solid #FF0000 2.25pt;padding:0pt"
	doubleBorder = "border:none;border-bottom:double #FF0000 3pt;mso-border-bottom-alt:thick-thin-small-gap #FF0000 3pt;padding:0pt"
)

// imprintBorders are the lines around a paragraph of the imprint.
func imprintBorders(paragraphs []Paragraph, i int) string {
	if !isImprint(&paragraphs[i]) {
		return ""
	}
	side := func(name, width string) string {
		return ";border-" + name + ":solid windowtext " + width + "pt;mso-border-" + name + "-alt:solid windowtext " + width + "pt"
	}
	borders := ""
	switch {
	case startsImprint(paragraphs, i):
		borders += side("top", "1")
	case paragraphs[i].Style == "Printed":
		borders += side("top", ".75")
	}
	if i+1 == len(paragraphs) || !isImprint(&paragraphs[i+1]) {
		borders += side("bottom", "1")
	}
	return "border:none" + borders + ";padding:0pt"
}

func (r *rich) paragraph(p *Paragraph, borders string) {
	f := formByID(p.Style)
	switch p.Style {
	case "Number", "NumberUp":
		borders = redBorder
	case "LetterMark":
		borders = doubleBorder
	}
	runs := spread(p, f)
	if len(runs) == 0 {
		runs = Line{{Text: "\u00a0"}}
	}
	r.out = append(r.out, r.element(p, f, runs, borders))
}

// element returns a paragraph with its form.
func (r *rich) element(p *Paragraph, f *form, runs Line, borders string) string {
	align := f.align
	if align == "" || align == "both" {
		align = "justify"
	}
	pitchOf, size := pitch, 32
	if f.line > 0 {
		pitchOf = f.line
	}
	if p.Line > 0 {
		pitchOf = p.Line
	}
	if f.size > 0 {
		size = f.size
	}
	if p.Size > 0 {
		size = p.Size
	}
	c := size * 10
	left, right, first := p.Left+f.left*c, p.Right+f.right*c, p.First+(f.first-f.hang)*c
	style := []string{"margin:0pt", "text-align:" + align}
	if align == "justify" {
		style = append(style, "text-justify:inter-ideograph")
	}
	style = append(style, indentStyle("text-indent", "mso-char-indent-count", first, c, ""))
	if left != 0 {
		style = append(style, indentStyle("margin-left", "mso-para-margin-left", left, c, "gd"))
	}
	if right != 0 {
		style = append(style, indentStyle("margin-right", "mso-para-margin-right", right, c, "gd"))
	}
	style = append(style, "line-height:"+points(pitchOf)+"pt;mso-line-height-rule:exactly",
		"mso-pagination:none;layout-grid-mode:char;mso-layout-grid-align:none")
	if p.Break {
		style = append(style, "page-break-before:always")
	}
	if borders != "" {
		style = append(style, borders)
	}
	html := `<p class="MsoNormal" align="` + align + `" style="` + strings.Join(style, ";") + `">`
	for _, run := range unfielded(runs) {
		html += r.spans(run, f, size)
	}
	return html + "</p>"
}

// indentStyle says an indent in points and in characters.
func indentStyle(name, inChars string, twips, c int, unit string) string {
	if twips == 0 {
		return name + ":0pt"
	}
	return name + ":" + points(twips) + "pt;" + inChars + ":" + decimal(twips*100/c, 100, 1) + unit
}

// points writes twips as points.
func points(twips int) string { return decimal(twips, 20, 0) }

// decimal writes n/of with as many decimals as it needs, at least some.
func decimal(n, of, least int) string {
	s := strconv.FormatFloat(float64(n)/float64(of), 'f', 2, 64)
	s = strings.TrimRight(s, "0")
	whole, rest, _ := strings.Cut(s, ".")
	for len(rest) < least {
		rest += "0"
	}
	if rest == "" {
		return whole
	}
	return whole + "." + rest
}

// spans writes runs of Han and of Latin as spans of their own, as Word does.
func (r *rich) spans(run Run, f *form, size int) string {
	role := f.font
	if run.Face != "" {
		role = run.Face
	}
	font, latin := quoted(r.fonts.byRole(role)), quoted(r.fonts.Latin)
	more := ""
	if f.color != "" {
		more = ";color:#" + f.color
	}
	if run.Gap {
		more += ";background:yellow;mso-highlight:yellow"
	}
	var b strings.Builder
	for i, line := range strings.Split(run.Text, "\n") {
		if i > 0 {
			b.WriteString("<br>")
		}
		for _, piece := range scripts(line) {
			text := htmlEscaper.Replace(piece)
			if run.Bold {
				text = `<b style="mso-bidi-font-weight:normal">` + text + "</b>"
			}
			if narrow([]rune(piece)[0]) {
				b.WriteString(`<span lang="EN-US" style="font-size:` + decimal(size, 2, 0) + "pt;font-family:" + latin + ";mso-fareast-font-family:" + font + more + `">` + text + "</span>")
			} else {
				b.WriteString(`<span lang="ZH-CN" style="font-size:` + decimal(size, 2, 0) + "pt;font-family:" + font + ";mso-fareast-font-family:" + font +
					";mso-ascii-font-family:" + latin + ";mso-hansi-font-family:" + latin + more + `">` + text + "</span>")
			}
		}
	}
	return b.String()
}

// quoted is the name of a font as a value of CSS: LibreOffice does not take a bare one that is
// more than Latin letters.
func quoted(name string) string { return "'" + name + "'" }

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// scripts cuts text into pieces of narrow and of wide characters.
func scripts(text string) []string {
	var out []string
	last := false
	for _, r := range text {
		if n := narrow(r); len(out) == 0 || n != last {
			out, last = append(out, ""), n
		}
		out[len(out)-1] += string(r)
	}
	return out
}

// table writes rows as a table with a line around every cell.
func (r *rich) table(rows []Paragraph) {
	widths := columns(rows, areaWidth)
	var b strings.Builder
	b.WriteString(`<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;border:none;` +
		`mso-border-alt:solid windowtext .5pt;mso-padding-alt:0pt 5.4pt 0pt 5.4pt">`)
	for _, row := range rows {
		f := formByID(row.Style)
		b.WriteString("<tr>")
		for i, w := range widths {
			runs := Line{{Text: "\u00a0"}}
			if i < len(row.Cells) && len(row.Cells[i]) > 0 {
				runs = row.Cells[i]
			}
			width := points(w)
			b.WriteString(`<td width="` + width + `" style="width:` + width + `pt;border:solid windowtext .5pt;mso-border-alt:solid windowtext .5pt;padding:0pt 5.4pt">` +
				r.element(&Paragraph{}, f, runs, "") + "</td>")
		}
		b.WriteString("</tr>")
	}
	r.out = append(r.out, b.String()+"</table>")
}
