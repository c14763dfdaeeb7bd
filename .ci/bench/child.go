package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// cost is what one run of a program took.
type cost struct {
	wall   time.Duration
	cpu    time.Duration
	memory int64 // bytes at its peak
}

// measure runs a program to its end. A site of others has broken links, which is code 1 and
// no failure. The bench itself keeps little in memory: on Linux a child begins with the peak
// of its parent.
func measure(ctx context.Context, allowed int, env []string, name string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	var last tail
	cmd.Stderr, cmd.Stdout = &last, &last
	began := time.Now()
	err := cmd.Run()
	c := cost{wall: time.Since(began)}
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != allowed) {
		return c, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, last.data)
	}
	c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = usage.Maxrss * maxrssUnit
	}
	return c, nil
}

// median returns the middle of each figure.
func median(costs []cost) cost {
	middle := func(of func(cost) int64) int64 {
		figures := make([]int64, len(costs))
		for i, c := range costs {
			figures[i] = of(c)
		}
		slices.Sort(figures)
		return figures[len(figures)/2]
	}
	return cost{
		wall:   time.Duration(middle(func(c cost) int64 { return int64(c.wall) })),
		cpu:    time.Duration(middle(func(c cost) int64 { return int64(c.cpu) })),
		memory: middle(func(c cost) int64 { return c.memory }),
	}
}

// tail keeps the end of what a program prints.
type tail struct{ data []byte }

func (t *tail) Write(p []byte) (int, error) {
	const keep = 2000
	t.data = append(t.data, p...)
	if len(t.data) > keep {
		t.data = bytes.Clone(t.data[len(t.data)-keep:])
	}
	return len(p), nil
}

// weigh returns the number and the bytes of the files below dir whose path a test accepts.
func weigh(dir string, accept func(rel string) bool) (files int, size int64, err error) {
	err = filepath.WalkDir(dir, func(disk string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, disk)
		if err != nil || !accept(filepath.ToSlash(rel)) {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files++
		size += info.Size()
		return nil
	})
	return files, size, err
}
