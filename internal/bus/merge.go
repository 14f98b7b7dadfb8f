package bus

import (
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// merge gives the configuration to apply: what stands, with what is wanted laid over
// it, but for limits that would become narrower.
func merge(have, want jetstream.StreamConfig, narrow bool) (jetstream.StreamConfig, []Change) {
	m := merger{stream: want.Name, narrow: narrow}
	out := have
	out.MaxAge = time.Duration(m.limit("max age", int64(have.MaxAge), int64(want.MaxAge), age))
	out.MaxBytes = m.limit("max bytes", have.MaxBytes, want.MaxBytes, decimal)
	out.MaxMsgs = m.limit("max messages", have.MaxMsgs, want.MaxMsgs, decimal)
	out.MaxMsgSize = int32(m.limit("max message size", int64(have.MaxMsgSize), int64(want.MaxMsgSize), decimal))
	out.MaxMsgsPerSubject = m.limit("max messages per subject", have.MaxMsgsPerSubject, want.MaxMsgsPerSubject, decimal)
	out.Replicas = int(m.limit("replicas", int64(max(have.Replicas, 1)), int64(max(want.Replicas, 1)), decimal))
	out.Subjects = m.subjects(have.Subjects, want.Subjects)
	if have.Duplicates != want.Duplicates && want.Duplicates > 0 {
		m.note("duplicate window", have.Duplicates.String(), want.Duplicates.String(), false)
		out.Duplicates = want.Duplicates
	}
	if have.AllowDirect != want.AllowDirect {
		m.note("direct reads", fmt.Sprint(have.AllowDirect), fmt.Sprint(want.AllowDirect), false)
		out.AllowDirect = want.AllowDirect
	}
	if have.Discard != want.Discard {
		m.note("discard", have.Discard.String(), want.Discard.String(), false)
		out.Discard = want.Discard
	}
	m.fixed(have, want)
	return out, m.changes
}

// fixed notes what a stream cannot change once it holds messages.
func (m *merger) fixed(have, want jetstream.StreamConfig) {
	if have.Storage != want.Storage {
		m.note("storage", have.Storage.String(), want.Storage.String(), true)
	}
	if have.Retention != want.Retention {
		m.note("retention", have.Retention.String(), want.Retention.String(), true)
	}
}

func age(v int64) string { return time.Duration(v).String() }

func decimal(v int64) string { return fmt.Sprint(v) }

type merger struct {
	stream  string
	narrow  bool
	changes []Change
}

func (m *merger) note(field, from, to string, kept bool) {
	m.changes = append(m.changes, Change{Stream: m.stream, Field: field, From: from, To: to, Kept: kept})
}

// limit gives the limit to apply; 0 and less stand for none.
func (m *merger) limit(field string, have, want int64, show func(int64) string) int64 {
	have, want = max(have, 0), max(want, 0)
	if have == want {
		return have
	}
	narrower := want != 0 && (have == 0 || want < have)
	kept := narrower && !m.narrow
	m.note(field, show(have), show(want), kept)
	if kept {
		return have
	}
	return want
}

// subjects gives the subjects to apply: one that is no longer wanted stays, unless
// narrowing is allowed.
func (m *merger) subjects(have, want []string) []string {
	var gone, added []string
	for _, s := range have {
		if !slices.Contains(want, s) {
			gone = append(gone, s)
		}
	}
	for _, s := range want {
		if !slices.Contains(have, s) {
			added = append(added, s)
		}
	}
	if len(added) > 0 {
		m.note("subjects", fmt.Sprint(have), fmt.Sprint(want), false)
	}
	if len(gone) == 0 {
		return want
	}
	if m.narrow {
		m.note("subjects", fmt.Sprint(have), fmt.Sprint(want), false)
		return want
	}
	m.note("subjects", fmt.Sprint(gone), "none", true)
	return append(slices.Clone(have), added...)
}
