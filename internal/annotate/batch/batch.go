// Package batch reads many texts without a server: JSON lines in, JSON lines out, in the
// same order, on as many cores as there are.
package batch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"readout/internal/annotate"
	"readout/pkg/events"
)

// Item is one text to read.
type Item struct {
	// ID is given back with the findings.
	ID   string `json:"id"`
	Text string `json:"text"`
	// Published is when it was brought out, zero where that is not known.
	Published time.Time `json:"published"`
	// Err says why there is no text; Where says of which line or file.
	Err   error  `json:"-"`
	Where string `json:"-"`
}

// Line is what is written for an item.
type Line struct {
	ID string `json:"id"`
	events.Findings
	Warnings []string `json:"warnings,omitempty"`
	// Error says why there are no findings.
	Error string `json:"error,omitempty"`
}

// Options say how a batch runs; the zero value uses all cores.
type Options struct {
	// Workers is how many texts are read at a time.
	Workers int
	// Failed is told of each text that could not be read.
	Failed func(where string, err error)
	// Progress is told after each text how many are done.
	Progress func(done int)
}

// Stats counts what was done.
type Stats struct{ Read, Failed int }

// job is an item on its way and the place of its result.
type job struct {
	item Item
	line chan Line
}

// Run reads every item and writes a line for each, in order. At most a few items for each
// worker are in memory at a time. Texts that fail get a line with the error; Run itself
// fails only when it cannot write, or when the context ends.
func Run(ctx context.Context, service *annotate.Service, items func(func(Item) bool), out io.Writer, o Options) (Stats, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ordered, work := make(chan job, 4*o.Workers), make(chan job)
	var workers sync.WaitGroup
	for range o.Workers {
		workers.Go(func() {
			for j := range work {
				j.line <- read(ctx, service, j.item)
			}
		})
	}
	workers.Go(func() { feed(ctx, items, ordered, work) })
	stats, err := write(ordered, out, o, cancel)
	workers.Wait()
	return stats, errors.Join(err, parent(ctx, err))
}

// parent gives the error of the context when the writing did not fail of itself.
func parent(ctx context.Context, err error) error {
	if err != nil {
		return nil
	}
	return ctx.Err()
}

func feed(ctx context.Context, items func(func(Item) bool), ordered, work chan<- job) {
	defer close(ordered)
	defer close(work)
	items(func(item Item) bool {
		j := job{item, make(chan Line, 1)}
		select {
		case ordered <- j:
		case <-ctx.Done():
			return false
		}
		select {
		case work <- j:
			return true
		case <-ctx.Done():
			j.line <- Line{ID: item.ID, Findings: annotate.None(), Error: ctx.Err().Error()}
			return false
		}
	})
}

func read(ctx context.Context, service *annotate.Service, item Item) Line {
	line := Line{ID: item.ID, Findings: annotate.None()}
	err := item.Err
	if err == nil {
		line.Findings, line.Warnings, err = service.Read(ctx, item.Text, item.Published)
	}
	if err != nil {
		line.Error = err.Error()
	}
	return line
}

// write puts the lines out in the order of the items.
func write(ordered <-chan job, out io.Writer, o Options, cancel func()) (Stats, error) {
	var stats Stats
	var failed error
	buffer := bufio.NewWriterSize(out, 1<<16)
	for j := range ordered {
		line := <-j.line
		if line.Error != "" {
			stats.Failed++
			if o.Failed != nil {
				o.Failed(j.item.Where, errors.New(line.Error))
			}
		} else {
			stats.Read++
		}
		data, err := events.Encode(line)
		if err == nil && failed == nil {
			_, err = buffer.Write(append(data, '\n'))
		}
		if err != nil && failed == nil {
			failed = fmt.Errorf("write findings: %w", err)
			cancel()
		}
		if o.Progress != nil {
			o.Progress(stats.Read + stats.Failed)
		}
	}
	if failed == nil {
		failed = buffer.Flush()
	}
	return stats, failed
}
