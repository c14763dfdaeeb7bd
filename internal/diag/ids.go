package diag

// Severities is the registry of every diagnostic the program can give. Each id has its
// words in catalogue/LANG/diagnostics.json, in every language (a test holds them together).
var Severities = map[string]Severity{
	// source: decoding and the tree
	"encoding-decoded":   Warning, // GBK, GB18030 or UTF-16, decoded
	"encoding-invalid":   Error,   // neither UTF-8 nor a known encoding
	"encoding-mixed":     Error,   // a line in another encoding than the rest
	"encoding-binary":    Error,   // not text at all (a .docx named .md …)
	"control-character":  Warning, // control or bidi override character left out
	"file-empty":         Warning,
	"file-too-large":     Error,
	"file-unpublished":   Info, // a file beside the pages that is not copied
	"file-unsafe":        Error,
	"file-name":          Warning, // a name that some systems cannot hold
	"file-link":          Warning, // a symbolic link, not followed
	"folder-index-twice": Error,

	// configuration
	"config-syntax":      Error,
	"config-unknown-key": Error,
	"config-type":        Error,
	"config-value":       Error,
	"config-page":        Warning, // a path that names no page

	// front matter
	"meta-syntax":      Error,
	"meta-unclosed":    Error,
	"meta-unknown-key": Warning,
	"meta-duplicate":   Error,
	"meta-type":        Error,
	"meta-date":        Error,
	"meta-value":       Error,
	"meta-alias":       Error, // YAML anchors and aliases
	"meta-wide-colon":  Error, // title：
	"meta-json":        Error, // JSON in place of YAML or TOML
	"meta-too-long":    Error,
	"meta-address":     Error, // an alias address that leaves the site
	"field-id":         Error,
	"field-duplicate":  Error,
	"field-unknown":    Error,
	"field-unclosed":   Error,
	"field-crossed":    Error,
	"field-pattern":    Error,
	"document-unknown": Error,

	// elements of a 公文
	"element-forbidden": Error,   // the 文种 or the format has no such element
	"element-unusual":   Warning, // by custom, or with exceptions
	"element-missing":   Warning, // the 文种 must have it

	// Markdown
	"html-shown":         Warning, // raw HTML shown as text
	"url-unsafe":         Error,
	"link-nested":        Warning, // a link in the text of another
	"fence-unclosed":     Warning,
	"footnote-missing":   Warning,
	"footnote-unused":    Warning,
	"reference-missing":  Warning, // [text][label] without [label]: …
	"reference-unused":   Info,
	"container-unknown":  Warning,
	"container-unclosed": Warning,
	"container-stray":    Warning, // ::: that ends nothing
	"table-cells":        Warning, // more cells than columns
	"question-form":      Error,
	"setext-surprise":    Info, // --- right under text made a heading
	"heading-second-h1":  Info,
	"heading-id":         Warning,
	"limit-text":         Error,
	"limit-nesting":      Error,
	"limit-table":        Error,
	"limit-reference":    Error,
	"limit-marks":        Error, // marks without their other end, beyond count
	"limit-code":         Warning,
	"code-info":          Info,
	"code-lines":         Warning,
	"note-type":          Warning,

	// drafts
	"check-file":         Error,   // neither text, Markdown nor Word
	"check-package":      Error,   // a Word package that cannot be read
	"check-rule-unknown": Warning, // an exception, or the configuration, names no rule
	"check-reason":       Warning, // an exception without its reason
	"check-untouched":    Warning, // a file that --fix did not change

	// site
	"link-broken":      Error,
	"link-anchor":      Error,
	"link-case":        Error,
	"link-draft":       Error,
	"link-ambiguous":   Error,
	"link-outside":     Error,
	"link-host":        Error, // a //host address
	"image-missing":    Error,
	"address-twice":    Error,
	"address-case":     Error,
	"address-reserved": Error,
	"alias-taken":      Error,
	"file-unreachable": Info,
	"page-overdue":     Info,
	"site-empty":       Error,
	"term-twice":       Warning,

	// theme
	"layout-syntax": Error,
	"layout-render": Error,
	"asset-syntax":  Error,

	// output and serve
	"output-refused": Error,
	"render-panic":   Error,
}
