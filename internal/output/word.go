package output

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"

	"wenfang/internal/official"
	"wenfang/internal/render"
	"wenfang/internal/site"
)

// kitScript is the asset that gives the browser what it needs to make documents as we do.
const kitScript = "official.js"

// kit is the script: the same for every site.
var kit = sync.OnceValue(func() []byte {
	var script bytes.Buffer
	script.WriteString("(window.wenfang=window.wenfang||{}).official=")
	e := json.NewEncoder(&script)
	e.SetEscapeHTML(false) // XML stays half as long
	if err := e.Encode(official.NewKit()); err != nil {
		panic(err) // a Kit is texts and numbers
	}
	return script.Bytes()
})

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
