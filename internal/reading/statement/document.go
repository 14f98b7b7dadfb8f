package statement

import (
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// document makes the speaker of a statement a document where the words that stand for him
// are one: "The report says", "a UN survey found", "the treaty requires". A letter or a post
// whose author is named is its author's word: "Reen's letter said".
func (r *reader) document(t *telling) {
	m := t.st.Speaker.Mention
	if m == nil {
		return
	}
	from, to := r.Bounds(r.Bytes(*m))
	head := r.headOf(stretch{from, to})
	if head < 0 || !documents[r.Tokens[head].Lemma] && !documents[r.Tokens[head].Lower] || r.Tokens[head].Capital && t.st.Speaker.Name != "" {
		return
	}
	if r.authored(head) && t.st.Speaker.Name != "" {
		return
	}
	first := from
	for first < head && (r.Tokens[first].UPOS == language.DET || r.Tokens[first].UPOS == language.PRON) {
		first++
	}
	last := head + 1
	if end := r.phraseOf(head, to); end-first <= documentWords {
		last = end // "report by the Red Cross"
	}
	name := r.Words(r.tokens(stretch{first, last}))
	t.st.Speaker = events.Actor{Name: strings.Join(strings.Fields(name), " "), Type: events.ActorDocument, Party: t.st.Speaker.Party, Mention: m}
}

// documentWords is the most tokens of the name of a document.
const documentWords = 6

// phraseOf gives where the words end that hang on a noun, up to a token: before "released
// on Friday" and "that was seen by", which are no part of its name.
func (r *reader) phraseOf(head, to int) int {
	for c := range r.Children(head) {
		if rel := r.Tokens[c].Rel.Base(); c > head && c < to && rel != language.RelNmod {
			first, _ := r.Subtree(c)
			return max(head+1, first)
		}
	}
	return to
}

// headOf gives the token of a stretch on which the others hang, -1 for none: the first
// noun whose head lies outside.
func (r *reader) headOf(s stretch) int {
	for i := s.from; i < s.to; i++ {
		x := &r.Tokens[i]
		if x.UPOS != language.NoUPOS && x.UPOS != language.PUNCT && (x.Head < 0 || !s.holds(x.Head)) {
			return i
		}
	}
	return -1
}

// authored says whether a document is one of somebody's own words and he is named with it:
// "Reen's letter", "a statement by the army".
func (r *reader) authored(head int) bool {
	if !personal[r.Tokens[head].Lemma] && !personal[r.Tokens[head].Lower] {
		return false
	}
	for c := range r.Children(head) {
		switch r.Tokens[c].Rel {
		case language.RelNmodPoss, language.RelNmod, language.RelCompound, language.RelAcl:
			return true
		}
	}
	return false
}
