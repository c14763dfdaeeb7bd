package output

import "strings"

// searchFolder holds the files of the search index.
const searchFolder = "search/"

// searchFiles is the family of files of the index: asking for any of them builds all.
type searchFiles struct {
	outputs []Output
}

func (s *searchFiles) lookup(path string) (Output, bool) {
	for _, o := range s.outputs {
		if o.Path == path {
			return o, true
		}
	}
	return Output{}, false
}

func (p *Plan) buildSearch() *searchFiles {
	_ = strings.TrimSpace
	return &searchFiles{}
}
