package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// hugoVersion is the newest that this Go builds.
const hugoVersion = "v0.165.0"

// installHugo returns Hugo, built once and kept in the user's cache.
func installHugo(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "wenfang-bench", "hugo-"+hugoVersion)
	program := filepath.Join(folder, "hugo")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	fmt.Fprintln(os.Stderr, "bench: building Hugo", hugoVersion)
	cmd := exec.CommandContext(ctx, "go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
	cmd.Dir = folder // outside of any module
	cmd.Env = append(os.Environ(), "GOBIN="+folder, "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build Hugo: %w", err)
	}
	return program, nil
}

// hugoConfig turns off what our pages do not have either, but for search.
const hugoConfig = `baseURL = "https://example.org/"
languageCode = "zh-CN"
title = "bench"
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT"]
[markup.goldmark.renderer]
unsafe = false
[markup.highlight]
noClasses = false
`

// hugoLayout shows what a page of ours shows at least. Ours shows a window of 50 siblings too.
const hugoLayout = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }} - {{ .Site.Title }}</title></head>
<body>
<nav>{{ range first 50 .CurrentSection.Pages }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>
{{ end }}</nav>
<nav>{{ .TableOfContents }}</nav>
<main><h1>{{ .Title }}</h1>
{{ .Content }}
</main>
<footer>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</footer>
</body></html>
`

// buildHugo builds content into the folder public of site, cold.
func buildHugo(ctx context.Context, program, site, content string) (cost, error) {
	layouts := filepath.Join(site, "layouts")
	if err := os.MkdirAll(layouts, 0o755); err != nil {
		return cost{}, err
	}
	files := map[string]string{
		filepath.Join(site, "hugo.toml"):       hugoConfig,
		filepath.Join(layouts, "single.html"):  hugoLayout,
		filepath.Join(layouts, "list.html"):    hugoLayout,
		filepath.Join(layouts, "home.html"):    hugoLayout,
		filepath.Join(layouts, "section.html"): hugoLayout,
	}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return cost{}, err
		}
	}
	env := []string{"HUGO_CACHEDIR=" + filepath.Join(site, "cache")}
	return measure(ctx, 0, env, program, "build", "--logLevel", "error", "--noBuildLock", "--source", site, "--contentDir", content,
		"--destination", filepath.Join(site, "public"))
}
