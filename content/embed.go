// Package content holds the handbook, for a program that writes it into a new site.
package content

import "embed"

// FS is this folder: the handbook's Markdown, and this file.
//
//go:embed *
var FS embed.FS
