package mention

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/language"
	"readout/internal/reading/mention/rank"
	"readout/pkg/events"
)

//go:embed nouns.txt
var nounFile string

var (
	nouns       = language.Lists(nounFile)
	personNouns = nouns["person"]
	bodyNouns   = nouns["organization"]
	placeNouns  = nouns["place"]
)

//go:embed rank.model
var rankFile []byte

// ranking is made ready when it is first needed.
var ranking = sync.OnceValue(func() *rank.Model {
	m, err := rank.Read(rankFile)
	if err != nil {
		panic(err) // the file is a part of the program
	}
	return m
})

// Chooser says whom a word takes up again: the index of one of the candidates, which
// stand in the order of the text, or -1 for nobody, and by how much that is better than
// the next best. The trainer has one that knows the answers.
type Chooser interface {
	Choose(d *language.Document, token, sentence int, class rank.Class, candidates []rank.Candidate) (best, margin int)
}

// entity is somebody or something that the text has named so far.
type entity struct {
	// actor has no name where the text does not tell one.
	actor events.Actor
	sort  rank.Sort
	// joint is true for several that "and" joins.
	joint bool
	count int
	// subject is how often it was a subject, spoke the last sentence where it spoke, from 1.
	subject, spoke int
	// noun is the head of the words that stood for it first, when they were no name.
	noun string
}

// node is a noun or a pronoun of the text, with the entity that it stands for.
type node struct{ token, sentence, entity int }

// stage are all that were named so far.
type stage struct {
	entities []entity
	nodes    []node
	byName   map[string]int // entities by the names of their actors
	outer    []int          // sentences so far that are no quotation from end to end
	answers  map[int]int    // entities by the tokens that take them up, -1 for nobody
	// candidates and met are used again for every word that asks.
	candidates []rank.Candidate
	met        map[int]bool
}

const (
	// scenes is how many sentences back a word may reach.
	scenes = 6
	// maxNodes is how many nodes are looked at, maxCandidates how many are weighed: a text
	// of nothing but nouns costs no more for each.
	maxNodes, maxCandidates = 128, 48
	// maxJoint bounds the names of several that "and" joins.
	maxJoint = 4
)

// enter puts a token on the stage as a noun that stands for an entity.
func (r *reader) enter(token, entity int) {
	r.nodes = append(r.nodes, node{token, r.at, entity})
	e := &r.entities[entity]
	e.count++
	if r.Tokens[token].Rel.Base() == language.RelNsubj {
		e.subject++
	}
	if rank.Speaks(r.Document, token) {
		e.spoke = r.at + 1
	}
	r.join(token, entity)
}

// create makes an entity.
func (r *reader) create(e entity) int {
	r.entities = append(r.entities, e)
	return len(r.entities) - 1
}

// entityOf gives the entity of an actor, who is new where he has no name.
func (r *reader) entityOf(a events.Actor, noun string) int {
	if a.Name == "" {
		return r.create(entity{noun: noun})
	}
	k, ok := r.byName[a.Name]
	if !ok {
		k = r.create(entity{noun: noun})
		r.byName[a.Name] = k
	}
	r.entities[k].actor, r.entities[k].sort = a, sortOf(a)
	return k
}

func sortOf(a events.Actor) rank.Sort {
	switch a.Type {
	case events.ActorPerson:
		return rank.Person
	case events.ActorState:
		return rank.State
	case events.ActorUnnamedGroup:
		return rank.Group
	case events.ActorBody:
		return rank.Body
	}
	return rank.Unknown
}

// pass takes a token that is in no mention onto the stage, if it is a noun or a pronoun.
func (r *reader) pass(token int) {
	t := &r.Tokens[token]
	if !rank.Nominal(t) {
		return
	}
	if rank.ClassOf(r.Document, token) != rank.NoClass {
		r.who(token)
		return
	}
	if t.UPOS == language.PRON {
		return // "I", "you": of a quotation, where somebody else speaks
	}
	if h := t.Head; t.Rel == language.RelAppos && h >= 0 {
		if k := r.nodeAt(h); k >= 0 {
			r.enter(token, k)
			return
		}
	}
	r.enter(token, r.create(entity{noun: t.Lemma, sort: nounSort(t)}))
}

