package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// built is what the builds of one site took.
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
	fmt.Printf("\nCold full build, median of %d; wenfang with search, Hugo %s without\n", o.rounds, hugoVersion)
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

// benchBuild builds one site o.rounds times with each program in turn. Every build is cold and
// writes to a folder of its own; no folder is removed before the bench ends, since a disk that
// has just lost many files makes new ones slowly.
func benchBuild(ctx context.Context, o options, hugo string, pages []page, count int) (built, error) {
	b := built{pages: count}
	dir := filepath.Join(o.work, fmt.Sprint("build-", count))
	content := filepath.Join(dir, "content")
	if err := layPages(content, pages, count); err != nil {
		return b, err
	}
	edited, err := laidFile(content, pages[count%len(pages)/2], count > len(pages))
	if err != nil {
		return b, err
	}
	var first, second, theirs []cost
	for round := range o.rounds {
		out := filepath.Join(dir, fmt.Sprint("wenfang-", round), "site")
		build := func() (cost, error) {
			return measure(ctx, 1, nil, o.wenfang, "build", "--keep-going", "--site", dir, "--out", out)
		}
		if first, err = appendCost(first, build); err != nil {
			return b, err
		}
		if err := b.weigh(out); err != nil {
			return b, err
		}
		if err := appendText(edited, fmt.Sprintf("\n后来添上的第%d句话。\n", round)); err != nil {
			return b, err
		}
		if second, err = appendCost(second, build); err != nil {
			return b, err
		}
		public := filepath.Join(dir, fmt.Sprint("hugo-", round))
		if theirs, err = appendCost(theirs, func() (cost, error) { return buildHugo(ctx, hugo, public, content) }); err != nil {
			return b, err
		}
		if b.hugoFiles, _, err = weigh(filepath.Join(public, "public"), everything); err != nil {
			return b, err
		}
	}
	b.first, b.second, b.hugo = median(first), median(second), median(theirs)
	row(count, "wenfang", b.first, b.files)
	row(count, "wenfang, after an edit", b.second, b.files)
	row(count, "Hugo", b.hugo, b.hugoFiles)
	return b, nil
}

func appendCost(costs []cost, build func() (cost, error)) ([]cost, error) {
	c, err := build()
	return append(costs, c), err
}

// weigh counts what a build of ours wrote.
func (b *built) weigh(out string) (err error) {
	inIndex := func(rel string) bool { return strings.HasPrefix(rel, "search/") && strings.HasSuffix(rel, ".js") }
	if b.indexFiles, b.indexBytes, err = weigh(out, inIndex); err != nil {
		return err
	}
	b.files, _, err = weigh(out, everything)
	return err
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
