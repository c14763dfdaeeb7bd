package output

import (
	"encoding/json"
	"io"

	"wenfang/internal/site"
)

// siteScript holds what the search box shows of the site beside results: the pages that the
// empty box offers, and the titles of folders, which say where a result stands. Its name is
// fixed as that of the index is.
const siteScript = searchFolder + "site.js"

// mostFolders is how many folders are named, those near the top first, so that a large site
// does not make its first search dear.
const mostFolders = 400

// folder is a folder's title, and the folders in it by their name in addresses.
type folder struct {
	title string
	inner map[string]*folder
}

func (f *folder) MarshalJSON() ([]byte, error) {
	if len(f.inner) == 0 {
		return json.Marshal([]any{f.title})
	}
	return json.Marshal([]any{f.title, f.inner})
}

func (p *Plan) writeSiteScript(w io.Writer) error {
	tasks := [][2]string{}
	for _, page := range p.site.Tasks() {
		tasks = append(tasks, [2]string{page.Title, site.Escape(page.Out)})
	}
	data, err := json.Marshal(struct {
		Tasks   [][2]string        `json:"tasks"`
		Folders map[string]*folder `json:"folders"`
	}{tasks, folders(p.site.Home)})
	if err != nil {
		return err
	}
	_, err = w.Write(append(append([]byte(`wenfang.put("site",`), data...), ");\n"...))
	return err
}

// folders returns the folders below a page, level by level until there are enough.
func folders(home *site.Page) map[string]*folder {
	top := map[string]*folder{}
	inside := map[*site.Page]map[string]*folder{home: top}
	level, n := []*site.Page{home}, 0
	for len(level) > 0 && n < mostFolders {
		var next []*site.Page
		for _, above := range level {
			for _, page := range above.Children {
				if len(page.Children) == 0 || n == mostFolders {
					continue
				}
				f := &folder{page.Title, map[string]*folder{}}
				inside[above][nameInFolder(page, above)] = f
				inside[page] = f.inner
				next = append(next, page)
				n++
			}
		}
		level = next
	}
	return top
}

// nameInFolder is what a page's key adds to that of the page above it.
func nameInFolder(page, above *site.Page) string {
	if above.Key == "" {
		return page.Key
	}
	return page.Key[len(above.Key)+1:]
}
