package document

import (
	"html"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"wenfang/internal/cjk"
	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// markdown is the parser of all documents. It is set up once and holds no state of a parse.
var markdown = sync.OnceValue(newParser)

// parse is the work on one file.
type parse struct {
	file  *source.File
	doc   *Document
	src   []byte // the body, which begins at offset base of the file
	base  int
	ids   idSet
	state *state

	problems diag.List
	last     diag.Pos // the place that was asked for last, with its offset in the file
	lastAt   int
}

// Parse turns a file into a Document. It never fails: what is wrong is in Problems.
func Parse(file *source.File) *Document {
	p := &parse{
		file: file, doc: &Document{Path: file.Path, Source: file}, ids: idSet{},
		last: diag.Pos{Path: file.Path, Line: 1, Col: 1},
	}
	f := splitFront(file, &p.problems)
	p.doc.Front = f.text
	p.doc.Meta = readMeta(file, f, &p.problems)
	p.base = f.body
	p.src = []byte(file.Text[f.body:])
	switch {
	case len(p.src) > maxText:
		p.reportAt(0, "limit-text", diag.Args{"limit": itoa(maxText >> 20), "got": itoa(len(p.src) >> 20)}, 0)
		p.plain()
	default:
		if p.doc.Meta.Title == "" && trim(file.Text[f.body:]) == "" {
			p.report(p.last, "file-empty", nil, 0)
		}
		p.body()
	}
	p.checkElements()
	p.checkGenre()
	p.finish()
	return p.doc
}

// body parses and renders the Markdown.
func (p *parse) body() {
	pc := parser.NewContext()
	p.state = stateOf(pc)
	p.state.template = p.doc.Meta.Kind == KindTemplate
	root := markdown().Parse(stoppable{text.NewReader(p.src), p.state}, parser.WithContext(pc))
	for _, f := range p.state.findings {
		p.reportAt(f.offset, f.id, f.args, f.width)
	}
	if p.state.stopped {
		p.plain()
		return
	}
	p.checkDefinitions(root)
	if kind := p.doc.Meta.Kind; kind == KindTemplate || kind == KindSample {
		p.doc.Draft = draftOf(root, p.src)
	}
	newWriter(p).document(root)
	p.sortComments()
}

// checkDefinitions names link definitions that nothing uses: what they say is on no page.
func (p *parse) checkDefinitions(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline || !entering {
			return ast.WalkSkipChildren, nil
		}
		if d, ok := n.(*ast.LinkReferenceDefinition); ok && !p.state.used[util.ToLinkReference(d.Label)] {
			definition := strings.Join([]string{string(d.Label), string(d.Destination), string(d.Title)}, " ")
			p.reportAt(d.Pos(), "reference-unused", diag.Args{"text": summarize(definition)}, 0)
		}
		return ast.WalkContinue, nil
	})
}

// plain shows a text that is too much for the parser: nothing of it is lost.
func (p *parse) plain() {
	text := p.withoutComments([]text.Segment{text.NewSegment(0, len(p.src))})
	p.doc.Body = Body(`<pre class="plain">` + html.EscapeString(text) + "</pre>\n")
	p.doc.Passages = []Passage{{Text: text}}
	p.doc.Counts.Han, p.doc.Counts.Words = cjk.Count(text)
	p.doc.Summary = summarize(text[:min(len(text), 2000)])
}

// noteRules puts the rules of writing that front matter, fields and links name beside those that
// questions ask.
func (d *Document) noteRules() {
	asked := d.Rules
	d.Rules = nil
	for _, id := range d.Meta.Rules {
		d.Rules = append(d.Rules, RuleRef{ID: id, By: RuleListed})
	}
	for _, f := range d.Meta.Fields {
		if f.Rule != "" {
			d.Rules = append(d.Rules, RuleRef{ID: f.Rule, By: RuleHinted})
		}
	}
	for i := range d.Links {
		if l := &d.Links[i]; l.Kind == LinkRule {
			d.Rules = append(d.Rules, RuleRef{ID: l.Target, By: RuleLinked})
		}
	}
	d.Rules = append(d.Rules, asked...)
}

// finish derives what follows from the rest.
func (p *parse) finish() {
	d := p.doc
	d.Key, d.Folder = KeyOf(d.Path), IsFolderPage(path.Base(d.Path))
	d.Address = AddressOf(d.Key, d.Folder)
	d.noteRules()
	if d.Meta.Title != "" {
		d.Title = d.Meta.Title
	}
	if d.Title == "" {
		base := path.Base(d.Path)
		if d.Folder {
			base = path.Base(path.Dir(d.Path))
		}
		d.Title = strings.TrimSuffix(base, path.Ext(base))
		if d.Title == "." {
			d.Title = ""
		}
	}
	for i := 0; d.Summary == "" && i < len(d.Passages); i++ {
		first, _, _ := strings.Cut(d.Passages[i].Text, "\n")
		d.Summary = summarize(first)
	}
	d.Rank = RankOf(d.Meta.Order, d.Key, d.Title)
	for i := range d.Links {
		if link := &d.Links[i]; !link.External && (link.Kind == LinkPlain || link.Kind == LinkImage) {
			link.Key, _ = LinkKey(d.Path, link.Target)
		}
		if d.Links[i].isOutward() {
			d.Outward = append(d.Outward, int32(i))
			d.addTarget(&d.Links[i])
		}
	}
	for _, ref := range d.Meta.Related {
		link := d.RelatedLink(ref)
		d.addTarget(&link)
	}
	d.Anchors = p.ids.sorted()
	d.Problems = p.problems
}

// pos returns the place of an offset in the body. Places are mostly asked for in order; those
// on one long line are found from the last one.
func (p *parse) pos(offset int) diag.Pos {
	at := p.base + offset
	if at >= p.lastAt && at <= len(p.file.Text) && strings.IndexByte(p.file.Text[p.lastAt:at], '\n') < 0 {
		p.last.Col += utf8.RuneCountInString(p.file.Text[p.lastAt:at])
	} else {
		p.last = p.file.Pos(at)
	}
	p.lastAt = at
	return p.last
}

func (p *parse) report(pos diag.Pos, id string, args diag.Args, width int) {
	if len(p.problems) >= maxProblems {
		return
	}
	d := diag.New(pos, id, args)
	d.Excerpt = p.file.Line(pos.Line)
	d.Width = width
	p.problems = append(p.problems, d)
}

// reportAt reports a problem at an offset of the body; the place of one that is not kept is not
// looked for.
func (p *parse) reportAt(offset int, id string, args diag.Args, width int) {
	if len(p.problems) < maxProblems {
		p.report(p.pos(max(0, offset)), id, args, width)
	}
}

// exceeded reports that a limit was met, once.
func (p *parse) exceeded(offset int, id string, limit int) {
	if !p.state.told[id] {
		p.state.told[id] = true
		p.report(p.pos(max(0, offset)), id, diag.Args{"limit": itoa(limit)}, 0)
	}
}

// isKind reports whether a node has one of the kinds.
func isKind(n ast.Node, kinds ...ast.NodeKind) bool {
	return n != nil && slices.Contains(kinds, n.Kind())
}
