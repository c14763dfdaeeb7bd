package document

import (
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

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
func dropFirstLine(para ast.Node, src []byte) {
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
	pos := w.p.pos(max(0, n.Pos()))
	if !n.closed {
		w.p.report(pos, "container-unclosed", diag.Args{"name": n.name}, 0)
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
		w.question(n, pos)
	case slices.Contains(containerNames, name):
		w.open(`<div class="box box-` + name + `"><p class="box-title">`)
		w.title(n.title, "box."+name)
		w.wrap("</p>\n", n, "</div>\n")
	default:
		w.p.report(pos, "container-unknown", diag.Args{"name": n.name, "near": diag.Nearest(name, containerNames)}, 0)
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
	w.text(stripControls(title))
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

// questionTypes are the kinds of questions as written and as the page calls them.
var questionTypes = map[string]string{"单选": "single", "多选": "multiple", "判断": "judge"}

// question writes a self-test question: stem, options, and the answer behind a fold that
// works without script.
func (w *writer) question(n *container, pos diag.Pos) {
	w.questionAt = pos
	kind, rule := "", ""
	for _, word := range strings.Fields(n.title) {
		if id, ok := strings.CutPrefix(word, "rule="); ok {
			rule = id
		} else if t := questionTypes[word]; t != "" {
			kind = t
		}
	}
	options := optionsOf(n, w.src)
	right := 0
	for _, o := range options {
		if o.right {
			right++
		}
	}
	if kind == "" || len(options) < 2 || right == 0 || kind != "multiple" && right != 1 {
		w.p.report(pos, "question-form", diag.Args{"type": n.title, "options": itoa(len(options)), "right": itoa(right)}, 0)
	}
	if kind == "" {
		kind = "single"
	}
	w.open(`<div class="question" data-type="` + kind + `"`)
	if rule != "" {
		w.open(` data-rule="` + html.EscapeString(rule) + `"`)
	}
	w.open(`><p class="question-type">` + Word("question."+kind) + "</p>\n" + `<div class="stem">` + "\n")
	child := n.FirstChild()
	for ; child != nil && child.Kind() != ast.KindList; child = child.NextSibling() {
		w.block(child)
	}
	w.open("</div>\n" + `<ol class="options" type="A">` + "\n")
	for _, o := range options {
		w.open(`<li class="option"` + dataRight(o.right) + ">")
		w.optionText(o.before)
		w.open("</li>\n")
	}
	w.open("</ol>\n" + `<details class="answer"><summary>` + Word("question.answer") + "</summary>\n")
	w.answers(options)
	w.open(`<div class="explanation">` + "\n")
	if child != nil {
		for child = child.NextSibling(); child != nil; child = child.NextSibling() {
			w.block(child)
		}
	}
	w.open("</div>\n</details></div>\n")
}

func (w *writer) answers(options []option) {
	w.open(`<p class="answer-key">` + Word("question.right"))
	for i, o := range options {
		if o.right {
			w.open(" <b>" + string(rune('A'+i%26)) + "</b>")
		}
	}
	w.open("</p>\n" + `<ol class="reasons" type="A">` + "\n")
	for _, o := range options {
		w.open(`<li class="reason"` + dataRight(o.right) + ">")
		if o.after != "" {
			w.optionText(o.after)
		} else {
			w.optionText(o.before)
		}
		w.open("</li>\n")
	}
	w.open("</ol>\n")
}

func dataRight(right bool) string {
	if right {
		return " data-right"
	}
	return ""
}

// option is one option of a question: its text and the reason behind a dash, as Markdown.
type option struct {
	before, after string
	right         bool
}

// optionsOf reads the first list of a question.
func optionsOf(n *container, src []byte) []option {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() != ast.KindList {
			continue
		}
		var options []option
		for item := child.FirstChild(); item != nil; item = item.NextSibling() {
			options = append(options, optionOf(item, src))
		}
		return options
	}
	return nil
}

// optionOf reads one option: - [x] text — reason. Option and reason are shown in different
// places, so the item's source is cut at the dash.
func optionOf(item ast.Node, src []byte) option {
	var o option
	for block := item.FirstChild(); block != nil; block = block.NextSibling() {
		if box, ok := block.FirstChild().(*extast.TaskCheckBox); ok {
			o.right = box.IsChecked
		}
		if block.Type() != ast.TypeInline && block.Lines() != nil {
			o.before += linesOf(block, src)
		}
	}
	if len(o.before) > 3 && o.before[0] == '[' && o.before[2] == ']' {
		o.before = o.before[3:]
	}
	for _, dash := range []string{" — ", " —— ", " – "} {
		if before, after, found := strings.Cut(o.before, dash); found {
			o.before, o.after = before, trim(after)
			break
		}
	}
	o.before = trim(o.before)
	return o
}

// optionText writes an option or a reason: one line of Markdown, parsed on its own because
// the two stand in different places of the page.
func (w *writer) optionText(markdownText string) {
	src := []byte(markdownText)
	inner := &writer{p: w.p, doc: w.doc, src: src, notes: w.notes, at: w.questionAt}
	root := markdown().Parse(text.NewReader(src))
	for block := root.FirstChild(); block != nil; block = block.NextSibling() {
		if block.Type() == ast.TypeBlock && isKind(block, ast.KindParagraph, ast.KindTextBlock) {
			inner.inlineBlock(block)
		} else {
			inner.block(block)
		}
	}
	inner.flush()
	w.open(inner.out.String())
	w.plain.WriteString(inner.plain.String())
	w.endBlock()
}
