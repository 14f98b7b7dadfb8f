package events

import "time"

// Alert is one change of one thread. It is stored once, however often the article that
// caused it is delivered, and its id depends on the thread, the sequence number and the
// state alone: whoever receives it may use the id to recognise a second delivery.
type Alert struct {
	// Schema is the major version of the form.
	Schema int `json:"schema"`
	// ID is derived from the thread, the sequence number and the state.
	ID string `json:"id"`
	// Thread is the id of the thread.
	Thread string `json:"thread"`
	// Seq counts the changes of the thread from 1, the opening.
	Seq int `json:"seq"`
	// Kind is what sort of thread it is.
	Kind Kind `json:"kind"`
	// State is what the change is.
	State State `json:"state"`
	// Party is whose thread it is.
	Party Party `json:"party"`
	// Title is one line for people.
	Title string `json:"title"`
	// Confidence is that of the finding, between 0 and 1.
	Confidence float64 `json:"confidence" jsonschema:"minimum=0,maximum=1"`
	// Key is the normalised content by which other wordings are recognised.
	Key ThreadKey `json:"key"`
	// Quote is the sentence that carries the finding, word for word.
	Quote Span `json:"quote"`
	// Change says what is different from the state before; nil for an opening.
	Change *Change `json:"change,omitempty"`
	// Article is the article that caused the alert.
	Article ArticleRef `json:"article"`
	// Exactly one of the following four is set, the one that Kind names.

	// Condition is the finding where Kind is condition.
	Condition *Condition `json:"condition,omitempty"`
	// Denial is the finding where Kind is denial.
	Denial *Denial `json:"denial,omitempty"`
	// Sanction is the finding where Kind is sanction.
	Sanction *Sanction `json:"sanction,omitempty"`
	// Casualty is the finding where Kind is casualty.
	Casualty *CasualtyFigure `json:"casualty,omitempty"`
	// Pipeline is the version of the finders.
	Pipeline string `json:"pipeline"`
	// Annotated is when the article was read.
	Annotated time.Time `json:"annotated"`
	// Alerted is when the change was decided.
	Alerted time.Time `json:"alerted"`
}

// ThreadKey is the normalised content of a thread.
type ThreadKey struct {
	// Terms are the stems of the content words, sorted, each once.
	Terms []string `json:"terms"`
	// Numbers are the numbers that tell threads with like words apart.
	Numbers []string `json:"numbers,omitempty"`
	// Negated is true where the content is negated.
	Negated bool `json:"negated,omitempty"`
	// Slot is the part that has to be equal: the type of the record, or of a figure
	// its status, side and source.
	Slot string `json:"slot,omitempty"`
}

// State is what a change does to a thread.
type State string

// The states that make an alert.
const (
	StateNew        State = "new"
	StateFigureUp   State = "figure_up"
	StateFigureDown State = "figure_down"
)

// Change says what an alert changes.
type Change struct {
	// Field is the name of the field that changed, such as "value".
	Field string `json:"field"`
	// From is the value before, in words.
	From string `json:"from"`
	// To is the value now, in words.
	To string `json:"to"`
	// Previous is the id of the alert before this one.
	Previous string `json:"previous"`
	// PreviousQuote is the sentence that carried it then.
	PreviousQuote string `json:"previous_quote,omitempty"`
}

// DeadLetter is a message that could not be handled. Nothing is lost: the original
// bytes are in it, and it can be retried.
type DeadLetter struct {
	// Schema is the major version of the form.
	Schema int `json:"schema"`
	// ID is derived from the stream and the sequence number of the original.
	ID string `json:"id"`
	// Stage is where it died: ingest, annotate or notify; bury for the mover of letters itself.
	Stage string `json:"stage" jsonschema:"enum=ingest,enum=annotate,enum=notify,enum=bury"`
	// Reason is a word for machines, such as "not_json".
	Reason string `json:"reason"`
	// Error is the whole error, for people.
	Error string `json:"error"`
	// Attempts is how often it had been delivered.
	Attempts int `json:"attempts"`
	// Subject is what it was published on.
	Subject string `json:"subject"`
	// Stream is where the original is stored.
	Stream string `json:"stream"`
	// Sequence is the number of the original in its stream.
	Sequence uint64 `json:"sequence"`
	// Original is the message as it came, in base64 on the wire.
	Original []byte `json:"original"`
	// Size is the length of the original in bytes.
	Size int `json:"size"`
	// Truncated is true where Original was cut to what one message may hold; the
	// whole of it is still at Stream and Sequence.
	Truncated bool `json:"truncated,omitempty"`
	// Headers are those of the original that matter for a retry.
	Headers map[string]string `json:"headers,omitempty"`
	// Received is when the original was stored.
	Received time.Time `json:"received"`
	// Died is when it was given up.
	Died time.Time `json:"died"`
}
