package document

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"wenfang/internal/diag"
)

// questionTypes are the kinds of questions as written and as the page calls them.
var questionTypes = map[string]string{"单选": "single", "多选": "multiple", "判断": "judge"}

// option is one answer to choose: - [x] text — reason.
type option struct {
	item   ast.Node // what is left of the item: blocks after the first
	text   ast.Node
	reason ast.Node // nil where there is none
	right  bool
}

// question writes a self-test question: stem, options, and the answer behind a fold that
// works without script. Option and reason stand in different places of the page.
func (w *writer) question(n *container) {
	w.matched[n] = true // a part would reach over stem, options and answer
	kind, rule := questionHead(n.title)
	list := optionList(n)
	options, right := w.optionsOf(list), 0
	for _, o := range options {
		if o.right {
			right++
		}
	}
	if kind == "" || len(options) < 2 || right == 0 || kind != "multiple" && right != 1 {
		args := diag.Args{"type": n.title, "options": itoa(len(options)), "right": itoa(right)}
		w.p.reportAt(n.Pos(), "question-form", args, n.colons+utf8.RuneCountInString(n.name))
	}
	if kind == "" {
		kind = "single"
	}
	w.open(`<div class="question" data-type="` + kind + `"`)
	if rule != "" {
		w.doc.Rules = append(w.doc.Rules, RuleRef{ID: rule, By: RuleAsked, Line: w.p.pos(n.Pos()).Line})
		w.open(` data-rule="` + html.EscapeString(rule) + `"`)
	}
	w.open(`><p class="question-type">` + Word("question."+kind) + "</p>\n" + `<div class="stem">` + "\n")
	child := n.FirstChild()
	for ; child != nil && child != list; child = child.NextSibling() {
		w.block(child)
	}
	w.open("</div>\n" + `<ol class="options" type="A">` + "\n")
	for _, o := range options {
		w.open(`<li class="option"` + dataRight(o.right) + ">")
		w.inlineBlock(o.text)
		w.open("</li>\n")
		w.endBlock()
	}
	w.open("</ol>\n" + `<details class="answer"><summary>` + Word("question.answer") + "</summary>\n")
	w.answers(options)
	w.open(`<div class="explanation">` + "\n")
	for child != nil {
		if child = child.NextSibling(); child != nil {
			w.block(child)
		}
	}
	w.open("</div>\n</details></div>\n")
}

// questionHead reads what follows :::question.
func questionHead(title string) (kind, rule string) {
	for _, word := range strings.Fields(title) {
		if id, ok := strings.CutPrefix(word, "rule="); ok {
			rule = id
		} else if t := questionTypes[word]; t != "" {
			kind = t
		}
	}
	return kind, rule
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
		if o.reason != nil {
			w.inlineBlock(o.reason)
		} else { // a place in the list keeps its letter
			w.open(html.EscapeString(plainText(o.text, w.src)))
		}
		w.flush()
		w.endBlock()
		if o.item.FirstChild() != nil {
			w.open("\n")
			w.blocks(o.item)
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

// optionList returns the list that holds the options: the first one with boxes to tick, else
// the first one.
func optionList(n *container) ast.Node {
	var first ast.Node
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() != ast.KindList {
			continue
		}
		if isTask(child.FirstChild()) {
			return child
		}
		if first == nil {
			first = child
		}
	}
	return first
}

func (w *writer) optionsOf(list ast.Node) []option {
	if list == nil {
		return nil
	}
	var options []option
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		options = append(options, w.optionOf(item))
	}
	return options
}

// optionOf takes an item of the list apart at its dash.
func (w *writer) optionOf(item ast.Node) option {
	o := option{item: item, text: ast.NewTextBlock()}
	first := item.FirstChild()
	if !isKind(first, ast.KindParagraph, ast.KindTextBlock) {
		return o
	}
	item.RemoveChild(item, first)
	o.text = first
	if box, ok := first.FirstChild().(*extast.TaskCheckBox); ok {
		o.right = box.IsChecked
		first.RemoveChild(first, box)
	}
	if at, found := separator(first, w.src, " — ", " —— ", " – "); found {
		o.reason = cut(first, at, at.start, at.stop)
		trimStart(o.reason, w.src)
		trimEnd(first, w.src)
	}
	return o
}
