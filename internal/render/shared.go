package render

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
)

// sharedKey names a partial at one depth below the root.
type sharedKey struct {
	name  string
	depth int
}

// sharedHTML is a partial that was executed, or why it could not be.
type sharedHTML struct {
	text   template.HTML
	listed bool // see View
	err    error
}

// Shared executes a partial that is the same on all pages of one depth (the footer, the
// dialogs) once for all of them. The partial sees the site, and no page.
func (v *View) Shared(name string) (template.HTML, error) {
	key := sharedKey{name, strings.Count(v.out, "/")}
	cached, ok := v.r.shared.Load(key)
	if !ok {
		// Its links lead from a place of that depth in a folder that nothing lies in, so that
		// they do not depend on which page came first.
		out := strings.Repeat("-/", key.depth) + "-"
		view := &View{r: v.r, out: out}
		text, err := v.r.partial(name, view)
		cached, _ = v.r.shared.LoadOrStore(key, &sharedHTML{html(text), view.listed, err})
	}
	shared := cached.(*sharedHTML)
	v.listed = v.listed || shared.listed
	return shared.text, shared.err
}

// partial executes a partial on its own.
func (r *Renderer) partial(name string, view any) (string, error) {
	layout := r.theme.Partial(name)
	if layout == nil {
		return "", fmt.Errorf("layouts/%s: no such layout", name)
	}
	var b bytes.Buffer
	err := layout.Execute(&b, view)
	return b.String(), err
}
