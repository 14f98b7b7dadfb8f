package events

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

// Envelope is what stands on the outside of an event: the attributes of CloudEvents 1.0
// in binary mode, and the W3C trace it belongs to.
type Envelope struct {
	// ID is unique for the source: that of the event, so a second delivery shows.
	ID string
	// Type is the kind of event with its major version, such as "readout.alert.v1".
	Type string
	// Source is who made it, such as "/readout/notify".
	Source string
	// Subject is what it is about: the id of an article, or of a thread.
	Subject string
	// Time is when it was made.
	Time time.Time
	// Trace is a traceparent; empty begins no trace.
	Trace string
}

// The types of events.
const (
	TypeSubmission = "readout.submission.v1"
	TypeArticle    = "readout.article.v1"
	TypeAnnotation = "readout.annotation.v1"
	TypeAlert      = "readout.alert.v1"
	TypeDeadLetter = "readout.dead_letter.v1"
)

// HeaderTrace is the header of the W3C trace context.
const HeaderTrace = "traceparent"

// Headers gives the headers of a message that carries the event.
func (e Envelope) Headers() map[string]string {
	h := map[string]string{
		"ce-specversion": "1.0",
		"ce-id":          e.ID,
		"ce-type":        e.Type,
		"ce-source":      e.Source,
		"ce-time":        e.Time.UTC().Format(time.RFC3339Nano),
		"content-type":   "application/json",
	}
	if e.Subject != "" {
		h["ce-subject"] = e.Subject
	}
	if e.Trace != "" {
		h[HeaderTrace] = e.Trace
	}
	return h
}

// NewTrace begins a trace and gives its traceparent.
func NewTrace() string {
	return fmt.Sprintf("00-%016x%016x-%016x-01", rand.Uint64()|1, rand.Uint64(), rand.Uint64()|1)
}

// ChildTrace gives the traceparent of the next step of a trace: the same trace with a
// span of its own. What is no traceparent begins a new trace.
func ChildTrace(parent string) string {
	if !isTrace(parent) {
		return NewTrace()
	}
	return parent[:36] + fmt.Sprintf("%016x", rand.Uint64()|1) + parent[52:]
}

// isTrace says whether s has the form of version 00 of the W3C recommendation:
// 00-<32 hex digits>-<16 hex digits>-<2 hex digits>, neither id all zeros.
func isTrace(s string) bool {
	if len(s) != 55 || s[:3] != "00-" || s[35] != '-' || s[52] != '-' {
		return false
	}
	trace, ok1 := hexWord(s[3:19], s[19:35])
	span, ok2 := hexWord(s[36:52])
	_, ok3 := hexWord(s[53:])
	return ok1 && ok2 && ok3 && trace && span
}

// hexWord says whether any digit of the words is not zero, and whether all are lower
// case hexadecimal digits.
func hexWord(words ...string) (set, ok bool) {
	for _, w := range words {
		n, err := strconv.ParseUint(w, 16, 64)
		if err != nil {
			return false, false
		}
		for _, c := range w {
			if c >= 'A' && c <= 'F' || c == '+' {
				return false, false
			}
		}
		set = set || n != 0
	}
	return set, true
}
