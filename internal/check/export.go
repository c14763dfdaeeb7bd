package check

import (
	"encoding/json"
	"slices"
	"strings"
)

// exported is a rule as the browser's engine reads it: what it needs to find, with the characters
// that each pattern may begin with, as pairs of first and last. Group and severity are places in the
// lists beside the rules.
type exported struct {
	ID       string            `json:"id"`
	Group    int               `json:"group"`
	Severity int               `json:"severity"`
	Scope    string            `json:"scope,omitempty"` // "" is any
	Except   []string          `json:"except,omitempty"`
	Fix      *Fix              `json:"fix,omitempty"`
	Patterns []exportedPattern `json:"patterns,omitempty"`
	Words    []string          `json:"words,omitempty"`
}

type exportedPattern struct {
	Re    string `json:"re"`
	Prev  string `json:"prev,omitempty"`
	Next  string `json:"next,omitempty"`
	To    string `json:"to,omitempty"`
	Start bool   `json:"start,omitempty"`
	First string `json:"first"`
}

// Data returns the rules and the tables for the browser's engine as one line of JSON. Like Texts it
// holds neither U+2028 nor U+2029 nor <, so that it may stand in a script as it is.
func Data() []byte {
	data := struct {
		Groups     []string        `json:"groups"`
		Severities []Severity      `json:"severities"`
		Quoted     []string        `json:"quoted"`
		Rules      []exported      `json:"rules"`
		Tables     json.RawMessage `json:"tables"`
	}{Severities: []Severity{Error, Warning, Info}, Quoted: quotedGroups}
	for _, s := range slugs {
		data.Groups = append(data.Groups, s[0])
	}
	for _, r := range Rules() {
		x := exported{
			ID: r.ID, Group: slices.Index(data.Groups, r.Group), Severity: slices.Index(data.Severities, r.Severity), Scope: r.Scope,
			Except: r.Except, Fix: r.Fix, Words: r.Find.Words,
		}
		if x.Scope == "any" {
			x.Scope = ""
		}
		for _, p := range r.patterns() {
			c, err := compile(p)
			if err != nil {
				panic(err) // validated when it was read
			}
			x.Patterns = append(x.Patterns, exportedPattern{
				Re: strings.TrimPrefix(p.Re, "^"), Prev: p.Prev, Next: p.Next, To: p.To, Start: c.start, First: string([]rune(c.first)),
			})
		}
		data.Rules = append(data.Rules, x)
	}
	tables, err := tablesFS.ReadFile("tables.json")
	if err != nil {
		panic(err)
	}
	data.Tables = tables
	return encoded(data)
}

// Texts returns what a card says of each rule, by its id, as one line of JSON: why, source, force,
// the wrong example and the right one. No finding needs it.
func Texts() []byte {
	texts := map[string][5]string{}
	for _, r := range Rules() {
		texts[r.ID] = [5]string{r.Why, r.Source, r.Force, r.Bad, r.Good}
	}
	return encoded(texts)
}

func encoded(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return out
}
