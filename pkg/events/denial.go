package events

// Denial is somebody's saying that something is not so, or that it will not be done.
type Denial struct {
	Finding
	// Denier is who denies.
	Denier Actor `json:"denier"`
	// Denied is the proposition denied, in words: "its troops are encircled".
	Denied string `json:"denied,omitempty"`
	// DeniedSpan is the words in the article that name it.
	DeniedSpan *Span `json:"denied_span,omitempty"`
	// Type is what sort of denial it is.
	Type DenialType `json:"type"`
	// Strength is categorical, qualified or weak ("cannot confirm").
	Strength string `json:"strength,omitempty" jsonschema:"enum=categorical,enum=qualified,enum=weak"`
	// Wording is the words of judgement, such as "false and fabricated".
	Wording []string `json:"wording,omitempty"`
	// Answers names the claims that it answers.
	Answers []Answer `json:"answers,omitempty"`
	// ReportedBy is who tells of it, where that is not the denier.
	ReportedBy *Actor `json:"reported_by,omitempty"`
}

// Answer points to a claim that a denial answers.
type Answer struct {
	// Claimant is who made the claim.
	Claimant *Actor `json:"claimant,omitempty"`
	// Finding is the id of the claim within the same annotation.
	Finding string `json:"finding,omitempty"`
	// Thread is the claim's thread, where it has one.
	Thread string `json:"thread,omitempty"`
}

// DenialType is a sort of denial.
type DenialType string

// The types of denials.
const (
	DenialOfFact           DenialType = "denial_of_fact"
	DenialOfResponsibility DenialType = "denial_of_responsibility"
	RejectionOfProposal    DenialType = "rejection_of_proposal"
	RejectionOfConditions  DenialType = "rejection_of_conditions"
	Refusal                DenialType = "refusal"
	DisputeOfFigure        DenialType = "dispute_of_figure"
	AccusationOfLying      DenialType = "accusation_of_lying"
)
