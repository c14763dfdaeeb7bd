package document

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"wenfang/internal/diag"
)

// footnote is [^label]: text, with further blocks indented by four. It stays in the tree where
// it was written; the writer shows it at the end or, in a sample, beside its words.
type footnote struct {
	ast.BaseBlock
	label   string
	width   int   // of the mark, for the caret
	index   int   // by first reference; 0 as long as there is none
	refs    int   // references that were parsed
	shown   int   // references that stand in the page
	note    *note // in a sample: its parts, once they are known
	written bool  // in a sample: it stands beside its words
}

func (n *footnote) Kind() ast.NodeKind            { return kindFootnote }
func (n *footnote) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// footnoteRef is [^label] in the text; nth counts the references to one footnote from 1.
type footnoteRef struct {
	ast.BaseInline
	footnote *footnote
	nth      int
}

func (n *footnoteRef) Kind() ast.NodeKind            { return kindFootnoteRef }
func (n *footnoteRef) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// footnoteLabel reads [^label] at the start of line: the label and the length of the whole.
func footnoteLabel(line []byte) (string, int) {
	const most = 300
	if len(line) < 4 || line[0] != '[' || line[1] != '^' {
		return "", 0
	}
	end := bytes.IndexAny(line[2:min(len(line), most)], "[] \t\n")
	if end <= 0 || line[2+end] != ']' {
		return "", 0
	}
	return string(line[2 : 2+end]), end + 3
}

type footnoteParser struct{}

func (footnoteParser) Trigger() []byte { return []byte{'['} }

func (footnoteParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	start := pc.BlockOffset()
	if start < 0 {
		return nil, parser.NoChildren
	}
	label, length := footnoteLabel(line[start:])
	if length == 0 || start+length >= len(line) || line[start+length] != ':' {
		return nil, parser.NoChildren
	}
	n := &footnote{label: label, width: len([]rune(label)) + 3}
	s := stateOf(pc)
	if s.notes[label] == nil { // of two with one label the second is reported as unused
		s.notes[label] = n
	}
	reader.AdvanceAndSetPadding(start+length+1, segment.Padding)
	return n, parser.HasChildren
}

func (footnoteParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

func (footnoteParser) Close(ast.Node, text.Reader, parser.Context) {}
func (footnoteParser) CanInterruptParagraph() bool                 { return true }
func (footnoteParser) CanAcceptIndentedLine() bool                 { return false }

type footnoteRefParser struct{}

// Trigger names the exclamation mark too: in well![^1] it begins no image.
func (footnoteRefParser) Trigger() []byte { return []byte{'[', '!'} }

func (footnoteRefParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	mark := 0
	if line[0] == '!' {
		mark = 1
	}
	label, length := footnoteLabel(line[mark:])
	if length == 0 {
		return nil
	}
	s := stateOf(pc)
	f := s.notes[label]
	if f == nil {
		if mark == 0 {
			s.find(segment.Start, len([]rune(label))+3, "footnote-missing", diag.Args{"ref": label})
		}
		return nil
	}
	if f.index == 0 {
		s.noted++
		f.index = s.noted
	}
	f.refs++
	if mark == 1 {
		parent.AppendChild(parent, ast.NewTextSegment(text.NewSegment(segment.Start, segment.Start+1)))
	}
	n := &footnoteRef{footnote: f, nth: f.refs}
	n.SetPos(segment.Start + mark)
	block.Advance(mark + length)
	return n
}

// footnoteRef writes the number of a footnote at the words it speaks of.
func (w *writer) footnoteRef(n *footnoteRef) {
	number := itoa(n.footnote.index)
	if w.doc.Meta.Kind == KindSample {
		w.noteRef(n)
		return
	}
	if w.dropped {
		return
	}
	id := "fnref-" + number
	if n.footnote.shown++; n.footnote.shown > 1 {
		id += "-" + itoa(n.footnote.shown)
	}
	w.p.ids.take(id)
	w.open(`<sup class="fnref"><a href="#fn-` + number + `" id="` + id + `">` + number + `</a></sup>`)
}

// takeFootnotes finds the footnotes of the tree, in the order of their numbers. Those that
// nothing refers to are reported and follow at the end: no text is lost.
func (w *writer) takeFootnotes(root ast.Node) {
	var unused []*footnote
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline || !entering {
			return ast.WalkSkipChildren, nil
		}
		if f, ok := n.(*footnote); ok {
			if f.index == 0 {
				unused = append(unused, f)
			} else {
				for len(w.footnotes) < f.index {
					w.footnotes = append(w.footnotes, nil)
				}
				w.footnotes[f.index-1] = f
			}
		}
		return ast.WalkContinue, nil
	})
	for _, f := range unused {
		w.p.reportAt(f.Pos(), "footnote-unused", diag.Args{"ref": f.label}, f.width)
		w.footnotes = append(w.footnotes, f)
		f.index = len(w.footnotes)
	}
}

// endNotes writes the footnotes at the end of a page.
func (w *writer) endNotes() {
	if len(w.footnotes) == 0 || w.doc.Meta.Kind == KindSample {
		return
	}
	w.open(`<section class="footnotes"><p class="footnotes-title">` + Word("footnotes.title") + "</p>\n<ol>\n")
	for _, f := range w.footnotes {
		number := itoa(f.index)
		w.p.ids.take("fn-" + number)
		w.open(`<li id="fn-` + number + `">`)
		w.blocks(f)
		if f.shown > 0 {
			w.open(`<a class="fnback" href="#fnref-` + number + `">` + Word("footnotes.back") + "</a>")
		}
		w.open("</li>\n")
	}
	w.open("</ol></section>\n")
}
