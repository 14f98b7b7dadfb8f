package events

// Sanction is one measure, or one demand for a measure, against somebody.
type Sanction struct {
	Finding
	// Imposer is who imposes it, or would; nil where nobody is named.
	Imposer *Actor `json:"imposer,omitempty"`
	// CalledBy is who calls for it.
	CalledBy *Actor `json:"called_by,omitempty"`
	// ThreatenedBy is who threatens it.
	ThreatenedBy *Actor `json:"threatened_by,omitempty"`
	// Target is who or what it is against.
	Target Actor `json:"target"`
	// Measures are the kinds of measures: trade, arms, financial, travel, other.
	Measures []string `json:"measures,omitempty" jsonschema:"enum=trade,enum=arms,enum=financial,enum=travel,enum=other"`
	// Sectors are the branches of the economy it is about.
	Sectors []string `json:"sectors,omitempty"`
	// Status is how far it has come.
	Status SanctionStatus `json:"status"`
	// Increment is the words that set it apart from earlier ones: further, 14th package.
	Increment string `json:"increment,omitempty"`
	// Instrument is the law, order or package.
	Instrument string `json:"instrument,omitempty"`
	// Begins is from when it holds.
	Begins *When `json:"begins,omitempty"`
	// Ends is until when it holds.
	Ends *When `json:"ends,omitempty"`
	// Reason is why, in the article's words.
	Reason string `json:"reason,omitempty"`
	// ConditionalOn is what it depends on, in the article's words.
	ConditionalOn string `json:"conditional_on,omitempty"`
}

// SanctionStatus is a step on the ladder from a call to an end.
type SanctionStatus string

// The statuses of a sanction.
const (
	SanctionCalledFor  SanctionStatus = "called_for"
	SanctionConsidered SanctionStatus = "considered"
	SanctionThreatened SanctionStatus = "threatened"
	SanctionProposed   SanctionStatus = "proposed"
	SanctionAgreed     SanctionStatus = "agreed"
	SanctionImposed    SanctionStatus = "imposed"
	SanctionExtended   SanctionStatus = "extended"
	SanctionTightened  SanctionStatus = "tightened"
	SanctionKept       SanctionStatus = "kept"
	SanctionEased      SanctionStatus = "eased"
	SanctionSuspended  SanctionStatus = "suspended"
	SanctionLifted     SanctionStatus = "lifted"
	SanctionRejected   SanctionStatus = "rejected"
	SanctionEvaded     SanctionStatus = "evaded"
)
