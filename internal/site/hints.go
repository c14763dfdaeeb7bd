package site

import (
	"path"
	"strings"
)

// hints finds what a broken link probably meant.
type hints struct {
	lowerKeys map[string]string // key in lower case → source
	byBase    map[string]string // its last element → source of the first page with it
	lowerFile map[string]string
	titles    []string
}

func (s *Site) newHints() *hints {
	h := &hints{
		lowerKeys: make(map[string]string, len(s.Pages)),
		byBase:    make(map[string]string, len(s.Pages)),
		lowerFile: make(map[string]string, len(s.Files)),
		titles:    make([]string, 0, len(s.Pages)),
	}
	for _, p := range s.Pages {
		lower := strings.ToLower(p.Key)
		h.lowerKeys[lower] = p.Source()
		if base := path.Base(lower); h.byBase[base] == "" {
			h.byBase[base] = p.Source()
		}
		h.titles = append(h.titles, p.Title)
	}
	for file := range s.Files {
		h.lowerFile[strings.ToLower(file)] = file
	}
	return h
}

// page returns the source path that a broken key was probably meant to name, and whether it
// differs by letter case alone.
func (h *hints) page(key string) (source string, sameButCase bool) {
	lower := strings.ToLower(key)
	if source, ok := h.lowerKeys[lower]; ok {
		return source, true
	}
	return h.byBase[path.Base(lower)], false
}

func (h *hints) file(key string) string { return h.lowerFile[strings.ToLower(key)] }
