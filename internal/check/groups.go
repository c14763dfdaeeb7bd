package check

import "fmt"

// Group is the rules of one chapter. Slug names its page and never changes.
type Group struct {
	Name  string
	Slug  string
	Rules []*Rule
}

// slugs are the names of the groups' pages, in the order in which the groups are shown.
var slugs = [][2]string{
	{"发文字号", "docno"}, {"标题", "title"}, {"层次序号", "sequence"}, {"文种结语", "genre"}, {"要素", "element"}, {"日期", "date"},
	{"标点", "punctuation"}, {"数字计量", "number"}, {"易错字", "spelling"}, {"近义混淆", "confused"}, {"用语", "wording"}, {"固定表述", "fixed"},
	{"空格字符", "characters"}, {"占位残留", "placeholder"}, {"空话套话", "empty"}, {"篇幅", "length"},
}

// Groups returns all groups with their rules.
func Groups() []Group {
	groups := make([]Group, len(slugs))
	at := map[string]int{}
	for i, s := range slugs {
		groups[i] = Group{Name: s[0], Slug: s[1]}
		at[s[0]] = i
	}
	for _, r := range Rules() {
		i, ok := at[r.Group]
		if !ok {
			panic(fmt.Sprintf("check: rule %s: group %q has no page", r.ID, r.Group))
		}
		groups[i].Rules = append(groups[i].Rules, r)
	}
	return groups
}

// Folder holds the pages of the rules in a site.
const Folder = "rules/"

// PageOf returns the page of a rule's group in a site; ok is false for an unknown rule.
func PageOf(id string) (path string, ok bool) {
	r := ByID(id)
	if r == nil {
		return "", false
	}
	for _, s := range slugs {
		if s[0] == r.Group {
			return Folder + s[1] + ".html", true
		}
	}
	return "", false
}
