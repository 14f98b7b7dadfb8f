package mention

import (
	"readout/internal/language"
	"readout/internal/reading/mention/rank"
)

// body gives the entity of an "it" that speaks, or of the "its" that owns something: the
// first body or state of the sentence so far, else of one before, subjects first. The
// chains that the ranking learns from hold too few bodies that speak. -1 is nobody.
func (r *reader) body(token int) int {
	outside := r.QuotationAt(r.Tokens[token].Start) == nil
	best, subject, sentence := -1, false, -1
	for k := len(r.nodes) - 1; k >= max(0, len(r.nodes)-maxNodes); k-- {
		n := &r.nodes[k]
		if best >= 0 && n.sentence != sentence || r.back(n.sentence) > scenes {
			break
		}
		e := &r.entities[n.entity]
		t := &r.Tokens[n.token]
		if n.token >= token || e.actor.Name == "" || e.sort == rank.Person || e.sort == rank.Group || outside && r.QuotationAt(t.Start) != nil {
			continue
		}
		if n.sentence == r.at && r.Tokens[token].Rel == language.RelNsubj && r.below(n.token, r.Tokens[token].Head) {
			continue // "that Keth would wait, it said"
		}
		if is := t.Rel.Base() == language.RelNsubj; best < 0 || is || !subject {
			best, subject, sentence = n.entity, is, n.sentence
		}
	}
	return best
}
