package render

import (
	"html/template"
	"strings"

	"wenfang/internal/document"
	"wenfang/internal/site"
)

// body fills the holes of a body of page p. In the text of a document itself terms are not
// marked: it is shown as it will be printed.
func (r *Renderer) body(p *site.Page, body document.Body, marked bool) string {
	var b strings.Builder
	b.Grow(len(body) + len(body)/4)
	prose := r.newProse(p, marked)
	for part := range body.Parts() {
		switch part.Kind {
		case document.PartHTML:
			b.WriteString(part.Text)
		case document.PartProse:
			prose.write(&b, part.Text)
		case document.PartLink:
			r.writeLink(&b, p, &p.Doc.Links[part.Index])
		case document.PartImage:
			r.writeImage(&b, p, &p.Doc.Links[part.Index])
		case document.PartCode:
			r.writeCode(&b, &p.Doc.Codes[part.Index])
		case document.PartWord:
			b.WriteString(template.HTMLEscapeString(r.words.Text(part.Text)))
		}
	}
	return b.String()
}

// writeLink writes the opening tag of a link. A link that leads nowhere keeps its text and is
// marked, but is no link: a reader is never sent to a page that is not there.
func (r *Renderer) writeLink(b *strings.Builder, p *site.Page, link *document.Link) {
	t := r.site.Follow(p, link)
	switch {
	case t.External:
		b.WriteString(`<a class="ext" rel="noopener noreferrer" href="`)
		b.WriteString(template.HTMLEscapeString(link.Target + link.Query + hash(link.Fragment)))
	case t.Page != nil && (t.Problem == "" || t.Problem == "link-anchor"):
		b.WriteString(`<a href="`)
		b.WriteString(template.HTMLEscapeString(pageLink(p, t)))
	case link.Kind == document.LinkRule && t.File != "":
		b.WriteString(`<a class="rule" href="`)
		b.WriteString(template.HTMLEscapeString(site.Relative(p.Out, t.File) + hash(t.Fragment)))
		if link.Title == "" {
			b.WriteString(`" title="` + template.HTMLEscapeString(ruleWords(t.Fragment)))
		}
	case t.File != "":
		b.WriteString(`<a class="file" href="`)
		b.WriteString(template.HTMLEscapeString(site.Relative(p.Out, t.File) + hash(link.Fragment)))
	default:
		b.WriteString(`<a class="broken">`)
		return
	}
	b.WriteByte('"')
	writeTitle(b, link.Title)
	b.WriteByte('>')
}

// pageLink is the address of a target; inside the page itself the fragment alone.
func pageLink(from *site.Page, t site.Target) string {
	if t.Page == from && t.Fragment != "" {
		return hash(t.Fragment)
	}
	return site.Relative(from.Out, t.Page.Out) + hash(t.Fragment)
}

// hash returns a fragment with its sign, fit for an address.
func hash(fragment string) string {
	if fragment == "" {
		return ""
	}
	return "#" + strings.NewReplacer("%", "%25", " ", "%20", `"`, "%22", "<", "%3C", ">", "%3E").Replace(fragment)
}

// writeImage writes an image. One on another host would be a request to it, so it becomes a
// link that the reader may follow.
func (r *Renderer) writeImage(b *strings.Builder, p *site.Page, link *document.Link) {
	t := r.site.Follow(p, link)
	alt := template.HTMLEscapeString(link.Alt)
	switch {
	case t.File != "":
		b.WriteString(`<img loading="lazy" decoding="async" src="` + template.HTMLEscapeString(site.Relative(p.Out, t.File)) + `" alt="` + alt + `"`)
		writeTitle(b, link.Title)
		b.WriteByte('>')
	case t.External:
		b.WriteString(`<a class="ext image" rel="noopener noreferrer" href="` + template.HTMLEscapeString(link.Target+link.Query) + `">`)
		if alt == "" {
			alt = template.HTMLEscapeString(r.words.Text("image.external"))
		}
		b.WriteString(alt + `</a>`)
	default:
		b.WriteString(`<span class="broken image">` + alt + `</span>`)
	}
}

func writeTitle(b *strings.Builder, title string) {
	if title != "" {
		b.WriteString(` title="` + template.HTMLEscapeString(title) + `"`)
	}
}
