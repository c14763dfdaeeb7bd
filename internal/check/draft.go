package check

import (
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind is what a paragraph is in a document.
type Kind string

// The kinds of paragraphs, in the order in which they stand in a document.
const (
	KindBlank     Kind = "blank"
	KindHeader    Kind = "header" // above the title: copy number, secrecy, urgency, mark, number, signer
	KindTitle     Kind = "title"
	KindRecipient Kind = "recipient"
	KindHeading   Kind = "heading"
	KindBody      Kind = "body"
	KindCell      Kind = "cell"    // of a table
	KindAttach    Kind = "attach"  // the list of attachments below the text
	KindSign      Kind = "sign"    // the organ that signs
	KindDate      Kind = "date"    // the day of the document
	KindNote      Kind = "note"    // in parentheses below the date
	KindImprint   Kind = "imprint" // copies and printing
	KindMark      Kind = "mark"    // 附件1 above an attachment
)

// Kinds are all of them.
var Kinds = []Kind{KindBlank, KindHeader, KindTitle, KindRecipient, KindHeading, KindBody, KindCell, KindAttach, KindSign, KindDate, KindNote, KindImprint, KindMark}

// Draft is a text that was read: its paragraphs, each with its kind, and what they say together.
type Draft struct {
	Paras     []*Para
	Genre     string // 请示, 函 …, or ""
	Direction string // up, down, peer, or ""
	Title     string // the lines of the title together
	options   Options
	engine    *Engine
	title     int // index of the last line of the title, or -1
	recipient int // index, or -1
	date      int
	sign      int
	end       int // index of the first paragraph of an attachment, or len(Paras)
}

// Para is a paragraph. Addresses of the web are blanked out: no rule speaks of them.
type Para struct {
	Kind  Kind
	Level int    // of its number: 1 一、 2 （一） 3 1. 4 （1）; 0 without
	Num   int    // the number
	Form  string // how the number is written: "、", "（）", ".", …
	Head  string // what follows the number, up to the first stop

	index    int
	hint     Kind
	text     string
	runes    []rune
	offsets  []int32 // byte offset of each rune, and of the end
	begin    int     // the first character that is no space
	flows    bool    // the next paragraph goes on with a quotation
	quotes   []bool  // made when first asked for
	pairSet  *pairSet
	appendix bool // belongs to an attachment
}

// slice returns the characters from start up to end.
func (p *Para) slice(start, end int) string {
	return p.text[p.offsets[start]:p.offsets[end]]
}

// trimmed returns the text without the spaces around it.
func (p *Para) trimmed() string { return strings.Trim(p.text, " 　\t") }

// size returns the characters of trimmed.
func (p *Para) size() int { return utf8.RuneCountInString(p.trimmed()) }

// quoted reports whether a stretch lies inside “” or 《》.
func (p *Para) quoted(start, end int) bool {
	if p.quotes == nil {
		p.quotes = make([]bool, len(p.runes)+1)
		quotation, title := -1, -1 // places of the opening marks: each may stand inside the other
		mark := func(open *int, end int) {
			for j := *open; j >= 0 && j <= end; j++ {
				p.quotes[j] = true
			}
			*open = -1
		}
		for i, r := range p.runes {
			switch r {
			case '“':
				quotation = i
			case '《':
				title = i
			case '”':
				mark(&quotation, i)
			case '》':
				mark(&title, i)
			}
		}
	}
	return p.quotes[start] && p.quotes[max(start, end-1)]
}

// found is a match of a pattern of the tables: characters, and the groups ("" when not matched).
type found struct {
	start, end int
	groups     []string
}

// find returns all matches of the pattern called name.
func (d *Draft) find(name string, p *Para) []found {
	pattern := d.engine.tables.patterns[name]
	if pattern.need != "" && !strings.Contains(p.text, pattern.need) {
		return nil
	}
	var all []found
	last, chars := 0, 0
	for _, loc := range pattern.re.FindAllStringSubmatchIndex(p.text, -1) {
		chars += runesIn(p.text[last:loc[0]])
		last = loc[0]
		f := found{start: chars, end: chars + runesIn(p.text[loc[0]:loc[1]])}
		for g := 0; g < len(loc); g += 2 {
			if loc[g] < 0 {
				f.groups = append(f.groups, "")
				continue
			}
			f.groups = append(f.groups, p.text[loc[g]:loc[g+1]])
		}
		all = append(all, f)
	}
	return all
}

// is reports whether the trimmed text of p has a match of the pattern called name.
func (d *Draft) is(name string, p *Para) bool {
	return d.engine.tables.patterns[name].re.MatchString(p.trimmed())
}

// scope says where a rule holds: "any", or parts joined by +, each of kinds, genre:… or
// direction:… with | between its values.
type scope struct {
	kinds, genres, directions []string
}

func parseScope(text string) (scope, error) {
	var s scope
	if text == "any" {
		return s, nil
	}
	for part := range strings.SplitSeq(text, "+") {
		switch {
		case strings.HasPrefix(part, "genre:"):
			s.genres = strings.Split(part[len("genre:"):], "|")
		case strings.HasPrefix(part, "direction:"):
			s.directions = strings.Split(part[len("direction:"):], "|")
		default:
			s.kinds = strings.Split(part, "|")
			for _, k := range s.kinds {
				if !slices.Contains(Kinds, Kind(k)) {
					return s, fmt.Errorf("unknown kind %q", k)
				}
			}
		}
	}
	return s, nil
}

func (s scope) holds(p *Para, d *Draft) bool {
	return (s.kinds == nil || slices.Contains(s.kinds, string(p.Kind))) &&
		(s.genres == nil || slices.Contains(s.genres, d.Genre)) &&
		(s.directions == nil || slices.Contains(s.directions, d.Direction))
}

//go:embed tables.json
var tablesFS embed.FS

// tables are the lists and expressions of the algorithms.
type tables struct {
	Patterns map[string]struct {
		Need string `json:"need"` // text without which the pattern is not tried
		Re   string `json:"re"`
	} `json:"patterns"`
	Genres []struct {
		Name      string `json:"name"`
		Direction string `json:"direction"`
		Statutory bool   `json:"statutory"` // one of the fifteen of the regulation
	} `json:"genres"`
	Closings     []genreWord `json:"closings"` // and the genres that they belong to
	Openings     []genreWord `json:"openings"`
	Issued       []string    `json:"issued"`       // genres that are issued with a 通知
	Organs       []string    `json:"organs"`       // what the name of an organ ends with
	Markers      []string    `json:"markers"`      // empty words
	Reduplicated []string    `json:"reduplicated"` // verbs that may be said twice
	Variants     [][2]string `json:"variants"`
	Phrases      []string    `json:"phrases"`
	Quotes       []string    `json:"quotes"`

	patterns map[string]tablePattern
}

// Genres returns the names of all genres that a draft may be checked as.
func Genres() []string {
	var names []string
	for _, g := range engine().tables.Genres {
		names = append(names, g.Name)
	}
	return names
}

type genreWord struct {
	Text   string   `json:"text"`
	Genres []string `json:"genres"`
}

type tablePattern struct {
	need string
	re   *regexp.Regexp
}

func loadTables() *tables {
	t := &tables{patterns: map[string]tablePattern{}}
	data, err := tablesFS.ReadFile("tables.json")
	if err == nil {
		err = json.Unmarshal(data, t)
	}
	if err != nil {
		panic("check: tables: " + err.Error())
	}
	for name, p := range t.Patterns {
		t.patterns[name] = tablePattern{need: p.Need, re: regexp.MustCompile(p.Re)}
	}
	return t
}
