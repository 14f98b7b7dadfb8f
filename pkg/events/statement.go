package events

// Statement is something somebody is reported to have said, in any kind of speech.
type Statement struct {
	Finding
	// Parts are the stretches of the content, in order: the two sides of an
	// attribution, or one stretch in each of several paragraphs.
	Parts []Span `json:"parts"`
	// Quoted are the stretches between quotation marks, marks left out.
	Quoted []Span `json:"quoted,omitempty"`
	// Kind is direct, indirect or mixed.
	Kind StatementKind `json:"kind"`
	// Act is what the speaker does by saying it.
	Act Act `json:"act,omitempty"`
	// Acts are all acts where there is more than one.
	Acts []Act `json:"acts,omitempty"`
	// Speaker is who said it. Its Mention may be a pronoun.
	Speaker Actor `json:"speaker"`
	// Implicit is true where the attribution is carried over from another paragraph.
	Implicit bool `json:"implicit,omitempty"`
	// Via is the chain of sources between the speaker and the article.
	Via []Actor `json:"via,omitempty"`
	// Addressee is who it was said to.
	Addressee *Actor `json:"addressee,omitempty"`
	// Target is who an accusation, a criticism or praise is about.
	Target *Actor `json:"target,omitempty"`
	// Polarity is positive or negative, where the words carry it.
	Polarity Polarity `json:"polarity,omitempty"`
	// Factuality is certain, possible, negated, conditional or unknown.
	Factuality string `json:"factuality,omitempty" jsonschema:"enum=certain,enum=possible,enum=negated,enum=conditional,enum=unknown"`
	// Said is when it was said, as the article gives it.
	Said *When `json:"said,omitempty"`
}

// StatementKind says how the words of a statement are given.
type StatementKind string

// The kinds of statements.
const (
	Direct   StatementKind = "direct"
	Indirect StatementKind = "indirect"
	Mixed    StatementKind = "mixed"
)

// Act is what a speaker does by a statement.
type Act string

// The acts.
const (
	ActClaim        Act = "claim"
	ActDenial       Act = "denial"
	ActRejection    Act = "rejection"
	ActAccusation   Act = "accusation"
	ActCriticism    Act = "criticism"
	ActDemand       Act = "demand"
	ActCondition    Act = "condition"
	ActThreat       Act = "threat"
	ActWarning      Act = "warning"
	ActPromise      Act = "promise"
	ActOffer        Act = "offer"
	ActQuestion     Act = "question"
	ActPraise       Act = "praise"
	ActAcceptance   Act = "acceptance"
	ActAdmission    Act = "admission"
	ActPrediction   Act = "prediction"
	ActHope         Act = "hope"
	ActAnnouncement Act = "announcement"
)

// Polarity is positive or negative.
type Polarity string

// The polarities.
const (
	Positive Polarity = "positive"
	Negative Polarity = "negative"
)
