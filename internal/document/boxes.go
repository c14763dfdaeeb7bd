package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"wenfang/internal/diag"
)

// alerts are the kinds of GitHub's alerts.
var alerts = []string{"note", "tip", "important", "warning", "caution"}

// alertOf returns the kind of an alert: a quotation whose first line is [!NOTE].
func alertOf(n *ast.Blockquote, src []byte) (kind string, para ast.Node) {
	para = n.FirstChild()
	if para == nil || para.Kind() != ast.KindParagraph || para.Lines().Len() == 0 {
		return "", nil
	}
	line := para.Lines().At(0)
	first := strings.ToLower(trim(string(line.Value(src))))
	first, ok := strings.CutPrefix(first, "[!")
	if first, ok2 := strings.CutSuffix(first, "]"); ok && ok2 && slices.Contains(alerts, first) {
		return first, para
	}
	return "", nil
}

// dropFirstLine takes the nodes of a paragraph's first line out of it.
func dropFirstLine(para ast.Node) {
	for n := para.FirstChild(); n != nil; {
		next := n.NextSibling()
		para.RemoveChild(para, n)
		if t, ok := n.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			return
		}
		n = next
	}
}

// container writes :::name … ::: .
func (w *writer) container(n *container) {
	pos, width := w.p.pos(max(0, n.Pos())), n.colons+utf8.RuneCountInString(n.name)
	if !n.closed {
		w.p.report(pos, "container-unclosed", diag.Args{"name": n.name}, width)
	}
	name := strings.ToLower(n.name)
	switch {
	case slices.Contains(alerts, name):
		w.open(`<div class="callout callout-` + name + `" role="note"><p class="callout-title">`)
		w.title(n.title, "callout."+name)
		w.wrap("</p>\n", n, "</div>\n")
	case name == "details":
		w.open(`<details class="details"><summary>`)
		w.title(n.title, "details.title")
		w.wrap("</summary>\n", n, "</details>\n")
	case name == "checklist":
		w.checklist++
		w.open(`<div class="box checklist"><p class="box-title">`)
		w.title(n.title, "box.checklist")
		w.wrap("</p>\n", n, "</div>\n")
		w.checklist--
	case name == "contrast":
		w.contrast(n)
	case name == "wrong" || name == "right":
		w.open(`<div class="` + name + `"><p class="tag">`)
		w.title(n.title, "contrast."+name)
		w.wrap("</p>\n", n, "</div>\n")
	case name == "question":
		w.question(n)
	case slices.Contains(containerNames, name):
		w.open(`<div class="box box-` + name + `"><p class="box-title">`)
		w.title(n.title, "box."+name)
		w.wrap("</p>\n", n, "</div>\n")
	default:
		w.p.report(pos, "container-unknown", diag.Args{"name": n.name, "near": diag.Nearest(name, containerNames)}, width)
		w.open(`<div class="box">`)
		if n.title != "" {
			w.open(`<p class="box-title">`)
			w.title(n.title, "")
			w.open("</p>")
		}
		w.wrap("\n", n, "</div>\n")
	}
}

// title writes the author's title, or the words of the site for want of one.
func (w *writer) title(title, word string) {
	if title == "" {
		w.open(Word(word))
		return
	}
	w.bare++
	w.text(title)
	w.bare--
	w.endBlock()
}

// contrast writes pairs of wrong and right side by side.
func (w *writer) contrast(n *container) {
	w.open(`<div class="contrast">`)
	if n.title != "" {
		w.open(`<p class="contrast-title">`)
		w.title(n.title, "")
		w.open("</p>\n")
	}
	paired := false
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		c, ok := child.(*container)
		half := ok && (c.name == "wrong" || c.name == "right")
		if half && (!paired || c.name == "wrong") {
			if paired {
				w.open("</div>\n")
			}
			w.open(`<div class="pair">`)
			paired = true
		}
		if !half && paired {
			w.open("</div>\n")
			paired = false
		}
		w.block(child)
	}
	if paired {
		w.open("</div>\n")
	}
	w.open("</div>\n")
}
