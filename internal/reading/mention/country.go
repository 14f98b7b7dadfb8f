package mention

import (
	"readout/internal/language"
	"readout/internal/reading/mention/rank"
)

// country gives the state that "the country" stands for at a token: the last one that was
// the subject of a verb, else the last one named. It is nil for any other word, as in "the
// country road", and where no state was named.
func (r *reader) country(token int) *entry {
	if token == 0 || !countries[r.Tokens[token].Lower] || r.Tokens[token-1].Lower != "the" || r.Tokens[token].Rel == language.RelCompound {
		return nil
	}
	var last *entity
	for k := len(r.nodes) - 1; k >= max(0, len(r.nodes)-maxNodes); k-- {
		n := &r.nodes[k]
		e := &r.entities[n.entity]
		if n.token >= token || e.sort != rank.State || e.actor.Party == nil || r.back(n.sentence) > scenes {
			continue
		}
		if r.Tokens[n.token].Rel.Base() == language.RelNsubj {
			last = e
			break
		}
		if last == nil {
			last = e
		}
	}
	if last == nil {
		return nil
	}
	return &entry{party: *last.actor.Party, name: last.actor.Name, kind: last.actor.Type}
}
