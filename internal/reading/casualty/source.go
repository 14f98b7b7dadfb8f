package casualty

import (
	"sort"

	"readout/pkg/events"
)

// said is a part of a statement.
type said struct {
	start, end int // code points
	statement  int
}

// saidIn lists the parts of statements in the order of the text.
func saidIn(list []events.Statement) []said {
	var out []said
	for i := range list {
		for _, p := range list[i].Parts {
			out = append(out, said{p.Start, p.End, i})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].start < out[j].start })
	return out
}

// source fills whose number it is: the speaker of the statement that it stands in.
func (f *finder) source(x *events.CasualtyFigure) {
	i := sort.Search(len(f.said), func(i int) bool { return f.said[i].start > x.Figure.Start }) - 1
	if i < 0 || x.Figure.Start >= f.said[i].end {
		return
	}
	st := &f.Findings.Statements[f.said[i].statement]
	speaker := st.Speaker
	x.Source, x.Statement = &speaker, st.ID
}

// side fills whose people they are: the party named between two tokens behind the number.
func (f *finder) side(x *events.CasualtyFigure, from, to int) {
	m := f.MentionIn(from, to)
	if m == nil || m.Actor.Party == nil {
		return
	}
	side := f.Actor(m)
	if side.Type != events.ActorPerson {
		side = events.Actor{Name: side.Party.Name, Type: events.ActorState, Party: side.Party, Mention: side.Mention}
	}
	x.Side = &side
}
