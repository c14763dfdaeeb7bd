// Package layouts holds the default templates of pages, one file for each kind.
package layouts

import "embed"

// FS holds the templates.
//
//go:embed *.html partials/*.html
var FS embed.FS
