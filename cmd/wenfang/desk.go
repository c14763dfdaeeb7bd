package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/manuscript"
	"wenfang/internal/source"
)

// desk checks drafts by the rules of writing, and says in words what was found.
type desk struct {
	u       *ui
	engine  *check.Engine
	options check.Options
}

// newDesk returns a desk with what the unit decided, and what is wrong with that.
func newDesk(u *ui, c *config.Config, genre string) (*desk, diag.List) {
	d := &desk{u: u, engine: check.New(), options: check.Options{
		Genre: genre, Off: map[string]bool{}, Length: c.Check.Length,
		House: check.House{Terms: c.Check.Terms, Names: c.Check.Names, Phrases: c.Check.Phrases},
	}}
	var problems diag.List
	for _, off := range c.Check.Off {
		d.options.Off[off.Value] = true
		if check.ByID(off.Value) == nil {
			problems = append(problems, unknownRule(off.Pos, off.Value))
		}
	}
	return d, problems
}

func unknownRule(pos diag.Pos, id string) diag.Diagnostic {
	var known []string
	for _, r := range check.Rules() {
		known = append(known, r.ID)
	}
	return diag.New(pos, "check-rule-unknown", diag.Args{"rule": id, "near": diag.Nearest(id, known)})
}

// draftKinds are the files that can be checked.
var draftKinds = []string{".txt", ".md", ".markdown", ".docx"}

