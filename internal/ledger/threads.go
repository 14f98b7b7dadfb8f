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
	list  []*thread
	byID  map[string]*thread
	exact map[string]*thread
	// specified is true once any thread has content, not just an announcement.
	specified bool
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
func (t *Threads) Len() int { return len(t.list) }

// Apply takes a stored alert in. Alerts come in the order of their places; one that was
// taken in already changes nothing.
func (t *Threads) Apply(a *events.Alert, place uint64) {
	if place <= t.place {
		return
	}
	t.place = place
	if t.byID == nil {
		t.byID, t.exact = map[string]*thread{}, map[string]*thread{}
	}
	th := t.byID[a.Thread]
	if th == nil {
		th = &thread{id: a.Thread, key: a.Key}
		t.byID[a.Thread] = th
		t.exact[signature(&a.Key)] = th
		t.list = append(t.list, th)
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

// find gives the thread that a key belongs to, nil for none: the one with the same key,
// else the oldest that is near.
func (t *Threads) find(key *events.ThreadKey) *thread {
	if th := t.exact[signature(key)]; th != nil {
		return th
	}
	for _, th := range t.list {
		if same(&th.key, key) {
			return th
		}
	}
	return nil
}

// signature writes a key as one string.
func signature(k *events.ThreadKey) string {
	return strings.Join([]string{k.Slot, strconv.FormatBool(k.Negated), strings.Join(k.Numbers, " "), strings.Join(k.Terms, " ")}, "|")
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
