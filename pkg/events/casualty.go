package events

// CasualtyFigure is a number of people hurt, with whose number it is and as of when.
// Figures of different sources are never added up or averaged.
type CasualtyFigure struct {
	Finding
	// Figure is the number as it stands in the text.
	Figure Span `json:"figure"`
	// Value is the number; nil where only a word such as "dozens" stands there.
	Value *int64 `json:"value" jsonschema:"nullable"`
	// Low is the lowest number that fits the words; nil where they give none.
	Low *int64 `json:"low" jsonschema:"nullable"`
	// LowInclusive is false for "more than 40", where 40 itself is excluded.
	LowInclusive bool `json:"low_inclusive"`
	// High is the highest number that fits the words; nil where they give none.
	High *int64 `json:"high" jsonschema:"nullable"`
	// Qualifier is how the number is hedged; empty for a plain number.
	Qualifier Qualifier `json:"qualifier,omitempty"`
	// QualifierText is the hedging words as written, such as "scores of".
	QualifierText string `json:"qualifier_text,omitempty"`
	// Status is what happened to them.
	Status CasualtyStatus `json:"status"`
	// Population is who they are, as written: "soldiers", "three children".
	Population string `json:"population,omitempty"`
	// Combatant is military, civilian, mixed or unknown.
	Combatant string `json:"combatant,omitempty" jsonschema:"enum=military,enum=civilian,enum=mixed,enum=unknown"`
	// Side is whose people they are.
	Side *Actor `json:"side,omitempty"`
	// Place is where, as written.
	Place string `json:"place,omitempty"`
	// Scope is what the number covers: event, day, region, operation, war_to_date.
	Scope string `json:"scope,omitempty" jsonschema:"enum=event,enum=day,enum=region,enum=operation,enum=war_to_date"`
	// AsOf is the time up to which it counts.
	AsOf *When `json:"as_of,omitempty"`
	// Cumulative is true where the number counts from a beginning up to AsOf.
	Cumulative bool `json:"cumulative,omitempty"`
	// Source is whose number it is; nil where the article gives it in its own voice.
	Source *Actor `json:"source,omitempty"`
	// Claim says what sort of source: official_own_losses, official_enemy_losses,
	// independent_count, estimate, agency or unattributed.
	Claim string `json:"claim,omitempty" jsonschema:"enum=official_own_losses,enum=official_enemy_losses,enum=independent_count,enum=estimate,enum=agency,enum=unattributed"`
	// Verified is confirmed_by_source, unverified, disputed or retracted.
	Verified string `json:"verified,omitempty" jsonschema:"enum=confirmed_by_source,enum=unverified,enum=disputed,enum=retracted"`
	// DisputedBy is who disputes it.
	DisputedBy []Actor `json:"disputed_by,omitempty"`
	// Undercount is the words that say the true number is higher.
	Undercount string `json:"undercount,omitempty"`
}

// Qualifier is a hedge on a number.
type Qualifier string

// The qualifiers.
const (
	MoreThan  Qualifier = "more than"
	AtLeast   Qualifier = "at least"
	About     Qualifier = "about"
	UpTo      Qualifier = "up to"
	FewerThan Qualifier = "fewer than"
	Vague     Qualifier = "vague"
)

// CasualtyStatus is what happened to the people counted.
type CasualtyStatus string

// The statuses of casualties.
const (
	Killed           CasualtyStatus = "killed"
	Wounded          CasualtyStatus = "wounded"
	KilledAndWounded CasualtyStatus = "killed_and_wounded"
	Missing          CasualtyStatus = "missing"
	Captured         CasualtyStatus = "captured"
	Abducted         CasualtyStatus = "abducted"
	Detained         CasualtyStatus = "detained"
	Released         CasualtyStatus = "released"
	Displaced        CasualtyStatus = "displaced"
)
