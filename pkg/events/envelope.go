package events

import (
	"encoding/binary"
	"encoding/hex"
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

// NewTrace begins a trace and gives its traceparent. Its flag says that nothing was
// recorded, which is so; a trace that is said to be recorded would also cost the server
// 5 µs for each article, because it looks through all headers to see where to report it.
func NewTrace() string {
	out := append(make([]byte, 0, 55), "00-"...)
	out = appendHex(appendHex(out, rand.Uint64()|1), rand.Uint64())
	out = appendHex(append(out, '-'), rand.Uint64()|1)
	return string(append(out, "-00"...))
}

// ChildTrace gives the traceparent of the next step of a trace: the same trace with a
// span of its own. What is no traceparent begins a new trace.
func ChildTrace(parent string) string {
	if !isTrace(parent) {
		return NewTrace()
	}
	out := append(make([]byte, 0, 55), parent[:36]...)
	return string(append(appendHex(out, rand.Uint64()|1), parent[52:]...))
}

// appendHex appends a number as 16 digits.
func appendHex(out []byte, n uint64) []byte {
	return hex.AppendEncode(out, binary.BigEndian.AppendUint64(nil, n))
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
			if c >= 'A' && c <= 'F' {
				return false, false
			}
		}
		set = set || n != 0
	}
	return set, true
}
