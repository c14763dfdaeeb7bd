package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// earlyArgs is what must be known before the command line can be read: it is read, and
// explained, in some language.
type earlyArgs struct {
	lang    string
	hasLang bool
	site    string
	verb    string
}

// scanArgs finds the early arguments without judging the others.
func scanArgs(args []string) earlyArgs {
	var early earlyArgs
	for i := 0; i < len(args) && args[i] != "--"; i++ {
		name, value, joined := strings.Cut(args[i], "=")
		switch {
		case name == "--lang" || name == "--site":
			if !joined && i+1 < len(args) {
				i++
				value = args[i]
			}
			if name == "--lang" {
				early.lang, early.hasLang = value, true
			} else {
				early.site = value
			}
		case strings.HasPrefix(args[i], "-"):
		case early.verb == "":
			early.verb = args[i]
		}
	}
	return early
}

// language decides what language the program speaks: that of --lang, else of the locale,
// else of the site.
func language(early earlyArgs, getenv func(string) string) string {
	if slices.Contains(diag.Languages, early.lang) {
		return early.lang
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			if lang := localeLanguage(value); lang != "" {
				return lang
			}
			break // C and POSIX name no language
		}
	}
	return siteLanguage(early.site)
}

// localeLanguage returns the language tag of a POSIX locale (zh_CN.UTF-8), or "".
func localeLanguage(locale string) string {
	name, _, _ := strings.Cut(locale, ".")
	name, _, _ = strings.Cut(name, "@")
	if name == "C" || name == "POSIX" {
		return ""
	}
	return strings.ReplaceAll(name, "_", "-")
}

// siteLanguage returns the language that a folder's configuration names, or the default.
func siteLanguage(dir string) string {
	raw, err := os.ReadFile(filepath.Join(dir, config.FileName))
	if err != nil {
		return config.Default().Language
	}
	file, _ := source.NewFile(config.FileName, raw)
	cfg, _ := config.Parse(file)
	return cfg.Language
}

func languages() []string { return diag.Languages }

// checkLang refuses a language that the program does not speak.
func checkLang(u *ui, early earlyArgs) error {
	if !early.hasLang || isCompletion(early.verb) || slices.Contains(diag.Languages, early.lang) {
		return nil
	}
	return usage(u.text("cli.error.lang", "value", early.lang, "known", strings.Join(diag.Languages, u.text("cli.or"))))
}
