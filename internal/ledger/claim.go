package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"readout/pkg/events"
)

// Claim is one finding of one article, seen as what it may do to a thread.
type Claim struct {
	Kind  events.Kind
	Party events.Party
	Key   events.ThreadKey
	// Value is the number of a figure; nil for other kinds and for figures in words.
	Value *int64
	// Vague is true for a condition announced without content: it opens no thread where
	// the party has a specified one.
	Vague   bool
	finding events.Finding
	alert   events.Alert // the alert it would make, all but the thread
}

// Claims gives the claims of an article that are sure enough, in the order of the text
// but for the vague ones, which come last; findings of one group are one claim.
func Claims(a *events.Annotation, threshold float64) []Claim {
	var all []Claim
	seen := map[string]bool{}
	add := func(c Claim) {
		group := string(c.Kind) + " " + cmp.Or(c.finding.Group, c.finding.ID)
		if c.finding.Confidence < threshold || seen[group] {
			return
		}
		seen[group] = true
		c.alert.Kind, c.alert.Party, c.alert.Key = c.Kind, c.Party, c.Key
		c.alert.Schema, c.alert.Confidence, c.alert.Quote = events.Schema, c.finding.Confidence, c.finding.Span
		c.alert.Article, c.alert.Pipeline, c.alert.Annotated = a.Article, a.Pipeline, a.Annotated
		all = append(all, c)
	}
	for i := range a.Conditions {
		add(condition(&a.Conditions[i]))
	}
	for i := range a.Denials {
		add(denial(&a.Denials[i]))
	}
	for i := range a.Sanctions {
		add(sanction(&a.Sanctions[i]))
	}
	for i := range a.Casualties {
		add(casualty(&a.Casualties[i]))
	}
	slices.SortStableFunc(all, func(a, b Claim) int { return cmp.Compare(truth(a.Vague), truth(b.Vague)) })
	return all
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func condition(f *events.Condition) Claim {
	c := Claim{Kind: events.KindCondition, Party: partyOf(&f.Setter), finding: f.Finding, Key: key(f.Span.Text)}
	c.Key.Negated = f.Polarity == events.Negative
	if f.Type == events.AnnouncedUnspecified {
		c.Vague, c.Key.Slot = true, "unspecified"
	}
	c.alert.Condition = f
	return c
}

func denial(f *events.Denial) Claim {
	c := Claim{Kind: events.KindDenial, Party: partyOf(&f.Denier), finding: f.Finding, Key: key(cmp.Or(f.Denied, f.Span.Text))}
	c.Key.Slot = "fact"
	switch f.Type {
	case events.RejectionOfProposal, events.RejectionOfConditions, events.Refusal:
		c.Key.Slot = "rejection"
	case events.AccusationOfLying, events.DisputeOfFigure:
		c.Key.Slot = string(f.Type)
	}
	c.alert.Denial = f
	return c
}

func sanction(f *events.Sanction) Claim {
	c := Claim{Kind: events.KindSanction, Party: partyOf(f.Imposer, f.CalledBy, f.ThreatenedBy), finding: f.Finding, Key: key(f.Span.Text)}
	c.Key.Slot = string(f.Status) + " " + partyOf(&f.Target).ID
	c.alert.Sanction = f
	return c
}

func casualty(f *events.CasualtyFigure) Claim {
	c := Claim{Kind: events.KindCasualty, Party: partyOf(f.Source, f.Side), finding: f.Finding, Value: f.Value, Key: key(f.Population + " " + f.Place)}
	c.Key.Numbers = nil // the number is what changes, not what the thread is
	side, source := "", ""
	if f.Side != nil {
		side = partyOf(f.Side).ID
	}
	if f.Source != nil {
		source = events.Token(f.Source.Name)
	}
	c.Key.Slot = string(f.Status) + " of " + side + " by " + source + " " + f.Scope
	c.alert.Casualty = f
	return c
}

// partyOf gives the party of the first actor that has one.
func partyOf(actors ...*events.Actor) events.Party {
	for _, a := range actors {
		if a != nil && a.Party != nil && a.Party.ID != "" && a.Party.ID != events.UnknownParty {
			return *a.Party
		}
	}
	for _, a := range actors {
		if a != nil && a.Name != "" {
			return events.Party{ID: events.Token(a.Name), Name: a.Name}
		}
	}
	return events.Party{ID: events.UnknownParty, Name: "Unknown"}
}

// at gives the time of the claim's article, by which figures are put in order.
func (c *Claim) at() time.Time { return timeOf(&c.alert.Article) }

func timeOf(a *events.ArticleRef) time.Time {
	switch {
	case a.Modified != nil:
		return *a.Modified
	case a.Published != nil:
		return *a.Published
	}
	return a.Received
}

func number(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}
