package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Between two saves nobody types faster than this; a save that is not shown by patience has failed.
const (
	pause    = 300 * time.Millisecond
	patience = 30 * time.Second
	few      = 100 // pages of the small site
)

// benchSaves times saves of one page in a small and in a large site.
func benchSaves(ctx context.Context, o options, pages []page) error {
	some := spread(pages, few)
	fmt.Printf("\nSave to served, %d saves of one page\n%-8s %9s %9s\n", o.saves, "pages", "median ms", "p95 ms")
	var medians []float64
	for _, count := range []int{len(some), o.pages} {
		from := pages
		if count == len(some) {
			from = some
		}
		times, err := benchSave(ctx, o, from, middle(some), count)
		if err != nil {
			return err
		}
		slices.Sort(times)
		ms := func(share float64) float64 { return times[int(share*float64(len(times)-1)+0.5)].Seconds() * 1000 }
		medians = append(medians, ms(0.5))
		fmt.Printf("%-8d %9.1f %9.1f\n", count, ms(0.5), ms(0.95))
	}
	more := medians[1] - medians[0]
	fmt.Printf("goal: at most 20 ms in the large site: %s; at most 10 ms more than in the small one: %.1f, %s\n",
		verdict(medians[1] <= 20), more, verdict(more <= 10))
	return nil
}

// middle returns the page of median size.
func middle(pages []page) page {
	sorted := slices.SortedFunc(slices.Values(pages), func(a, b page) int { return int(a.size - b.size) })
	return sorted[len(sorted)/2]
}

func benchSave(ctx context.Context, o options, pages []page, edited page, count int) ([]time.Duration, error) {
	dir := filepath.Join(o.work, fmt.Sprint("serve-", count))
	content := filepath.Join(dir, "content")
	if err := layPages(content, pages, count); err != nil {
		return nil, err
	}
	file, err := laidFile(content, edited, count > len(pages))
	if err != nil {
		return nil, err
	}
	server, root, err := startServer(ctx, o.wenfang, dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		server.Process.Kill()
		server.Wait()
	}()
	rel, err := filepath.Rel(content, file)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(filepath.ToSlash(rel), ".md") + ".html"
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_index.html"), "README.html")
	return timeSaves(o.saves, file, root+(&url.URL{Path: name}).EscapedPath())
}

func timeSaves(saves int, file, address string) ([]time.Duration, error) {
	if _, err := get(address); err != nil {
		return nil, err
	}
	times := make([]time.Duration, saves)
	for i := range times {
		time.Sleep(pause)
		word := fmt.Sprintf("bench-%d-saved", i)
		began := time.Now()
		if err := appendText(file, "\n"+word+"\n"); err != nil {
			return nil, err
		}
		for {
			body, err := get(address)
			if err != nil {
				return nil, err
			}
			times[i] = time.Since(began)
			if bytes.Contains(body, []byte(word)) {
				break
			}
			if times[i] > patience {
				return nil, fmt.Errorf("%s: a save was not shown within %v", address, patience)
			}
			time.Sleep(500 * time.Microsecond)
		}
	}
	return times, nil
}

func get(address string) ([]byte, error) {
	response, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	return body, err
}

// startServer starts serve and returns the address that it prints.
func startServer(ctx context.Context, program, site string) (*exec.Cmd, string, error) {
	cmd := exec.CommandContext(ctx, program, "serve", "--site", site, "--addr", "127.0.0.1:0", "--lang", "en")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			go io.Copy(io.Discard, out)
			return cmd, strings.Fields(lines.Text()[i:])[0], nil
		}
	}
	cmd.Process.Kill()
	return nil, "", errors.Join(errors.New("serve printed no address"), lines.Err(), cmd.Wait())
}
