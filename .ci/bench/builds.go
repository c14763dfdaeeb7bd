package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// built are the builds of one site.
type built struct {
	pages      int
	first      cost // cold: nothing kept from earlier builds
	second     cost // after one line was added to one page
	hugo       cost
	indexBytes int64
	indexFiles int
	files      int
	hugoFiles  int
}

// benchBuilds builds the corpora as they are and repeated, with the program and with Hugo.
func benchBuilds(ctx context.Context, o options, pages []page) error {
	hugo, err := installHugo(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("\nCold full build; wenfang with search, Hugo %s without\n", hugoVersion)
	fmt.Printf("%-8s %-22s %9s %9s %9s %9s %8s\n", "pages", "", "wall s", "CPU s", "pages/s", "peak MB", "files")
	var sites []built
	for _, count := range []int{len(pages), o.pages} {
		b, err := benchBuild(ctx, o, hugo, pages, count)
		if err != nil {
			return err
		}
		sites = append(sites, b)
	}
	for _, b := range sites {
		fmt.Printf("%-8d search index: %.1f MB in %d files\n", b.pages, float64(b.indexBytes)/1e6, b.indexFiles)
	}
	for _, b := range sites {
		b.judge()
	}
	return nil
}

func row(pages int, name string, c cost, files int) {
	fmt.Printf("%-8d %-22s %9.2f %9.2f %9.0f %9.0f %8d\n", pages, name, c.wall.Seconds(), c.cpu.Seconds(),
		float64(pages)/c.wall.Seconds(), float64(c.memory)/1e6, files)
}

func (b built) judge() {
	ratio := func(a, c time.Duration) float64 { return a.Seconds() / c.Seconds() }
	speed, again := ratio(b.first.wall, b.hugo.wall), ratio(b.second.wall, b.first.wall)
	memory := float64(b.first.memory) / float64(b.hugo.memory)
	fmt.Printf("%-8d goal: as fast as Hugo: %.2f of its time (CPU %.2f), %s; half its memory: %.2f, %s; an edit a fifth of the first: %.2f (CPU %.2f), %s\n",
		b.pages, speed, ratio(b.first.cpu, b.hugo.cpu), verdict(speed <= 1), memory, verdict(memory <= 0.5),
		again, ratio(b.second.cpu, b.first.cpu), verdict(again <= 0.2))
}

func benchBuild(ctx context.Context, o options, hugo string, pages []page, count int) (built, error) {
	b := built{pages: count}
	dir := filepath.Join(o.work, fmt.Sprint("build-", count))
	defer os.RemoveAll(dir)
	content := filepath.Join(dir, "content")
	if err := layPages(content, pages, count); err != nil {
		return b, err
	}
	out := filepath.Join(dir, "out", "site")
	args := []string{"build", "--keep-going", "--site", dir, "--out", out}
	var err error
	if b.first, err = measure(ctx, 1, nil, o.wenfang, args...); err != nil {
		return b, err
	}
	inIndex := func(rel string) bool { return strings.HasPrefix(rel, "search/") && strings.HasSuffix(rel, ".js") }
	if b.indexFiles, b.indexBytes, err = weigh(out, inIndex); err != nil {
		return b, err
	}
	if b.files, _, err = weigh(out, everything); err != nil {
		return b, err
	}
	row(count, "wenfang", b.first, b.files)
	edited, err := laidFile(content, pages[count%len(pages)/2], count > len(pages))
	if err != nil {
		return b, err
	}
	if err := appendText(edited, "\n后来添上的一句话。\n"); err != nil {
		return b, err
	}
	if b.second, err = measure(ctx, 1, nil, o.wenfang, args...); err != nil {
		return b, err
	}
	row(count, "wenfang, after an edit", b.second, b.files)
	if b.hugo, err = buildHugo(ctx, hugo, dir, content); err != nil {
		return b, err
	}
	if b.hugoFiles, _, err = weigh(filepath.Join(dir, "hugo", "public"), everything); err != nil {
		return b, err
	}
	row(count, "Hugo", b.hugo, b.hugoFiles)
	return b, nil
}

func everything(string) bool { return true }

// laidFile is where a page lies in a site.
func laidFile(content string, p page, copied bool) (string, error) {
	if copied {
		content = filepath.Join(content, "copy-01")
	}
	name := filepath.Join(content, filepath.FromSlash(laidPath(p.path)))
	_, err := os.Stat(name)
	return name, err
}

func appendText(name, text string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
