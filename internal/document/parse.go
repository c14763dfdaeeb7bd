package document

import (
	"html"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/cjk"
	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// markdown is the parser of all documents. It is set up once and holds no state of a parse.
var markdown = sync.OnceValue(newParser)

// parse is the work on one file.
type parse struct {
	file *source.File
	doc  *Document
	src  []byte // the body, which begins at offset base of the file
	base int
	ids  idSet

	problems diag.List
}

// Parse turns a file into a Document. It never fails: what is wrong is in Problems.
func Parse(file *source.File) *Document {
	p := &parse{file: file, doc: &Document{Path: file.Path, Source: file}, ids: idSet{}}
	f := splitFront(file, &p.problems)
	p.doc.Meta = readMeta(file, f, &p.problems)
	p.base = f.body
	p.src = []byte(file.Text[f.body:])
	if len(strings.TrimSpace(string(p.src))) == 0 && p.doc.Meta.Title == "" {
		p.problems.Add(diag.Pos{Path: file.Path, Line: 1, Col: 1}, "file-empty", nil)
	}
	if problem := p.prescan(); problem != nil {
		p.problems = append(p.problems, *problem)
		p.plain()
	} else {
		p.body()
	}
	p.checkElements()
	p.finish()
	return p.doc
}

// body parses and renders the Markdown.
func (p *parse) body() {
	pc := parser.NewContext()
	if p.doc.Meta.Kind == KindTemplate {
		pc.Set(templateKey, true)
	}
	root := markdown().Parse(text.NewReader(p.src), parser.WithContext(pc))
	w := newWriter(p)
	w.document(root)
	p.checkFootnotes(root)
}

// plain shows a text that goldmark must not see: nothing of it is lost.
func (p *parse) plain() {
	text := stripControls(string(p.src))
	p.doc.Body = Body(`<pre class="plain">` + html.EscapeString(text) + "</pre>\n")
	p.doc.Passages = []Passage{{Text: text}}
	p.doc.Counts.Han, p.doc.Counts.Words = cjk.Count(text)
}

// finish derives what follows from the rest.
func (p *parse) finish() {
	d := p.doc
	if d.Meta.Title != "" {
		d.Title = d.Meta.Title
	}
	if d.Title == "" {
		base := path.Base(d.Path)
		if IsFolderPage(base) {
			base = path.Base(path.Dir(d.Path))
		}
		d.Title = strings.TrimSuffix(base, path.Ext(base))
		if d.Title == "." {
			d.Title = ""
		}
	}
	d.SortKey = cjk.SortKey(d.Title)
	for i := range d.Links {
		if link := &d.Links[i]; !link.External && (link.Kind == LinkPlain || link.Kind == LinkImage) {
			link.Key, _ = LinkKey(d.Path, link.Target)
		}
	}
	d.Anchors = p.ids.sorted()
	d.Problems = p.problems
}

// maxProblems is how many problems one page reports; whoever has a thousand mends the first.
const maxProblems = 1000

// pos returns the place of an offset in the body.
func (p *parse) pos(offset int) diag.Pos {
	if len(p.problems) >= maxProblems {
		return diag.Pos{Path: p.file.Path, Line: 1, Col: 1} // finding the column of a long line has its price
	}
	return p.file.Pos(p.base + offset)
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

// Markdown returns the page's text for publication beside it: UTF-8 without front matter,
// HTML comments or control characters.
func (d *Document) Markdown() string {
	f := splitFront(d.Source, &diag.List{})
	body := strings.TrimLeft(withoutComments(d.Source.Text[f.body:]), "\n")
	if d.Title != "" && !strings.HasPrefix(body, "# ") {
		return "# " + d.Title + "\n\n" + body
	}
	return body
}

// withoutComments drops <!-- … --> outside code.
func withoutComments(text string) string {
	if !strings.Contains(text, "<!--") {
		return text
	}
	var b strings.Builder
	fence, inComment := "", false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimLeft(line, " >")
		switch {
		case inComment:
		case fence != "":
			if strings.HasPrefix(trimmed, fence) && strings.Trim(trimmed, fence[:1]+" \t\n") == "" {
				fence = ""
			}
			b.WriteString(line)
			continue
		case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
			fence = trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, trimmed[:1]))]
			b.WriteString(line)
			continue
		}
		b.WriteString(dropComments(line, &inComment))
	}
	return b.String()
}

// dropComments drops the comments of one line; spans of code keep theirs.
func dropComments(line string, inComment *bool) string {
	var b strings.Builder
	for line != "" {
		if *inComment {
			_, rest, found := strings.Cut(line, "-->")
			if !found {
				return b.String()
			}
			*inComment, line = false, rest
			continue
		}
		comment, tick := strings.Index(line, "<!--"), strings.IndexByte(line, '`')
		if tick >= 0 && (comment < 0 || tick < comment) {
			run := len(line[tick:]) - len(strings.TrimLeft(line[tick:], "`"))
			if end := strings.Index(line[tick+run:], line[tick:tick+run]); end >= 0 {
				stop := tick + run + end + run
				b.WriteString(line[:stop])
				line = line[stop:]
				continue
			}
			b.WriteString(line[:tick+run])
			line = line[tick+run:]
			continue
		}
		if comment < 0 {
			break
		}
		b.WriteString(line[:comment])
		*inComment, line = true, line[comment+4:]
	}
	b.WriteString(line)
	return b.String()
}

// summarize cuts text to at most 120 characters.
func summarize(text string) string {
	const most = 120
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// idSet holds the ids of a page, each with the number that the next equal one is tried with.
type idSet map[string]int

// unique returns id, or id with a number when it is taken, and takes it.
func (s idSet) unique(id string) string {
	next, taken := s[id]
	if !taken {
		s[id] = 1
		return id
	}
	for ; ; next++ {
		candidate := id + "-" + itoa(next)
		if _, taken := s[candidate]; !taken {
			s[id], s[candidate] = next+1, 1
			return candidate
		}
	}
}

func (s idSet) sorted() []string { return slices.Sorted(maps.Keys(s)) }

// isKind reports whether a node has one of the kinds.
func isKind(n ast.Node, kinds ...ast.NodeKind) bool {
	return n != nil && slices.Contains(kinds, n.Kind())
}
