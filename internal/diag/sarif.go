package diag

import (
	"io"
	"net/url"
	"slices"
)

// WriteSARIF writes problems as a SARIF 2.1.0 log, which code hosts and editors read.
// Columns are in code points; paths are relative to the site folder.
func WriteSARIF(w io.Writer, l List, words *Words, version string) error {
	ids := make([]string, 0, len(l))
	said := map[string]*Entry{}
	for _, d := range l {
		ids = append(ids, d.ID)
		if d.Said != nil && said[d.ID] == nil {
			said[d.ID] = d.Said
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	run := sarifRun{
		Tool:       sarifTool{Driver: sarifDriver{Name: "wenfang", Version: version, Rules: sarifRules(ids, said, words)}},
		ColumnKind: "unicodeCodePoints",
		Results:    make([]sarifResult, 0, len(l)),
	}
	for _, d := range l {
		index, _ := slices.BinarySearch(ids, d.ID)
		run.Results = append(run.Results, newSARIFResult(d, index, words))
	}
	return EncodeJSON(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sarifRules describes the ids that occur: the message with its {names} in place says what
// kind of problem it is.
func sarifRules(ids []string, said map[string]*Entry, words *Words) []sarifRule {
	rules := make([]sarifRule, 0, len(ids))
	for _, id := range ids {
		entry, _ := words.Entry(id)
		if s := said[id]; s != nil {
			entry = *s
		}
		rule := sarifRule{ID: id, Short: sarifText{entry.Message}}
		rule.Configuration.Level = sarifLevel(Severities[id])
		if entry.Hint != "" {
			rule.Help = &sarifText{entry.Hint}
		}
		rules = append(rules, rule)
	}
	return rules
}

func newSARIFResult(d Diagnostic, index int, words *Words) sarifResult {
	message, hint := words.Message(d)
	if hint != "" {
		message += "\n" + hint
	}
	r := sarifResult{RuleID: d.ID, RuleIndex: index, Level: sarifLevel(d.Severity), Message: sarifText{message}}
	if d.Path != "" {
		r.Locations = []sarifLocation{newSARIFLocation(d.Pos, d.Width, d.Excerpt)}
	}
	for _, p := range d.Related {
		r.Related = append(r.Related, newSARIFLocation(p, 0, ""))
	}
	return r
}

func newSARIFLocation(p Pos, width int, excerpt string) sarifLocation {
	var location sarifLocation
	location.Physical.Artifact.URI = (&url.URL{Path: p.Path}).String()
	if p.Line == 0 {
		return location
	}
	region := &sarifRegion{StartLine: p.Line, StartColumn: p.Col}
	if p.Col > 0 && width > 0 {
		region.EndColumn = p.Col + width
	}
	if excerpt != "" {
		region.Snippet = &sarifText{excerpt}
	}
	location.Physical.Region = region
	return location
}

func sarifLevel(s Severity) string {
	return [...]string{Info: "note", Warning: "warning", Error: "error"}[s]
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID            string     `json:"id"`
	Short         sarifText  `json:"shortDescription"`
	Help          *sarifText `json:"help,omitempty"`
	Configuration struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
	Related   []sarifLocation `json:"relatedLocations,omitempty"`
}

type sarifLocation struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	} `json:"physicalLocation"`
}

type sarifRegion struct {
	StartLine   int        `json:"startLine"`
	StartColumn int        `json:"startColumn,omitempty"`
	EndColumn   int        `json:"endColumn,omitempty"`
	Snippet     *sarifText `json:"snippet,omitempty"`
}
