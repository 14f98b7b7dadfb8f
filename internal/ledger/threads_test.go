package ledger

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"readout/pkg/events"
)

var varland = events.Party{ID: "varland", Name: "Varland"}

// day gives an article of a day, on which what it says counts.
func day(n int) events.ArticleRef {
	return events.ArticleRef{ID: "ar_" + string(rune('a'+n)), Received: time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC)}
}

func finding(id, words string) events.Finding {
	return events.Finding{ID: id, Span: events.Span{Text: words}, Confidence: 0.8}
}

// says makes the claim that Varland sets a condition in some words.
func says(t *testing.T, words string, change func(*events.Condition)) Claim {
	t.Helper()
	c := events.Condition{Finding: finding("co_1", words), Setter: events.Actor{Name: "Ada Reen", Party: &varland}, Type: events.RequirementCondition, Polarity: events.Positive}
	if change != nil {
		change(&c)
	}
	return only(t, &events.Annotation{Article: day(1), Findings: events.Findings{Conditions: []events.Condition{c}}})
}

// counts makes the claim of a number of people killed, in an article of a day.
func counts(t *testing.T, on int, n int64, change func(*events.CasualtyFigure)) Claim {
	t.Helper()
	f := events.CasualtyFigure{Finding: finding("ca_1", "soldiers were killed"), Value: &n, Status: events.Killed, Population: "soldiers on the ridge",
		Source: &events.Actor{Name: "Varland's army", Party: &varland}}
	if change != nil {
		change(&f)
	}
	return only(t, &events.Annotation{Article: day(on), Findings: events.Findings{Casualties: []events.CasualtyFigure{f}}})
}

func only(t *testing.T, a *events.Annotation) Claim {
	t.Helper()
	all := Claims(a, 0.5)
	if len(all) != 1 {
		t.Fatalf("%d claims, want one", len(all))
	}
	return all[0]
}

// told gives the threads in which some claims have been told before.
func told(claims ...Claim) *Threads {
	t := &Threads{}
	for _, c := range claims {
		if a := t.Decide(c); a != nil {
			t.Apply(a, t.Place()+1)
		}
	}
	return t
}

// standing gives the only thread.
func standing(t *Threads) *thread {
	for _, th := range t.byID {
		return th
	}
	return nil
}

const withdraw = "We will not sign unless Ostreya withdraws its artillery from the eastern ridge"

func TestConditions(t *testing.T) {
	negative := func(c *events.Condition) { c.Polarity = events.Negative }
	announced := func(c *events.Condition) { c.Type = events.AnnouncedUnspecified }
	for _, tt := range []struct {
		name  string
		claim Claim
		opens bool
	}{
		{"the same words", says(t, withdraw, nil), false},
		{"other quotation marks", says(t, "“"+withdraw+",”", nil), false},
		{"another wording", says(t, "Varland will sign only if artillery is withdrawn from the eastern ridge by Ostreya", nil), false},
		{"a shorter wording", says(t, "sign unless artillery withdraws", nil), false},
		{"about something else", says(t, "We will not sign unless the prisoners of the autumn are released", nil), true},
		{"with another number", says(t, withdraw+" within 40 days", nil), true},
		{"refused where it was asked", says(t, withdraw, negative), true},
		{"announced, when one is known", says(t, "We have sent conditions to the mediators", announced), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := told(says(t, withdraw, nil)).Decide(tt.claim)
			if (a != nil) != tt.opens {
				t.Fatalf("got %+v, want an opening: %t", a, tt.opens)
			}
			if a != nil && (a.State != events.StateNew || a.Seq != 1 || a.Party != varland || a.Condition == nil) {
				t.Errorf("got %+v", a)
			}
		})
	}
	if a := told().Decide(says(t, "We have sent conditions to the mediators", announced)); a == nil {
		t.Error("a condition announced without content opens no thread where nothing is known")
	}
}

