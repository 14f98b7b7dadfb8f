//go:build faults

package app

import (
	"os"
	"strings"
	"time"

	"readout/internal/language"
)

// The words of an article that make an annotator built with the tag "faults" fail.
const (
	FaultPanic = "FAULT-PANIC"
	FaultExit  = "FAULT-EXIT"
	FaultHang  = "FAULT-HANG"
)

// faults wraps the pipeline in failures: a panic, the death of the process or an endless
// wait where the text asks for one, and READOUT_FAULT_DELAY before every article.
func faults(pipeline language.Annotator) language.Annotator {
	delay, _ := time.ParseDuration(os.Getenv("READOUT_FAULT_DELAY"))
	return faulty{pipeline, delay}
}

type faulty struct {
	language.Annotator
	delay time.Duration
}

func (f faulty) Annotate(d *language.Document) {
	time.Sleep(f.delay)
	switch {
	case strings.Contains(d.Text, FaultPanic):
		panic("a fault that the text asked for")
	case strings.Contains(d.Text, FaultExit):
		os.Exit(3)
	case strings.Contains(d.Text, FaultHang):
		select {}
	}
	f.Annotator.Annotate(d)
}
