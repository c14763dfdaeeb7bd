package output

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/render"
	"wenfang/internal/site"
	"wenfang/internal/theme"
)

// Paths of the files that every site has.
const (
	searchPage   = "search.html"
	notFoundPage = "404.html"
	tagsPage     = "tags/index.html"
)

// fixedOutputs are the files that do not come from the content.
func (p *Plan) fixedOutputs() map[string]Output {
	fixed := map[string]Output{}
	add := func(o Output) { fixed[o.Path] = o }
	for _, a := range p.theme.Assets() {
		if a.Name != theme.ReloadScript {
			add(bytesOutput(a.Path, stageAsset, a.Data))
		}
	}
	r := p.renderer
	add(Output{Path: searchPage, stage: stagePage, render: func(w io.Writer) error { return r.Search(w, searchPage) }})
	add(Output{Path: notFoundPage, stage: stagePage, render: func(w io.Writer) error { return r.NotFound(w, notFoundPage) }})
	add(Output{Path: tagsPage, stage: stagePage, render: func(w io.Writer) error { return r.Tags(w, tagsPage) }})
	addRules := func(path string, render func(io.Writer) error) {
		add(Output{Path: path, stage: stagePage, render: render, key: func() contentKey { return r.RuleKey(path) }})
	}
	addRules(render.CheckPage, r.Check)
	addRules(render.RulesIndex, r.Rules)
	for _, g := range check.Groups() {
		addRules(check.Folder+g.Slug+".html", func(w io.Writer) error { return r.RuleGroup(w, g) })
	}
	for _, s := range []render.Script{render.CheckRules(), render.CheckTexts()} {
		add(bytesOutput(s.Path, stageAsset, s.Data))
	}
	add(bytesOutput(".nojekyll", stageFile, nil)) // GitHub Pages would hide names that begin with _
	add(Output{Path: siteScript, stage: stageIndex, render: p.writeSiteScript})
	add(Output{Path: "robots.txt", stage: stageIndex, render: p.writeRobots})
	add(Output{Path: "llms.txt", stage: stageIndex, render: p.writeList})
	if p.site.Config.BaseURL != "" {
		add(Output{Path: "sitemap.xml", stage: stageIndex, render: p.writeSitemap})
		add(Output{Path: "atom.xml", stage: stageIndex, render: p.writeFeed})
	}
	return fixed
}

// aliasOutputs are the pages of tags and of facets, and the redirects from old addresses.
func (p *Plan) aliasOutputs() map[string]Output {
	outputs := map[string]Output{}
	for _, tag := range p.site.Tags() {
		outputs[tag.Out] = Output{Path: tag.Out, stage: stagePage, render: func(w io.Writer) error { return p.renderer.Tag(w, tag) }}
	}
	for _, facet := range p.site.Facets() {
		for _, value := range facet.Values {
			if !p.taken(value.Out) {
				outputs[value.Out] = Output{Path: value.Out, stage: stagePage, render: func(w io.Writer) error { return p.renderer.Facet(w, value) }}
			}
		}
	}
	p.eachAlias(func(page *site.Page, alias, out string) {
		if outputs[out].Path == "" && !p.taken(out) {
			outputs[out] = Output{Path: out, stage: stagePage, render: func(w io.Writer) error { return p.renderer.Redirect(w, out, page) }}
		}
	})
	return outputs
}

// eachAlias calls f with every alias of every page and the path of its redirect.
func (p *Plan) eachAlias(f func(page *site.Page, alias, out string)) {
	for _, page := range p.site.Pages {
		for _, alias := range page.Meta().Aliases {
			if out, ok := aliasPath(alias); ok {
				f(page, alias, out)
			}
		}
	}
}

// aliasPath is the output of an old address: x.html, or x/ for a folder's page.
func aliasPath(alias string) (string, bool) {
	key, ok := document.LinkKey("", "/"+strings.TrimLeft(alias, "/"))
	if !ok || key == "" {
		return "", false
	}
	return document.AddressOf(key, strings.HasSuffix(alias, "/") || strings.HasSuffix(alias, "/index.html")), true
}

// taken reports whether a page, a file or a fixed output stands at path.
func (p *Plan) taken(path string) bool {
	_, fixed := p.fixed[path]
	_, file := p.site.Files[path]
	return fixed || file || p.site.ByAddress(path) != nil
}

