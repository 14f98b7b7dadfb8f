package bus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Topology is the streams and durable consumers that a program needs.
type Topology struct {
	Streams   []jetstream.StreamConfig
	Consumers []Durable
}

// Durable is a consumer that remembers its place.
type Durable struct {
	Stream string
	Config jetstream.ConsumerConfig
}

// Change is one difference between what stands on the server and what is wanted.
type Change struct {
	// Stream and Field say what differs.
	Stream, Field string
	// From is what stood there, To what was wanted.
	From, To string
	// Kept is true where From was left as it is, because To is narrower and narrowing
	// was not allowed.
	Kept bool
}

func (c Change) String() string {
	verb := "changed"
	if c.Kept {
		verb = "kept, narrower was wanted"
	}
	return fmt.Sprintf("%s: %s: %s -> %s (%s)", c.Stream, c.Field, c.From, c.To, verb)
}

// Provision makes the streams and consumers that are missing and widens those that are
// too narrow. A limit is narrowed only where narrow is true, since that may delete
// messages. It may run any number of times and at the same time as another one.
func (c *Conn) Provision(ctx context.Context, t Topology, narrow bool) ([]Change, error) {
	var changes []Change
	for _, want := range t.Streams {
		done, err := c.provisionStream(ctx, want, narrow)
		if err != nil {
			return changes, fmt.Errorf("provision stream %s: %w", want.Name, err)
		}
		changes = append(changes, done...)
	}
	for _, d := range t.Consumers {
		if _, err := c.js.CreateOrUpdateConsumer(ctx, d.Stream, d.Config); err != nil {
			return changes, fmt.Errorf("provision consumer %s of %s: %w", d.Config.Durable, d.Stream, err)
		}
	}
	return changes, nil
}

func (c *Conn) provisionStream(ctx context.Context, want jetstream.StreamConfig, narrow bool) ([]Change, error) {
	stream, err := c.js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		_, err = c.js.CreateStream(ctx, want)
		if !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return nil, err
		}
		// Another program made it in the same moment: compare with that one.
		stream, err = c.js.Stream(ctx, want.Name)
	}
	if err != nil {
		return nil, err
	}
	have := stream.CachedInfo().Config
	merged, changes := merge(have, want, narrow)
	if !slices.ContainsFunc(changes, func(c Change) bool { return !c.Kept }) {
		return changes, nil
	}
	_, err = c.js.UpdateStream(ctx, merged)
	return changes, err
}

// merge gives the configuration to apply: what stands, with what is wanted laid over
// it, but for limits that would become narrower.
func merge(have, want jetstream.StreamConfig, narrow bool) (jetstream.StreamConfig, []Change) {
	m := merger{stream: want.Name, narrow: narrow}
	out := have
	out.MaxAge = time.Duration(m.limit("max age", int64(have.MaxAge), int64(want.MaxAge), func(v int64) string { return time.Duration(v).String() }))
	out.MaxBytes = m.limit("max bytes", have.MaxBytes, want.MaxBytes, decimal)
	out.MaxMsgs = m.limit("max messages", have.MaxMsgs, want.MaxMsgs, decimal)
	out.MaxMsgSize = int32(m.limit("max message size", int64(have.MaxMsgSize), int64(want.MaxMsgSize), decimal))
	out.Replicas = int(m.limit("replicas", int64(have.Replicas), int64(want.Replicas), decimal))
	out.Subjects = m.subjects(have.Subjects, want.Subjects)
	if have.Duplicates != want.Duplicates && want.Duplicates > 0 {
		m.note("duplicate window", have.Duplicates.String(), want.Duplicates.String(), false)
		out.Duplicates = want.Duplicates
	}
	if have.AllowDirect != want.AllowDirect {
		m.note("direct reads", fmt.Sprint(have.AllowDirect), fmt.Sprint(want.AllowDirect), false)
		out.AllowDirect = want.AllowDirect
	}
	return out, m.changes
}

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
