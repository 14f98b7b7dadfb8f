package mention

import (
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// phrase is a run of tokens that may name somebody: capitals, titles, heads, and what
// binds them.
type phrase struct {
	// start and end bound its tokens; start takes in a determiner.
	start, end int
	// first is the first token behind the determiner.
	first int
	// determined is true behind "the", "a" or "its", definite behind "the" alone.
	determined, definite bool
}

// phrase gives the phrase that begins at a token; its end is its start when none does.
func (r *reader) phrase(i, limit int) phrase {
	p := phrase{start: i, end: i, first: i}
	if i+1 < limit {
		switch r.Tokens[i].Lower {
		case "the":
			p.first, p.determined, p.definite = i+1, true, true
		case "a", "an", "its", "his", "her", "their":
			p.first, p.determined = i+1, true
		}
	}
	limit = min(limit, p.first+maxPhrase)
	last := p.first // behind the last token that belongs for certain
	for j := p.first; j < limit; j++ {
		switch {
		case r.belongs(j, p.first):
			last = j + 1
		case j > p.first && last == j && r.binds(j, limit):
		default:
			limit = j
		}
	}
	if last > p.first {
		p.end = last
	}
	return p
}

// belongs says whether a token is a part of a name, a title or a role.
func (r *reader) belongs(j, first int) bool {
	from, to := r.Compound(j)
	t := &r.Tokens[from]
	if t.Kind != language.Word {
		return false
	}
	word := r.lower(from, to)
	if t.Capital {
		return !noNames[word] || titles[word] // "UK PM Sir Karl"
	}
	return titles[word] || heads[word] || r.guard(j) || r.country(j) != nil
}

// guard says whether a token begins "coast guard" or "border guards".
func (r *reader) guard(j int) bool {
	if w := r.Tokens[j].Lower; w != "coast" && w != "border" || j+1 >= len(r.Tokens) {
		return false
	}
	next := r.Tokens[j+1].Lower
	return next == "guard" || next == "guards"
}

// lower gives the words of some tokens in lower case.
func (r *reader) lower(from, to int) string {
	if to == from+1 {
		return r.Tokens[from].Lower
	}
	return strings.ToLower(r.text(from, to))
}

// binds says whether a token holds two parts of a phrase together: "Varland's army",
// "Secretary of State".
func (r *reader) binds(j, limit int) bool {
	if j+1 >= limit {
		return false
	}
	next := &r.Tokens[j+1]
	switch t := r.Tokens[j].Lower; {
	case possessive(t):
		return titles[next.Lower] || heads[next.Lower] || r.guard(j+1)
	case t == "of" || t == "for":
		named := next.Capital && !noNames[next.Lower] || next.Lower == "the" && j+2 < limit && r.Tokens[j+2].Capital
		return named && (r.Tokens[j-1].Capital || heads[r.Tokens[j-1].Lower])
	case t == "the":
		return r.Tokens[j-1].Lower == "of" || r.Tokens[j-1].Lower == "for"
	}
	return false
}

// parts is a phrase taken apart.
type parts struct {
	party            *entry        // the state or body of the phrase
	owner            string        // a name before "'s" that is in no table
	told             *events.Party // that of a body named before: "ministry spokesman", "its army"
	person           *entry        // somebody of the table
	nameFrom, nameTo int           // the last run of capitals that is in no table
	head             string        // the last head noun
	headAt           int
	rolesFrom        int // the first title or head, -1 for none
	partyEnd         int
}

// take sorts the tokens of a phrase: names of the table, titles, heads, other capitals.
func (r *reader) take(p phrase) parts {
	x := parts{nameFrom: p.end, nameTo: p.end, rolesFrom: -1, told: r.possessor(p.start)}
	for j := p.first; j < p.end; {
		_, behind := r.Compound(j)
		e, end := r.lookup(j, p.end)
		if c := r.country(j); c != nil {
			e, end = *c, j+1
		}
		if behind = min(behind, p.end); end < behind {
			r.sort(&x, j, behind)
			j = behind
			continue
		}
		if e.person != nil {
			x.person, x.nameFrom, x.nameTo = &e, j, end
			return x
		}
		if x.party == nil {
			x.party, x.partyEnd = &e, end
		}
		j = end
	}
	return x
}

// possessor gives the party of whom a possessive pronoun stands for, nil for any other
// word.
func (r *reader) possessor(token int) *events.Party {
	switch r.Tokens[token].Lower {
	case "its", "his", "her", "their":
		return r.taken(token).Party
	}
	return nil
}

// sort files one word of a phrase that the table does not know; hyphens may make it of
// several tokens.
func (r *reader) sort(x *parts, j, end int) {
	t := &r.Tokens[j]
	word := r.lower(j, end)
	named := x.nameFrom < j && x.nameTo == j // a name ends right before it
	switch {
	case possessive(t.Lower) && x.party == nil && named:
		x.owner, x.nameFrom, x.nameTo = r.text(x.nameFrom, j), j+1, j+1
	case titles[word] || heads[word] || r.guard(j):
		r.sortRole(x, language.Range{Start: j, End: end}, named && t.Capital)
	case t.Capital && !compound(word):
		if !named {
			x.nameFrom = j
		}
		x.nameTo = end
	case t.Lower == "for" && x.head != "" && x.headAt == j-1 && r.Tokens[j-1].Capital && !offices[x.head]:
		x.head, x.nameFrom, x.nameTo = "", j-1, j+1 // "Observatory for River Rights"
	case named && (t.Lower == "of" || t.Lower == "for" || t.Lower == "the" && x.nameTo-x.nameFrom > 1):
		x.nameTo = j + 1 // "Friends of the River"
	}
}

// compound says whether a word is one like "Keth-backed", which names nobody.
func compound(word string) bool {
	for _, ending := range []string{"-run", "-led", "-backed", "-based", "-held", "-born", "-controlled", "-occupied"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// sortRole files a title or head noun of some tokens. One with a capital inside a name
// belongs to it.
func (r *reader) sortRole(x *parts, tokens language.Range, inside bool) {
	word := r.lower(tokens.Start, tokens.End)
	if inside && !heads[word] {
		x.nameTo = tokens.End
		return
	}
	if heads[word] {
		x.head, x.headAt = word, tokens.End-1
		if a, ok := r.roles[word]; ok && !offices[word] && x.told == nil {
			x.told = a.Party
		}
	}
	if x.rolesFrom < 0 {
		x.rolesFrom = tokens.Start
	}
}

// text gives the words of some tokens.
func (r *reader) text(from, to int) string {
	return r.Words(language.Range{Start: r.Tokens[from].Start, End: r.Tokens[to-1].End})
}

// lookup gives the longest name of the table that begins at a token, and where it ends.
func (r *reader) lookup(from, to int) (entry, int) {
	longest := r.table.longest[firstPart(fold(r.text(from, from+1)))]
	for end := min(to, from+longest); end > from; end-- {
		if e, ok := r.table.names[fold(r.text(from, end))]; ok {
			return e, end
		}
	}
	return entry{}, from
}
