// Command bench measures the program on real Chinese Markdown and prints tables: builds
// against Hugo on the same files, and the time from a save to the page that shows it.
//
// It takes the program as a binary and knows nothing of its inside. Corpora are folders of
// Markdown written for other tools; none is part of the repository.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
)

// options say what is measured and where.
type options struct {
	wenfang string // the program
	corpora string // the folder of corpora
	pages   int    // of the large site
	rounds  int    // how often each site is built
	saves   int    // how often a page is saved
	builds  bool
	serves  bool
	work    string // temporary folder
}

func main() {
	var o options
	flag.StringVar(&o.wenfang, "wenfang", "", "the program to measure")
	flag.StringVar(&o.corpora, "corpora", "", "folder of corpora, one folder each")
	flag.IntVar(&o.pages, "pages", 10000, "pages of the large site")
	flag.IntVar(&o.rounds, "rounds", 3, "cold builds of each site")
	flag.IntVar(&o.saves, "saves", 30, "saves that are timed")
	flag.BoolVar(&o.builds, "builds", true, "measure builds")
	flag.BoolVar(&o.serves, "serves", true, "measure from save to served")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures what was asked for. When ctx ends the programs end, and nothing is left behind.
func run(ctx context.Context, o options) (err error) {
	if o.wenfang == "" {
		return errors.New("-wenfang PROGRAM is missing")
	}
	if o.wenfang, err = filepath.Abs(o.wenfang); err != nil {
		return err
	}
	if o.rounds < 1 {
		return fmt.Errorf("-rounds %d: at least one", o.rounds)
	}
	files, err := listCorpora(o.corpora)
	if err != nil {
		return err
	}
	if o.pages <= len(files) {
		return fmt.Errorf("-pages %d: the large site must have more pages than the corpora, %d", o.pages, len(files))
	}
	if o.work, err = os.MkdirTemp("", "wenfang-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(o.work)
	fmt.Printf("%d pages of %s; %s, %d processors, %s\n", len(files), o.corpora, runtime.GOOS, runtime.NumCPU(), load())
	if o.builds {
		if err := benchBuilds(ctx, o, files); err != nil {
			return err
		}
	}
	if o.serves {
		if err := benchSaves(ctx, o, files); err != nil {
			return err
		}
	}
	fmt.Println("\n" + load())
	return nil
}

// load says how busy the machine is, which figures are worth little without.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "load unknown"
	}
	var minute string
	fmt.Sscan(string(data), &minute)
	return "load " + minute
}

// verdict is the last column of a goal.
func verdict(met bool) string {
	if met {
		return "met"
	}
	return "MISSED"
}
