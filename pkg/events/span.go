package events

// Span is a stretch of an article's frozen text together with its words.
type Span struct {
	// Start is the first code point of the stretch, counted from 0.
	Start int `json:"start"`
	// End is the code point after the last one of the stretch.
	End int `json:"end"`
	// Text is exactly what stands in the article between Start and End.
	Text string `json:"text"`
}

// Kind names one kind of finding that can be followed as a thread.
type Kind string

// The kinds of findings that subscribers are alerted on.
const (
	KindCondition Kind = "condition"
	KindDenial    Kind = "denial"
	KindSanction  Kind = "sanction"
	KindCasualty  Kind = "casualty"
)

// Kinds lists every kind in the order in which they are shown.
func Kinds() []Kind { return []Kind{KindCondition, KindDenial, KindSanction, KindCasualty} }

// Finding is what every finding carries, whatever its kind.
type Finding struct {
	// ID is derived from the kind, the roles and the words, never from chance: the
	// same text gives the same id on every run.
	ID string `json:"id"`
	// Group is the same for all findings of one fact within one article.
	Group string `json:"group,omitempty"`
	// Span is the stretch of text that states the finding.
	Span Span `json:"span"`
	// Cue is the word or words that gave it away, such as "denied" or "unless".
	Cue *Span `json:"cue,omitempty"`
	// Paragraph counts the paragraphs of the article from 0.
	Paragraph int `json:"paragraph"`
	// Zone says where in the article it stands: headline, body, caption or furniture.
	Zone Zone `json:"zone,omitempty"`
	// Confidence is between 0 and 1: how often a finding like this one is right.
	Confidence float64 `json:"confidence" jsonschema:"minimum=0,maximum=1"`
	// Rule names the rule or model that made the finding.
	Rule string `json:"rule"`
	// Statement is the id of the statement it stands in, empty where it stands in none.
	Statement string `json:"statement,omitempty"`
}

// Zone is a region of an article.
type Zone string

// The zones of an article.
const (
	ZoneHeadline  Zone = "headline"
	ZoneBody      Zone = "body"
	ZoneCaption   Zone = "caption"
	ZoneFurniture Zone = "furniture"
)

// Actor is somebody who speaks, acts or is acted on.
type Actor struct {
	// Name is the canonical name, such as "Vladimir Putin" for "the Russian leader".
	// It is empty when nobody can be named.
	Name string `json:"name"`
	// Type says what sort of actor it is.
	Type ActorType `json:"type,omitempty"`
	// Role is the office or description, such as "foreign minister".
	Role string `json:"role,omitempty"`
	// Party is the state or organisation the actor speaks for.
	Party *Party `json:"party,omitempty"`
	// Mention is the words that stand for the actor beside the finding.
	Mention *Span `json:"mention,omitempty"`
}

// ActorType is a sort of actor.
type ActorType string

// The sorts of actors.
const (
	ActorPerson       ActorType = "person"
	ActorBody         ActorType = "body"
	ActorState        ActorType = "state"
	ActorUnnamedGroup ActorType = "unnamed_group"
	ActorDocument     ActorType = "document"
	ActorCompany      ActorType = "company"
	ActorSector       ActorType = "sector"
	ActorVessel       ActorType = "vessel"
)

// Party is a state or organisation under which threads are kept: the Kremlin, Moscow,
// Putin and Peskov are one party.
type Party struct {
	// ID is a subject token, such as "russia"; UnknownParty where it is not known.
	ID string `json:"id"`
	// Name is for people, such as "Russia".
	Name string `json:"name"`
}

// UnknownParty is the id of the party of findings whose party is not known.
const UnknownParty = "_"

// When is a time as an article gives it.
type When struct {
	// Text is the words that stand there, such as "on Thursday".
	Text string `json:"text"`
	// Date is the resolved date in the form 2006-01-02, 2006-01 or 2006; empty where
	// it could not be resolved.
	Date string `json:"date,omitempty"`
	// Precision is day, month, year or unknown.
	Precision string `json:"precision,omitempty" jsonschema:"enum=day,enum=month,enum=year,enum=unknown"`
}
