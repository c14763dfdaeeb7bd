package render

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"sync"

	"wenfang/internal/check"
	"wenfang/internal/site"
)

// The pages that the rules of writing make in every site.
const (
	CheckPage  = "check.html"
	RulesIndex = check.Folder + "index.html"
)

// Script is data that pages load as a script, and where it lies.
type Script struct {
	Path string
	Data []byte
}

// What the page that checks drafts loads when it is needed: the rules for the first text, and what is
// said of them for the first card.
var (
	CheckRules = sync.OnceValue(func() Script { return newScript("check-rules", check.Data()) })
	CheckTexts = sync.OnceValue(func() Script { return newScript("check-texts", check.Texts()) })
)

func newScript(key string, data []byte) Script {
	script := []byte(`wenfang.put("` + key + `",` + string(data) + ");\n")
	sum := sha256.Sum256(script)
	return Script{"assets/" + key + "." + hex.EncodeToString(sum[:5]) + ".js", script}
}

// Check renders the page that checks drafts.
func (r *Renderer) Check(w io.Writer) error {
	return r.execute(w, &View{r: r, Kind: "check", Title: r.words.Text("check.title"), out: CheckPage})
}

// Rules renders the list of the groups of rules.
func (r *Renderer) Rules(w io.Writer) error {
	return r.execute(w, &View{r: r, Kind: "rules", Title: r.words.Text("rules.title"), out: RulesIndex})
}

// RulesTitle is the title of the page of one group of rules.
func (r *Renderer) RulesTitle(g check.Group) string {
	return r.words.Text("rules.group", "group", g.Name)
}

// RuleText is what the page of a rule says below its heading, as plain text.
func (r *Renderer) RuleText(rule *check.Rule) string {
	lines := []string{
		r.words.Text("rules.wrong") + " " + rule.Bad, r.words.Text("rules.right") + " " + rule.Good,
		r.words.Text("rules.source") + " " + rule.Source,
	}
	return strings.Join(append(lines, rule.Wordings()...), "\n")
}

// RuleGroup renders the page of one group of rules.
func (r *Renderer) RuleGroup(w io.Writer, g check.Group) error {
	v := &View{r: r, Kind: "rules", Title: r.RulesTitle(g), out: check.Folder + g.Slug + ".html", group: &g}
	return r.execute(w, v)
}

// CheckRules is the address of the rules as a script.
func (v *View) CheckRules() string { return v.URL(CheckRules().Path) }

// CheckTexts is the address of what is said of the rules.
func (v *View) CheckTexts() string { return v.URL(CheckTexts().Path) }

// CheckGenres are the genres that a draft may be checked as.
func (v *View) CheckGenres() []string { return check.Genres() }

// House is what the unit decided for the checking of drafts, as JSON for the page.
func (v *View) House() string {
	c := v.r.site.Config.Check
	off := map[string]bool{}
	for _, rule := range c.Off {
		off[rule.Value] = true
	}
	data, err := json.Marshal(struct {
		House  check.House     `json:"house"`
		Off    map[string]bool `json:"off"`
		Length int             `json:"length"`
	}{check.House{Terms: c.Terms, Names: c.Names, Phrases: c.Phrases}, off, c.Length})
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(data)
}

// RuleGroups are the groups of rules with their pages; on the page of a group it is empty.
func (v *View) RuleGroups() []Item {
	if v.group != nil {
		return nil
	}
	var items []Item
	for _, g := range check.Groups() {
		items = append(items, Item{Title: g.Name, URL: v.URL(check.Folder + g.Slug + ".html"), Count: len(g.Rules)})
	}
	return items
}

// RuleView is a rule as its page shows it.
type RuleView struct {
	*check.Rule
	Words []string    // of a list, wrong → right
	Faces [4]RuleFace // the pages that show it
}

// RuleFace is the pages of one face, in a word of the catalogue.
type RuleFace struct {
	Name  string
	Pages []Item
}

// RuleViews are the rules of the page's group.
func (v *View) RuleViews() []RuleView {
	if v.group == nil {
		return nil
	}
	faces := v.r.site.Faces()
	var views []RuleView
	for _, r := range v.group.Rules {
		f := faces[r.ID]
		rv := RuleView{Rule: r, Faces: [4]RuleFace{
			{v.T("rules.face.guide"), v.items(f.Guide)}, {v.T("rules.face.template"), v.items(f.Template)},
			{v.T("rules.face.sample"), v.items(f.Sample)}, {v.T("rules.face.question"), v.items(f.Question)},
		}}
		rv.Words = r.Wordings()
		views = append(views, rv)
	}
	return views
}

// RuleLinks are the rules that the page names or asks.
func (v *View) RuleLinks() []Item {
	if v.page == nil {
		return nil
	}
	var items []Item
	for _, id := range site.RulesOf(v.page) {
		if path, ok := check.PageOf(id); ok {
			items = append(items, Item{Title: check.ByID(id).Why, URL: v.URL(path) + "#" + id, Description: id})
		}
	}
	return items
}

// ruleWords says what a rule asks for. Readers are shown no id where its words fit.
func ruleWords(id string) string {
	if r := check.ByID(id); r != nil {
		return r.Why
	}
	return id
}
