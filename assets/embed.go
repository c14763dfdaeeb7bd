// Package assets holds the code and the style sheets of the browser, one folder for each
// feature. The files at the top are the entries that are bundled.
package assets

import "embed"

// FS holds the files.
//
//go:embed *.js *.css *.svg */*.js */*.css
var FS embed.FS
