package check

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed rules/*.json
var rulesFS embed.FS

// Severity says how sure and how grave a finding is.
type Severity string

// The severities, as they are written in the rule files.
const (
	Error   Severity = "error"   // must be corrected (必改)
	Warning Severity = "warning" // very probably wrong (建议)
	Info    Severity = "info"    // a matter of style (提示)
)

// Rule is one rule of writing, as it stands in rules/*.json. The files are read strictly: an
// unknown key, a pattern outside the common subset or an example that is missing is a mistake
// of the program.
type Rule struct {
	ID       string   `json:"id"`       // word-like and permanent: docno-bracket
	Group    string   `json:"group"`    // the chapter that it stands in: 发文字号
	Severity Severity `json:"severity"` // error, warning, info
	Force    string   `json:"force"`    // 规定, 一般, 推荐 or 惯例: what stands behind it
	Scope    string   `json:"scope"`    // see scope
	Find     Find     `json:"find"`
	Why      string   `json:"why"`              // what is wrong, in a sentence without its stop
	Source   string   `json:"source"`           // the standard and its clause, or the custom
	Bad      string   `json:"bad"`              // an example in which it finds something
	Good     string   `json:"good"`             // the same, corrected: it finds nothing
	Except   []string `json:"except,omitempty"` // phrases that, within 16 characters of it, let it pass
	Fix      *Fix     `json:"fix,omitempty"`
	With     *With    `json:"with,omitempty"` // the circumstances in which the examples are read
}

// Wordings are what a rule of a list finds: 错→对, or a word alone.
func (r *Rule) Wordings() []string {
	var all []string
	for _, w := range r.Find.Words {
		w, _, _ = strings.Cut(w, "!")
		all = append(all, w)
	}
	return all
}

// Find says how a rule finds: exactly one of Re, Any, Words and Algorithm is set.
type Find struct {
	Pattern
	Any       []Pattern `json:"any,omitempty"`
	Words     []string  `json:"words,omitempty"`     // 错→对!phrases, that, let, it, pass; or a word alone
	Algorithm string    `json:"algorithm,omitempty"` // a function of the engine, which may serve several rules
}

// Pattern is a regular expression of the common subset. The whole match is what is found; Prev
// is a class that the character before it is of ([…], or […]? where nothing may be before it), Next
// an expression that what follows it begins with. ^ is the first character that is no space.
type Pattern struct {
	Re   string `json:"re,omitempty"`
	Prev string `json:"prev,omitempty"`
	Next string `json:"next,omitempty"`
	To   string `json:"to,omitempty"` // what replaces the match, before Fix.To
}

// Fix says what replaces a finding: To, where $0 is the match and $1 … its groups, or the match
// with each character of From replaced by that of Into at the same place, or removed where Into is
// empty. Safe fixes change neither meaning nor structure: the command line makes them by itself.
type Fix struct {
	To   *string `json:"to,omitempty"`
	From string  `json:"from,omitempty"`
	Into string  `json:"into,omitempty"`
	Safe bool    `json:"safe,omitempty"`
}

// With are the circumstances of a rule's examples.
type With struct {
	House
	Genre  string `json:"genre,omitempty"`
	Length int    `json:"length,omitempty"`
}

// Groups of rules whose findings count for less inside a quotation: the words are another's.
var quotedGroups = []string{"用语", "近义混淆", "空话套话", "易错字"}

// Forces are the values of Rule.Force, strongest first.
var Forces = []string{"规定", "一般", "推荐", "惯例"}

// Rules returns every rule in force, in the order of the files. The slice is shared and must not
// be changed.
func Rules() []*Rule { return loaded().rules }

// ByID returns a rule, or nil.
func ByID(id string) *Rule { return loaded().byID[id] }

// catalogue is every rule of every file.
type catalogue struct {
	rules []*Rule
	byID  map[string]*Rule
}

var loaded = sync.OnceValue(func() *catalogue {
	c := &catalogue{byID: map[string]*Rule{}}
	names, err := fs.Glob(rulesFS, "rules/*.json")
	if err != nil || len(names) == 0 {
		panic(fmt.Sprintf("check: no rules: %v", err))
	}
	slices.Sort(names)
	for _, name := range names {
		data, err := fs.ReadFile(rulesFS, name)
		if err != nil {
			panic(err)
		}
		rules, err := decodeRules(data)
		if err != nil {
			panic(fmt.Sprintf("check: %s: %v", name, err))
		}
		for _, r := range rules {
			if c.byID[r.ID] != nil {
				panic("check: two rules " + r.ID)
			}
			c.byID[r.ID] = r
		}
		c.rules = append(c.rules, rules...)
	}
	return c
})

// decodeRules reads one file of rules strictly.
func decodeRules(data []byte) ([]*Rule, error) {
	var rules []*Rule
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&rules); err != nil {
		return nil, err
	}
	for _, r := range rules {
		if err := r.validate(); err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.ID, err)
		}
	}
	return rules, nil
}

func (r *Rule) validate() error {
	for name, value := range map[string]string{"id": r.ID, "group": r.Group, "scope": r.Scope, "why": r.Why, "source": r.Source, "bad": r.Bad, "good": r.Good} {
		if value == "" {
			return fmt.Errorf("no %s", name)
		}
	}
	if strings.Trim(r.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return fmt.Errorf("id is not word-like")
	}
	if !slices.Contains([]Severity{Error, Warning, Info}, r.Severity) || !slices.Contains(Forces, r.Force) {
		return fmt.Errorf("unknown severity or force")
	}
	ways := 0
	for _, set := range []bool{r.Find.Re != "", r.Find.Any != nil, r.Find.Words != nil, r.Find.Algorithm != ""} {
		if set {
			ways++
		}
	}
	if ways != 1 {
		return fmt.Errorf("find needs exactly one of re, any, words and algorithm")
	}
	if f := r.Fix; f != nil && f.Into != "" && len([]rune(f.From)) != len([]rune(f.Into)) {
		return fmt.Errorf("from and into differ in length")
	}
	if _, err := parseScope(r.Scope); err != nil {
		return err
	}
	return nil
}

// patterns returns the patterns of a rule.
func (r *Rule) patterns() []Pattern {
	if r.Find.Re != "" {
		return []Pattern{r.Find.Pattern}
	}
	return r.Find.Any
}

// fixOf returns what replaces a match, given the match and its groups; ok is false when the rule
// has no fix.
func (r *Rule) fixOf(p Pattern, groups []string) (fix string, ok bool) {
	switch {
	case r.Fix == nil:
		return "", false
	case p.To != "":
		return expand(p.To, groups), true
	case r.Fix.To != nil:
		return expand(*r.Fix.To, groups), true
	case r.Fix.From != "":
		return transliterate(groups[0], r.Fix.From, r.Fix.Into), true
	}
	return "", false
}

// expand replaces $0 to $9 in template.
func expand(template string, groups []string) string {
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		if template[i] == '$' && i+1 < len(template) && template[i+1] >= '0' && template[i+1] <= '9' {
			if n := int(template[i+1] - '0'); n < len(groups) {
				b.WriteString(groups[n])
			}
			i++
			continue
		}
		b.WriteByte(template[i])
	}
	return b.String()
}

// transliterate replaces each character of from by that of into at the same place.
func transliterate(s, from, into string) string {
	old, new := []rune(from), []rune(into)
	var b strings.Builder
	for _, r := range s {
		i := slices.Index(old, r)
		switch {
		case i < 0:
			b.WriteRune(r)
		case len(new) > 0:
			b.WriteRune(new[i])
		}
	}
	return b.String()
}
