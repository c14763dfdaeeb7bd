package output

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"

	"wenfang/internal/official"
	"wenfang/internal/render"
	"wenfang/internal/site"
	"wenfang/internal/theme"
)

// The assets that give the browser what it needs to make documents as we do: to show them, and
// to put them into a Word file, which few do.
const (
	looksScript = "official.js"
	partsScript = "official-parts.js"
)

// withKit returns a theme with both, which are the same for every site.
func withKit(t *theme.Theme) *theme.Theme {
	k := kit()
	return t.With(looksScript, k[0]).With(partsScript, k[1])
}

var kit = sync.OnceValue(func() [2][]byte {
	k := official.NewKit()
	return [2][]byte{
		kitAsset("(window.wenfang=window.wenfang||{}).official=", k.KitLooks, ""),
		kitAsset("Object.assign(window.wenfang.official,", k.KitPackage, ")"),
	}
})

// kitAsset is a script that hands over a value.
func kitAsset(before string, value any, after string) []byte {
	var script bytes.Buffer
	script.WriteString(before)
	e := json.NewEncoder(&script)
	e.SetEscapeHTML(false) // XML stays half as long
	if err := e.Encode(value); err != nil {
		panic(err) // a Kit is texts and numbers
	}
	script.WriteString(after)
	return script.Bytes()
}

// hasDocument reports whether a page holds a document that can be taken away.
func hasDocument(page *site.Page) bool {
	return page != nil && page.Doc != nil && page.Doc.Form() != nil
}

// word is the document of a template or sample, ready made: a template's with its fields open.
// A file of the same name beside the page stands in its place.
func (p *Plan) word(page *site.Page) Output {
	o := Output{Path: render.WordPath(page), Source: page.Doc.Path, stage: stageFile, key: ownKey(page.Doc)}
	o.render = func(w io.Writer) error {
		d := official.Fill(page.Doc.Form(), nil)
		_, err := w.Write(official.Word(d.Format, official.Compose(d), official.Profiles[0]))
		return err
	}
	return o
}
