package mention

import (
	"readout/internal/language"
	"readout/internal/reading/mention/rank"
)

// spoken is how many tokens of what somebody says are looked through for names.
const spoken = 48

// exclude marks those whom a pronoun that speaks cannot mean, since it speaks of them by
// name: in "He said Bo would come" and in "'Bo will come,' he said" he is not Bo. They
// are marked as met, so that they are no candidates.
func (r *reader) exclude(token int, outside bool) {
	if !outside || !rank.Speaks(r.Document, token) {
		return
	}
	verb := r.Tokens[token].Head
	paragraph := r.Sentences[r.at].Paragraph
	for k := len(r.nodes) - 1; k >= max(0, len(r.nodes)-maxNodes); k-- {
		n := &r.nodes[k]
		t := &r.Tokens[n.token]
		if r.Sentences[n.sentence].Paragraph != paragraph {
			break
		}
		if t.Capital && r.entities[n.entity].actor.Name != "" && t.UPOS != language.PRON && n.token < token && (r.QuotationAt(t.Start) != nil || n.sentence == r.at && r.below(n.token, verb)) {
			r.met[n.entity] = true
		}
	}
	_, last := r.Subtree(verb)
	for i := token + 1; i < min(last, token+spoken); i++ {
		if !r.Tokens[i].Capital || i+1 < len(r.Tokens) && possessive(r.Tokens[i+1].Lower) {
			continue
		}
		if name := r.personAt(i, last); name != "" {
			if k, ok := r.byName[name]; ok {
				r.met[k] = true
			}
		}
	}
}

// below says whether a token hangs on a verb, or on what the verb of saying is added to:
// "Bo will come, she said".
func (r *reader) below(token, verb int) bool {
	if first, last := r.Subtree(verb); first <= token && token < last {
		return true
	}
	return r.Tokens[verb].Rel.Base() == language.RelParataxis && token < verb
}

// personAt gives the name of a person who is known already and is named at a token, empty
// for none.
func (r *reader) personAt(token, limit int) string {
	if e, end := r.lookup(token, limit); end > token {
		return e.name
	}
	if a, ok := r.introduced(r.text(token, token+1)); ok {
		return a.Name
	}
	return ""
}