func (p *Plan) aliasProblems() diag.List {
	var problems diag.List
	owner := map[string]*site.Page{}
	p.eachAlias(func(page *site.Page, alias, out string) {
		other := ""
		switch {
		case p.site.ByAddress(out) != nil:
			other = p.site.ByAddress(out).Source()
		case p.taken(out):
			other = out
		case owner[out] != nil:
			other = owner[out].Source()
		}
		if other != "" {
			problems.Add(diag.Pos{Path: page.Doc.Path, Line: 1, Col: 1}, "alias-taken", diag.Args{"alias": alias, "other": other})
		}
		owner[out] = page
	})
	return problems
}

func (p *Plan) writeRobots(w io.Writer) error {
	text := "User-agent: *\nAllow: /\n"
	if base := p.site.Config.BaseURL; base != "" {
		text += "Sitemap: " + base + "sitemap.xml\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

// writeList writes llms.txt: the handbook's pages as a list of links to their Markdown.
func (p *Plan) writeList(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", oneLine(p.site.Title()))
	if d := p.site.Config.Description; d != "" {
		fmt.Fprintf(&b, "\n> %s\n", oneLine(d))
	}
	for _, page := range p.site.Pages {
		if page.Parent == p.site.Home && page.Folder {
			fmt.Fprintf(&b, "\n## %s\n\n", oneLine(page.Title))
		} else if page == p.site.Home {
			b.WriteString("\n")
		}
		if page.Doc == nil {
			continue
		}
		title := strings.NewReplacer("[", "\\[", "]", "\\]").Replace(oneLine(page.Title))
		fmt.Fprintf(&b, "- [%s](%s)", title, site.Escape(render.MarkdownPath(page)))
		if d := page.Meta().Description; d != "" {
			b.WriteString(": " + oneLine(d))
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func (p *Plan) writeSitemap(w io.Writer) error {
	set := struct {
		XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []sitemapURL `xml:"url"`
	}{}
	for _, page := range p.site.Pages {
		set.URLs = append(set.URLs, sitemapURL{Loc: p.absolute(page), LastMod: changed(page).String()})
	}
	return writeXML(w, set)
}

func (p *Plan) absolute(page *site.Page) string {
	return p.site.Config.BaseURL + site.Escape(strings.TrimSuffix(page.Out, "index.html"))
}

func changed(page *site.Page) document.Date {
	if m := page.Meta(); !m.Updated.IsZero() {
		return m.Updated
	}
	return page.Meta().Date
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Link    atomLink `xml:"link"`
	Updated string   `xml:"updated"`
	Summary string   `xml:"summary"`
}

// writeFeed writes the pages changed last as Atom (RFC 4287), in plain text.
func (p *Plan) writeFeed(w io.Writer) error {
	const most = 30
	var pages []*site.Page
	for _, page := range p.site.Pages {
		if !changed(page).IsZero() {
			pages = append(pages, page)
		}
	}
	slices.SortStableFunc(pages, func(a, b *site.Page) int { return strings.Compare(changed(b).String(), changed(a).String()) })
	base := p.site.Config.BaseURL
	feed := struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Links   []atomLink  `xml:"link"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Entries []atomEntry `xml:"entry"`
	}{Lang: p.site.Config.Language, Title: p.site.Title(), ID: base, Author: p.site.Title(), Updated: midnight(p.site.Config.Today)}
	feed.Links = []atomLink{{Href: base}, {Rel: "self", Href: base + "atom.xml"}}
	if owner := p.site.Config.Owner; owner != "" {
		feed.Author = owner
	}
	for i, page := range pages[:min(most, len(pages))] {
		if i == 0 {
			feed.Updated = midnight(changed(page))
		}
		summary := page.Meta().Description
		if summary == "" {
			summary = page.Doc.Summary
		}
		url := p.absolute(page)
		feed.Entries = append(feed.Entries, atomEntry{page.Title, url, atomLink{Href: url}, midnight(changed(page)), summary})
	}
	return writeXML(w, feed)
}

func midnight(d document.Date) string {
	if d.IsZero() {
		return "1970-01-01T00:00:00Z"
	}
	return d.String() + "T00:00:00Z"
}

func writeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
