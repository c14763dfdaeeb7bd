package project

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"

	"wenfang/internal/config"
	"wenfang/internal/source"
)

// readChanged reads what changed. Whatever a path turns out to be (a folder, a layout, the
// configuration) decides how much has to be read again.
func (p *Project) readChanged(ctx context.Context, changed []string) error {
	dir, root := absolute(p.options.Dir), absolute(p.contentRoot())
	var pages []source.Entry
	walk, face := false, false
	for _, path := range changed {
		path = absolute(path)
		switch {
		case path == filepath.Join(dir, config.FileName) || path == dir || path == root:
			return p.readAll(ctx)
		case within(path, filepath.Join(dir, "layouts")) || within(path, filepath.Join(dir, "assets")):
			face = true
		}
		name, ok := below(path, root)
		if !ok {
			continue
		}
		entry, exists, problems := source.Stat(p.contentRoot(), name, p.rules())
		_, known := p.tree[norm.NFC.String(name)]
		switch {
		case exists && entry.Page && known && len(problems) == 0:
			pages = append(pages, entry)
		case exists && known && len(problems) == 0: // a copied file: its bytes are read when asked for
		case !exists && !known && !p.isFolder(path, name): // a file that is no part of the site
		default:
			walk = true
		}
	}
	if face {
		p.readTheme()
	}
	if walk {
		if err := p.walk(); err != nil {
			return err
		}
		for _, e := range p.pages() {
			if p.docs[e.Path] == nil {
				pages = append(pages, e)
			}
		}
	}
	if err := p.parse(ctx, pages); err != nil {
		return err
	}
	if walk {
		p.list()
	}
	return nil
}

// isFolder reports whether a path is a folder now, or was one that held files of the tree.
func (p *Project) isFolder(path, name string) bool {
	if info, err := os.Stat(path); err == nil {
		return info.IsDir()
	}
	prefix := norm.NFC.String(name) + "/"
	for known := range p.tree {
		if strings.HasPrefix(known, prefix) {
			return true
		}
	}
	return false
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+string(filepath.Separator))
}

// below returns path relative to root with slashes.
func below(path, root string) (string, bool) {
	if !within(path, root) || path == root {
		return "", false
	}
	return filepath.ToSlash(path[len(root)+1:]), true
}
