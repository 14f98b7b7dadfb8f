package ledger

import (
	"strconv"
	"strings"
	"time"

	"readout/pkg/events"
)

// Threads are the threads of one kind and party, as the stored alerts tell them.
type Threads struct {
	place uint64
	byID  map[string]*thread
	exact map[string]*thread
	// shelves hold the threads by what has to be equal for two keys to be of one thread.
	shelves map[string]*shelf
	// specified is true once any thread has content, not just an announcement.
	specified bool
}

// shelf holds threads among which only the terms decide, oldest first, and for each term
// the places of the threads that have it. A party that has said thousands of things is
// searched through the terms of the claim alone.
type shelf struct {
	list   []*thread
	byTerm map[string][]int
}

// thread is what is kept of a thread: enough to recognise it and to tell what changed.
type thread struct {
	id       string
	seq      int
	key      events.ThreadKey
	value    *int64
	at       time.Time // of the article that made the last change
	previous string
	quote    string
}

// Place gives the place of the last alert applied, 0 for none.
func (t *Threads) Place() uint64 { return t.place }

// Len gives the number of threads.
func (t *Threads) Len() int { return len(t.byID) }

// Apply takes a stored alert in. Alerts come in the order of their places; one that was
// taken in already changes nothing.
func (t *Threads) Apply(a *events.Alert, place uint64) {
	if place <= t.place {
		return
	}
	t.place = place
	if t.byID == nil {
		t.byID, t.exact, t.shelves = map[string]*thread{}, map[string]*thread{}, map[string]*shelf{}
	}
	th := t.byID[a.Thread]
	if th == nil {
		th = &thread{id: a.Thread, key: a.Key}
		t.byID[a.Thread] = th
		t.exact[signature(&a.Key)] = th
		t.shelve(th)
		t.specified = t.specified || a.Condition == nil || a.Condition.Type != events.AnnouncedUnspecified
	}
	th.seq, th.previous, th.quote, th.at = a.Seq, a.ID, a.Quote.Text, timeOf(&a.Article)
	if a.Casualty != nil {
		th.value = a.Casualty.Value
	}
}

// Decide gives the alert that a claim makes, or nil when it changes nothing. The alert
// lacks only the time at which it is decided.
func (t *Threads) Decide(c Claim) *events.Alert {
	th := t.find(&c.Key)
	switch {
	case th == nil && c.Vague && t.specified:
		return nil
	case th == nil:
		id := events.ID("th", string(c.Kind), c.Party.ID, signature(&c.Key))
		return c.open(id)
	case c.Value == nil || th.value == nil || *c.Value == *th.value || !c.at().After(th.at):
		return nil // said before, or an older figure than the one that stands
	}
	return c.change(th)
}

// shelve puts a new thread where its like are.
func (t *Threads) shelve(th *thread) {
	name := strict(&th.key)
	s := t.shelves[name]
	if s == nil {
		s = &shelf{byTerm: map[string][]int{}}
		t.shelves[name] = s
	}
	for _, term := range th.key.Terms {
		s.byTerm[term] = append(s.byTerm[term], len(s.list))
	}
	s.list = append(s.list, th)
}

// find gives the thread that a key belongs to, nil for none: the one with the same key,
// else the oldest that is near.
func (t *Threads) find(key *events.ThreadKey) *thread {
	if th := t.exact[signature(key)]; th != nil {
		return th
	}
	s := t.shelves[strict(key)]
	if s == nil {
		return nil
	}
	common := make([]uint8, len(s.list)) // how many terms each thread shares; maxTerms fits
	for _, term := range key.Terms {
		for _, place := range s.byTerm[term] {
			common[place]++
		}
	}
	for place, n := range common {
		if th := s.list[place]; n > 0 && near(int(n), th.key.Terms, key.Terms) {
			return th
		}
	}
	return nil
}

// signature writes a key as one string.
func signature(k *events.ThreadKey) string { return strict(k) + "|" + strings.Join(k.Terms, " ") }

// strict writes the part of a key that has to be equal as one string.
func strict(k *events.ThreadKey) string {
	return strings.Join([]string{k.Slot, strconv.FormatBool(k.Negated), strings.Join(k.Numbers, " ")}, "|")
}

func (c *Claim) open(thread string) *events.Alert {
	a := c.alert
	a.Thread, a.Seq, a.State = thread, 1, events.StateNew
	seal(&a)
	return &a
}

func (c *Claim) change(th *thread) *events.Alert {
	a := c.alert
	a.Thread, a.Seq, a.State, a.Key = th.id, th.seq+1, events.StateFigureUp, th.key
	if *c.Value < *th.value {
		a.State = events.StateFigureDown
	}
	a.Change = &events.Change{Field: "value", From: number(th.value), To: number(c.Value), Previous: th.previous, PreviousQuote: th.quote}
	seal(&a)
	return &a
}
