package check

import (
	"encoding/json"
	"strings"
)

// exported is a rule as the browser's engine reads it: what it needs to find and to say, with the
// characters that each pattern may begin with, as pairs of first and last.
type exported struct {
	ID       string            `json:"id"`
	Group    string            `json:"group"`
	Severity Severity          `json:"severity"`
	Force    string            `json:"force"`
	Scope    string            `json:"scope"`
	Why      string            `json:"why"`
	Source   string            `json:"source"`
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

// Data returns the rules and the tables for the browser's engine as one line of JSON. It holds
// neither U+2028 nor U+2029 nor <, so that it may stand in a script as it is.
func Data() []byte {
	data := struct {
		Rules  []exported      `json:"rules"`
		Quoted []string        `json:"quoted"`
		Tables json.RawMessage `json:"tables"`
	}{Quoted: quotedGroups}
	for _, r := range Rules() {
		x := exported{ID: r.ID, Group: r.Group, Severity: r.Severity, Force: r.Force, Scope: r.Scope, Why: r.Why, Source: r.Source, Except: r.Except, Fix: r.Fix, Words: r.Find.Words}
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
	out, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	return out
}