// draftFiles lists the drafts that arguments name: files, and what lies in folders.
func draftFiles(u *ui, args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usage(u.text("cli.error.no-draft", "path", arg))
		}
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		err = filepath.WalkDir(arg, func(path string, e fs.DirEntry, err error) error {
			switch name := e.Name(); {
			case err != nil:
				return err
			case path != arg && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")):
				if e.IsDir() {
					return filepath.SkipDir
				}
			case !e.IsDir() && slices.Contains(draftKinds, strings.ToLower(filepath.Ext(name))):
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// checkDrafts checks files, and corrects them first where that was asked for.
func (f *checkFlags) checkDrafts(ctx context.Context, u *ui, args []string) error {
	c, problems, err := f.readConfig()
	if err != nil {
		return err
	}
	files, err := draftFiles(u, args)
	if err != nil {
		return err
	}
	desk, more := newDesk(u, c, f.genre)
	problems = append(problems, more...)
	base, err := readBaseline(f.baseline)
	if err != nil {
		return err
	}
	corrected := 0
	for _, name := range files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if f.fix {
			fixed, n, untouched, err := desk.correct(name, raw)
			if err != nil {
				return err
			}
			raw, corrected = fixed, corrected+n
			problems = append(problems, untouched...)
		}
		problems = append(problems, desk.draft(name, raw, base)...)
	}
	problems = problems.Sort()
	if f.update {
		if err := base.write(f.baseline); err != nil {
			return err
		}
		u.note(u.text("cli.check.baselined", "count", base.count(), "path", f.baseline))
		return nil
	}
	return f.tell(u, problems, func() string {
		var lines []string
		if f.fix {
			lines = append(lines, u.text("cli.check.fixed", "count", corrected))
		}
		if len(problems) == 0 {
			return strings.Join(append(lines, u.text("cli.check.drafts-well", "files", len(files))), "\n")
		}
		return strings.Join(append(lines, u.text("cli.check.drafts", "files", len(files), "errors", problems.Count(diag.Error),
			"warnings", problems.Count(diag.Warning), "infos", problems.Count(diag.Info))), "\n")
	})
}

// read makes a manuscript of a file's bytes.
func read(name string, raw []byte) (*manuscript.Manuscript, diag.List) {
	path := filepath.ToSlash(name)
	kind := strings.ToLower(filepath.Ext(name))
	switch {
	case kind == ".docx":
		m, err := manuscript.Word(path, raw)
		if err != nil {
			return nil, diag.List{diag.New(diag.Pos{Path: path}, "check-package", diag.Args{"detail": err.Error()})}
		}
		return m, nil
	case !slices.Contains(draftKinds, kind) || bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return nil, diag.List{diag.New(diag.Pos{Path: path}, "check-file", diag.Args{"name": filepath.Base(name)})}
	}
	file, problems := source.NewFile(path, raw)
	if kind == ".txt" {
		return manuscript.Text(file), problems
	}
	return manuscript.Markdown(file, false), problems
}

// blocks returns what the rules see of a manuscript.
func blocks(m *manuscript.Manuscript) []check.Block {
	out := make([]check.Block, len(m.Paragraphs))
	for i, p := range m.Paragraphs {
		out[i] = check.Block{Text: p.Text, Kind: check.Kind(p.Kind)}
	}
	return out
}

// draft returns what is found in a file, less what the baseline knows.
func (d *desk) draft(name string, raw []byte, base *baseline) diag.List {
	m, problems := read(name, raw)
	if m == nil {
		return problems
	}
	for _, e := range m.Exceptions {
		pos := m.File.Pos(e.Offset)
		if e.Reason == "" {
			problems = append(problems, diag.New(pos, "check-reason", diag.Args{"rules": strings.Join(e.Rules, " ")}))
		}
		for _, id := range e.Rules {
			if check.ByID(id) == nil {
				problems = append(problems, unknownRule(pos, id))
			}
		}
	}
	for _, f := range d.find(m, d.options) {
		if !base.knows(m.Path, f.Rule, quoted(m, f)) {
			problems = append(problems, d.say(m, f))
		}
	}
	return problems
}

// find returns the findings in a manuscript that no exception lets pass.
func (d *desk) find(m *manuscript.Manuscript, o check.Options) []check.Finding {
	return slices.DeleteFunc(d.engine.Check(blocks(m), o), func(f check.Finding) bool {
		return slices.ContainsFunc(m.Exceptions, func(e manuscript.Exception) bool { return e.Covers(f.Rule, f.Para) })
	})
}

// page checks a page of a site that is a document: a sample with the elements of its front matter and
// its text up to the first thematic break, a template filled in with its examples.
func (d *desk) page(doc *document.Document) diag.List {
	if doc == nil {
		return nil
	}
	o := d.options
	o.Off = map[string]bool{"ph-name": true, "ph-cross": true} // the organisations of examples are fictional: ××
	for id := range d.options.Off {
		o.Off[id] = true
	}
	if doc.Meta.Genre != "" {
		o.Genre = doc.Meta.Genre
	}
	var m *manuscript.Manuscript
	switch doc.Meta.Kind {
	case document.KindSample:
		m = sampleManuscript(doc)
	case document.KindTemplate:
		m = filledManuscript(doc)
		o.Off["ph-bracket"] = true // a field without an example stays open
	default:
		return nil
	}
	var problems diag.List
	for _, f := range d.find(m, o) {
		problems = append(problems, d.say(m, f))
	}
	return problems
}

// quoteLength is how many characters of a finding its message shows.
const quoteLength = 24

func quoted(m *manuscript.Manuscript, f check.Finding) string {
	runes := []rune(m.Paragraphs[f.Para].Text)
	return string(runes[f.Start:f.End])
}

// say puts a finding into words.
func (d *desk) say(m *manuscript.Manuscript, f check.Finding) diag.Diagnostic {
	rule := check.ByID(f.Rule)
	shown := []rune(quoted(m, f))
	if len(shown) > quoteLength {
		shown = append(shown[:quoteLength:quoteLength], '…')
	}
	words := d.u.words
	message := words.Text("cli.check.found", "quote", string(shown), "why", rule.Why)
	if f.Note != "" {
		message = words.Text("cli.check.found-note", "quote", string(shown), "why", rule.Why, "note", f.Note)
	}
	hint := words.Text("cli.check.source", "source", rule.Source, "force", rule.Force)
	separator := "；"
	if d.u.words.Lang == "en" {
		separator = "; "
	}
	if f.HasFix && f.Fix == "" {
		hint = words.Text("cli.check.remove") + separator + hint
	} else if f.HasFix {
		hint = words.Text("cli.check.fix", "fix", f.Fix) + separator + hint
	}
	severity := map[check.Severity]diag.Severity{check.Error: diag.Error, check.Warning: diag.Warning, check.Info: diag.Info}[f.Severity]
	pos := m.Pos(f.Para, f.Start)
	g := diag.NewSaid(pos, f.Rule, severity, diag.Entry{Message: message, Hint: hint})
	g.Width = f.End - f.Start
	g.Excerpt = m.Paragraphs[f.Para].Text
	if m.File != nil {
		g.Excerpt = m.File.Line(pos.Line)
		g.Width = min(g.Width, max(1, len([]rune(g.Excerpt))-pos.Col+1))
	}
	return g
}