func TestFigures(t *testing.T) {
	wounded := func(f *events.CasualtyFigure) { f.Status = events.Wounded }
	other := func(f *events.CasualtyFigure) { f.Source = &events.Actor{Name: "Keth Red Crescent", Party: &varland} }
	vague := func(f *events.CasualtyFigure) { f.Value = nil }
	for _, tt := range []struct {
		name  string
		claim Claim
		state events.State
	}{
		{"the same", counts(t, 3, 12, nil), ""},
		{"more", counts(t, 3, 19, nil), events.StateFigureUp},
		{"fewer", counts(t, 3, 9, nil), events.StateFigureDown},
		{"an older article", counts(t, 1, 19, nil), ""},
		{"a word without a number", counts(t, 3, 0, vague), ""},
		{"of the wounded", counts(t, 3, 19, wounded), events.StateNew},
		{"by somebody else", counts(t, 3, 19, other), events.StateNew},
	} {
		t.Run(tt.name, func(t *testing.T) {
			threads := told(counts(t, 2, 12, nil))
			a := threads.Decide(tt.claim)
			switch {
			case tt.state == "" && a != nil, tt.state != "" && (a == nil || a.State != tt.state):
				t.Fatalf("got %+v, want %q", a, tt.state)
			case a == nil || a.State == events.StateNew:
				return
			}
			want := &events.Change{Field: "value", From: "12", To: number(tt.claim.Value), Previous: standing(threads).previous, PreviousQuote: "soldiers were killed"}
			if a.Seq != 2 || a.Thread != standing(threads).id || !reflect.DeepEqual(a.Change, want) || !strings.HasSuffix(a.Title, "(12 → "+number(tt.claim.Value)+")") {
				t.Errorf("got %+v, change %+v, want %+v", a, a.Change, want)
			}
		})
	}
}

// TestThreadsOfKinds wants what sets threads of the other kinds apart.
func TestThreadsOfKinds(t *testing.T) {
	denies := func(kind events.DenialType, denied string) Claim {
		return only(t, &events.Annotation{Findings: events.Findings{Denials: []events.Denial{{Finding: finding("de_1", "Ada Reen denied "+denied),
			Denier: events.Actor{Name: "Ada Reen", Party: &varland}, Type: kind, Denied: denied}}}})
	}
	imposes := func(status events.SanctionStatus, target string) Claim {
		return only(t, &events.Annotation{Findings: events.Findings{Sanctions: []events.Sanction{{Finding: finding("sa_1", "sanctions on the shipping of the river"),
			Imposer: &events.Actor{Name: "Varland", Party: &varland}, Target: events.Actor{Name: target}, Status: status}}}})
	}
	const loss = "the loss of the northern bridge"
	for _, tt := range []struct {
		name   string
		before Claim
		claim  Claim
		opens  bool
	}{
		{"a denial again", denies(events.DenialOfFact, loss), denies(events.DenialOfResponsibility, loss), false},
		{"a denial of something else", denies(events.DenialOfFact, loss), denies(events.DenialOfFact, "an attack on the southern harbour"), true},
		{"a rejection of what was denied", denies(events.DenialOfFact, loss), denies(events.RejectionOfProposal, loss), true},
		{"a sanction again", imposes(events.SanctionImposed, "Ostreya"), imposes(events.SanctionImposed, "Ostreya"), false},
		{"a sanction threatened, then imposed", imposes(events.SanctionThreatened, "Ostreya"), imposes(events.SanctionImposed, "Ostreya"), true},
		{"a sanction on another", imposes(events.SanctionImposed, "Ostreya"), imposes(events.SanctionImposed, "Keth"), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a := told(tt.before).Decide(tt.claim); (a != nil) != tt.opens {
				t.Errorf("got %+v, want an opening: %t", a, tt.opens)
			}
		})
	}
}

// TestApply takes alerts in as a log gives them: each once, in the order of the places.
func TestApply(t *testing.T) {
	var threads Threads
	first := threads.Decide(counts(t, 2, 12, nil))
	threads.Apply(first, 7)
	threads.Apply(first, 7)
	second := threads.Decide(counts(t, 3, 19, nil))
	threads.Apply(second, 9)
	threads.Apply(first, 7) // an old one, read again
	if threads.Place() != 9 || threads.Len() != 1 || threads.Decide(counts(t, 4, 19, nil)) != nil {
		t.Errorf("place %d, %d threads", threads.Place(), threads.Len())
	}
	var again Threads
	again.Apply(first, 7)
	again.Apply(second, 9)
	if !reflect.DeepEqual(threads, again) {
		t.Error("the same alerts give other threads")
	}
	if first.ID == second.ID || first.ID != told().Decide(counts(t, 2, 12, nil)).ID {
		t.Errorf("ids %s, %s: want them to follow from thread, number and state", first.ID, second.ID)
	}
}