// nounSort tells what a noun that names nobody stands for.
func nounSort(t *language.Token) rank.Sort {
	switch w, lemma := t.Lower, t.Lemma; {
	case t.UPOS == language.PROPN:
		return rank.Unknown
	case groups[w], personNouns[lemma] && t.XPOS == language.TagNNS:
		return rank.Group
	case offices[w], maleWords[w], femaleWords[w], personNouns[lemma]:
		return rank.Person
	case heads[w], bodyNouns[lemma]:
		return rank.Body
	case placeNouns[lemma]:
		return rank.Place
	}
	return rank.Thing
}

// nodeAt gives the entity of a token, -1 for none.
func (r *reader) nodeAt(token int) int {
	for k := len(r.nodes) - 1; k >= max(0, len(r.nodes)-maxNodes); k-- {
		if n := &r.nodes[k]; n.token == token && !r.entities[n.entity].joint {
			return n.entity
		}
	}
	return -1
}

// cover takes the tokens of a mention onto the stage. Of "Varland's envoy Ada Reen" the
// envoy and Reen are one, Varland is another.
func (r *reader) cover(from, to int, a events.Actor) {
	top := r.top(from, to)
	noun := ""
	if a.Name == "" || r.Tokens[top].UPOS == language.NOUN {
		noun = r.Tokens[top].Lemma
	}
	e := r.entityOf(a, noun)
	for i := from; i < to; i++ {
		t := &r.Tokens[i]
		switch {
		case i == top:
			r.enter(i, e)
		case !rank.Nominal(t):
		case t.UPOS == language.PROPN || t.Rel == language.RelAppos:
			if x, end := r.lookup(i, to); end > i && x.person == nil && x.name != a.Name {
				p := x.party
				r.enter(i, r.entityOf(events.Actor{Name: x.name, Type: x.kind, Party: &p}, ""))
			} else if a.Type == events.ActorPerson {
				r.enter(i, e)
			}
		default:
			r.pass(i)
		}
	}
}

// top gives the noun of some tokens that depends on none of them.
func (r *reader) top(from, to int) int {
	for i := from; i < to; i++ {
		h, u := r.Tokens[i].Head, r.Tokens[i].UPOS
		if (h < from || h >= to) && (u == language.NOUN || u == language.PROPN || u == language.PRON) {
			return i
		}
	}
	return to - 1
}

// join makes one entity of those that "and" joins, for "they" and "both men".
func (r *reader) join(token, second int) {
	t := &r.Tokens[token]
	if t.Rel != language.RelConj || t.Head < 0 || t.UPOS == language.PRON {
		return
	}
	k := r.nodeAt(t.Head)
	if k < 0 || k == second {
		return
	}
	a, b := r.entities[k].actor, r.entities[second].actor
	for i := len(r.nodes) - 1; i >= 0 && r.nodes[i].token >= t.Head; i-- { // a third one
		if n := &r.nodes[i]; n.token == t.Head && r.entities[n.entity].joint {
			a = r.entities[n.entity].actor
			break
		}
	}
	all := events.Actor{}
	if a.Name != "" && b.Name != "" && strings.Count(a.Name, " and ") < maxJoint {
		all = events.Actor{Name: a.Name + " and " + b.Name, Type: events.ActorUnnamedGroup}
		if a.Party != nil && b.Party != nil && a.Party.ID == b.Party.ID {
			all.Party = a.Party
		}
	}
	j := r.create(entity{actor: all, joint: true, sort: rank.Group, count: 1})
	r.nodes = append(r.nodes, node{t.Head, r.at, j})
}

