package events

// Condition is something that somebody makes something else depend on.
type Condition struct {
	Finding
	// Setter is who sets it.
	Setter Actor `json:"setter"`
	// Addressee is who has to meet it.
	Addressee *Actor `json:"addressee,omitempty"`
	// On is what is made to depend, such as "ceasefire".
	On string `json:"on,omitempty"`
	// Requires lists what has to happen; empty for conditions announced without content.
	Requires []Requirement `json:"requires,omitempty"`
	// Antecedent is the words of the "if" side, where the words show one.
	Antecedent *Span `json:"antecedent,omitempty"`
	// Consequent is the words of the "then" side, where the words show one.
	Consequent *Span `json:"consequent,omitempty"`
	// Type is the structure of the condition.
	Type ConditionType `json:"type"`
	// Polarity is negative where a condition is refused: "no conditions".
	Polarity Polarity `json:"polarity"`
	// Force is how hard it is put.
	Force Force `json:"force,omitempty"`
	// Deadline is by when it has to be met.
	Deadline *When `json:"deadline,omitempty"`
	// ReportedBy is who tells of it, where that is not the setter.
	ReportedBy *Actor `json:"reported_by,omitempty"`
}

// Requirement is one thing that a condition asks for.
type Requirement struct {
	// Text is the words that state it.
	Text string `json:"text"`
	// Act is the required act as a verb's base form, such as "withdraw".
	Act string `json:"act,omitempty"`
	// Object is what the act is done to, such as "troops".
	Object string `json:"object,omitempty"`
	// Who is who has to act.
	Who string `json:"who,omitempty"`
	// Quantity is how much or how many, as written.
	Quantity string `json:"quantity,omitempty"`
	// Place is where, as written.
	Place string `json:"place,omitempty"`
	// Deadline is by when.
	Deadline *When `json:"deadline,omitempty"`
}

// ConditionType is the structure of a condition.
type ConditionType string

// The types of conditions.
const (
	RequirementCondition  ConditionType = "requirement"
	IfThenOffer           ConditionType = "if_then_offer"
	ConditionalThreat     ConditionType = "conditional_threat"
	Ultimatum             ConditionType = "ultimatum"
	QualifiedAcceptance   ConditionType = "qualified_acceptance"
	Sequence              ConditionType = "sequence"
	Necessity             ConditionType = "necessity"
	DemandTopic           ConditionType = "demand_topic"
	AnnouncedUnspecified  ConditionType = "announced_unspecified"
	ImpliedByQuestions    ConditionType = "implied_by_questions"
	ConditionalCommitment ConditionType = "conditional_commitment"
	Contingency           ConditionType = "contingency"
	Unconditional         ConditionType = "unconditional"
)

// Force is how hard a condition is put, from a hint to a refusal.
type Force string

// The forces, softest first.
const (
	ForceHint   Force = "hint"
	ForceOffer  Force = "offer"
	ForceAsk    Force = "ask"
	ForceDemand Force = "demand"
	ForceRefuse Force = "refuse"
)