func TestClaims(t *testing.T) {
	condition := func(id, group string, sure float64, kind events.ConditionType) events.Condition {
		f := finding(id, "unless "+id)
		f.Group, f.Confidence = group, sure
		return events.Condition{Finding: f, Type: kind}
	}
	a := &events.Annotation{Findings: events.Findings{
		Conditions: []events.Condition{
			condition("vague", "", 0.9, events.AnnouncedUnspecified), condition("first", "g", 0.5, events.RequirementCondition),
			condition("again", "g", 0.9, events.RequirementCondition), condition("unsure", "", 0.49, events.RequirementCondition),
			condition("last", "", 0.7, events.RequirementCondition)},
		Denials: []events.Denial{{Finding: finding("denied", "denied it")}},
	}}
	var got []string
	for _, c := range Claims(a, 0.5) {
		got = append(got, c.finding.ID)
	}
	if want := []string{"first", "last", "denied", "vague"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q: one of a group, the sure ones, the vague last", got, want)
	}
}

func TestParty(t *testing.T) {
	named := &events.Actor{Name: "River Rights Observatory"}
	for _, tt := range []struct {
		name   string
		actors []*events.Actor
		want   events.Party
	}{
		{"his party", []*events.Actor{{Name: "Ada Reen", Party: &varland}}, varland},
		{"the first that has one", []*events.Actor{nil, named, {Party: &varland}}, varland},
		{"his own name", []*events.Actor{{}, named}, events.Party{ID: "river-rights-observatory", Name: "River Rights Observatory"}},
		{"nobody", []*events.Actor{nil, {}}, events.Party{ID: events.UnknownParty, Name: "Unknown"}},
	} {
		if got := partyOf(tt.actors...); got != tt.want {
			t.Errorf("%s: got %+v", tt.name, got)
		}
	}
}

func TestTime(t *testing.T) {
	a := day(1)
	published, modified := a.Received.Add(-time.Hour), a.Received.Add(-time.Minute)
	for _, want := range []time.Time{a.Received, published, modified} {
		if got := timeOf(&a); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if a.Published == nil {
			a.Published = &published
		} else {
			a.Modified = &modified
		}
	}
}

func FuzzKey(f *testing.F) {
	f.Add(withdraw)
	f.Add("“40,000 of 12.5 %’s — don't…")
	f.Add(strings.Repeat("''a 1-", 500))
	f.Fuzz(func(t *testing.T, words string) {
		k := key(words)
		if len(k.Terms) > maxTerms || len(k.Numbers) > maxTerms || !slices.IsSorted(k.Terms) || !slices.IsSorted(k.Numbers) {
			t.Errorf("key %+v", k)
		}
		var threads Threads
		threads.Apply(&events.Alert{Thread: "th_1", Key: k}, 1)
		if threads.find(&k) == nil {
			t.Errorf("%q is not the same as itself", words)
		}
	})
}

// BenchmarkDecide decides on a claim of a party that has said many other things before,
// in the words of its trade: a hundred of them, a dozen in each claim.
func BenchmarkDecide(b *testing.B) {
	for _, said := range []int{100, 1000, 10_000} {
		b.Run(strconv.Itoa(said), func(b *testing.B) {
			chance := rand.New(rand.NewPCG(1, 1))
			claim := func() events.ThreadKey {
				var words []string
				for range 12 {
					words = append(words, "word"+strconv.Itoa(chance.IntN(100)))
				}
				return key(strings.ReplaceAll(strings.Join(words, " "), "word", "w"))
			}
			var threads Threads
			for i := range said {
				threads.Apply(&events.Alert{Thread: strconv.Itoa(i), Key: claim()}, uint64(i+1))
			}
			c := Claim{Key: claim()}
			b.ReportAllocs()
			for b.Loop() {
				threads.Decide(c)
			}
		})
	}
}
