package app

import (
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"readout/internal/bus"
	"readout/pkg/events"
)

// The durable consumers, one for each stage, and the one that buries what nobody could
// finish.
const (
	durableIngest   = "ingest"
	durableAnnotate = "annotate"
	durableNotify   = "notify"
	durableBury     = "bury"
)

const (
	day = 24 * time.Hour
	// duplicates is the window in which the server itself drops a second copy. It costs
	// memory for every id, and is a first filter only.
	duplicates = 2 * time.Minute
	// shortest is the shortest window there is. An alert carries its id for those who
	// receive it; what keeps it from being stored twice is the condition it is stored
	// under, and a window would drop one that has been lost and comes again.
	shortest = 100 * time.Millisecond
	// copies is the window in which an article with the same words as another is known as
	// its copy. The server keeps some 130 bytes for each article in it.
	copies = 10 * time.Minute
	// maxAckPending is the number of messages of one stage in work in the whole cluster.
	maxAckPending = 20_000
	// maxDeliver is how often a message is delivered at all. It is far above the number of
	// attempts, since a message is delivered again whenever its neighbour kills a worker.
	maxDeliver = 64
	// maxEvent is the size of the largest message of the inner streams.
	maxEvent = 6 << 20
)

// Topology gives the streams and consumers of the line. All streams keep what they hold
// after it is read: several may read, and a past time can be replayed.
func Topology(cfg Config) bus.Topology {
	stream := func(name, subjects string, age time.Duration) jetstream.StreamConfig {
		return jetstream.StreamConfig{
			Name: name, Subjects: []string{subjects}, MaxAge: age, Storage: jetstream.FileStorage,
			Retention: jetstream.LimitsPolicy, Replicas: cfg.Replicas, Duplicates: duplicates,
			AllowDirect: true, MaxMsgSize: maxEvent,
		}
	}
	submissions := stream(events.StreamSubmissions, events.AllSubmissions, 7*day)
	submissions.MaxMsgSize = events.MaxSubmission
	// A full stream refuses publishers; it never drops what it has taken.
	submissions.MaxBytes, submissions.Discard = cfg.MaxSubmissions, jetstream.DiscardNew
	articles := stream(events.StreamArticles, events.AllArticles, 42*day)
	articles.Duplicates = copies
	alerts := stream(events.StreamAlerts, events.AllAlerts, 0) // the ledger: it forgets nothing
	alerts.Duplicates = shortest
	return bus.Topology{
		Streams: []jetstream.StreamConfig{
			submissions,
			articles,
			stream(events.StreamAnnotations, events.AllAnnotations, 7*day),
			alerts,
			stream(events.StreamDead, events.AllDead, 30*day),
			stream(events.StreamSuspects, events.AllSuspects, day),
			stream(events.StreamAdvisories, events.AllAdvisories, 7*day),
		},
		Consumers: []bus.Durable{
			durable(cfg, events.StreamSubmissions, durableIngest),
			durable(cfg, events.StreamArticles, durableAnnotate),
			durable(cfg, events.StreamAnnotations, durableNotify),
			durable(cfg, events.StreamAdvisories, durableBury),
		},
	}
}

func durable(cfg Config, stream, name string) bus.Durable {
	return bus.Durable{Stream: stream, Config: jetstream.ConsumerConfig{
		Durable: name, AckPolicy: jetstream.AckExplicitPolicy, DeliverPolicy: jetstream.DeliverAllPolicy,
		AckWait: cfg.AckWait, MaxDeliver: maxDeliver, MaxAckPending: maxAckPending,
	}}
}