// who gives the entity that a word takes up again, -1 for nobody.
func (r *reader) who(token int) int {
	if k, ok := r.answers[token]; ok {
		return k
	}
	class := rank.ClassOf(r.Document, token)
	r.gather(token, class)
	best, margin := r.chooser.Choose(r.Document, token, r.at, class, r.candidates)
	k := -1
	if best >= 0 && margin >= leastMargin[class] {
		k = r.candidates[best].Entity
	}
	if class == rank.It && !r.taught && rank.Somebody(r.Document, token) {
		if b := r.body(token); b >= 0 {
			k = b
		}
	}
	r.answers[token] = k
	if k < 0 {
		t := &r.Tokens[token]
		e := entity{}
		if class == rank.Noun {
			e.noun, e.sort = t.Lemma, nounSort(t)
		}
		r.enter(token, r.create(e))
		return -1
	}
	r.enter(token, k)
	if g := wanted(r.Tokens[token].Lower); g != 0 && r.entities[k].actor.Name != "" && r.genders[r.entities[k].actor.Name] == 0 {
		r.genders[r.entities[k].actor.Name] = g
	}
	return k
}

// leastMargin is how much better than the next a choice has to be: of nouns that are
// linked by less, half are wrong.
var leastMargin = [...]int{rank.He: 6, rank.She: 6, rank.It: 12, rank.They: 12, rank.Noun: 24}

// gather fills the candidates for a word, in the order of the text.
func (r *reader) gather(token int, class rank.Class) {
	r.candidates = r.candidates[:0]
	clear(r.met)
	outside := r.QuotationAt(r.Tokens[token].Start) == nil
	if class == rank.He || class == rank.She {
		r.exclude(token, outside)
	}
	r.collect(token, outside)
	if outside {
		r.collect(token, false) // those who are named in quotations alone
	}
	slices.SortFunc(r.candidates, func(a, b rank.Candidate) int {
		return cmp.Or(cmp.Compare(a.Token, b.Token), cmp.Compare(a.Entity, b.Entity))
	})
}

// collect adds the last words of every entity that a word may stand for; with outside
// those in quotations are passed over.
func (r *reader) collect(token int, outside bool) {
	for k := len(r.nodes) - 1; k >= max(0, len(r.nodes)-maxNodes) && len(r.candidates) < maxCandidates; k-- {
		n := &r.nodes[k]
		if r.back(n.sentence) > scenes {
			break
		}
		e := &r.entities[n.entity]
		if n.token >= token || outside && r.QuotationAt(r.Tokens[n.token].Start) != nil || r.met[n.entity] {
			continue
		}
		r.met[n.entity] = true
		r.candidates = append(r.candidates, rank.Candidate{Token: n.token, Sentence: n.sentence, Entity: n.entity, Sort: e.sort,
			Gender: r.genderOf(e), Named: e.actor.Name != "", Joint: e.joint, Count: e.count, Subject: e.subject, Back: r.back(n.sentence),
			Spoke: e.spoke > 0, SpokeBack: r.back(e.spoke - 1), Noun: e.noun})
	}
}

// back gives how many sentences lie between one and the one that is read, those left out
// that are a quotation from end to end.
func (r *reader) back(sentence int) int {
	if sentence < 0 {
		return 0
	}
	return r.outer[r.at] - r.outer[sentence]
}

// count numbers the sentences for back.
func (r *reader) count() {
	r.outer = make([]int, len(r.Sentences))
	n := 0
	for s := range r.Sentences {
		first, last := r.Sentences[s].First, r.Sentences[s].Last
		q := r.QuotationAt(r.Tokens[min(first+1, last-1)].Start)
		if q == nil || q.Outside.End < r.Tokens[last-1].End {
			n++
		}
		r.outer[s] = n
	}
}

// genderOf gives the gender of an entity: of a person with a name, or of "woman".
func (r *reader) genderOf(e *entity) gender {
	switch {
	case e.actor.Name != "":
		return r.genders[e.actor.Name]
	case maleWords[e.noun]:
		return 'm'
	case femaleWords[e.noun]:
		return 'f'
	}
	return 0
}

// taken gives the actor whom a pronoun or noun takes up again, with an empty name for
// nobody or for somebody that the text does not name.
func (r *reader) taken(token int) events.Actor {
	if k := r.who(token); k >= 0 {
		return r.entities[k].actor
	}
	return events.Actor{}
}
