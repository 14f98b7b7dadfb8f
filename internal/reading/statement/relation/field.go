package relation

import "readout/internal/language/chain"

// WordRows is how many rows the table of lemmas has; lemmas that fall into one share it.
const WordRows = 1 << 14

// The rows of the table of fields, that is of what else the network is told of a token:
// each group begins where the one before ends.
const (
	fieldUPOS  = 0
	fieldRel   = fieldUPOS + 32
	fieldClass = fieldRel + 64
	fieldQuote = fieldClass + 16
	fieldKids  = fieldQuote + 16
	fieldPlace = fieldKids + 32
	fieldVerb  = fieldPlace + 16
	// FieldRows is how many there are.
	FieldRows = fieldVerb + 32
)

// wordRow gives the row of the lemma of a token.
func (t *token) wordRow() int32 { return int32(chain.Mix(1, t.lemma) % WordRows) }

// fields gives the rows of what else the network is told of a token.
func (v *view) fields(rows []int32, i int) []int32 {
	t := &v.tokens[i]
	rows = append(rows, fieldUPOS+int32(min(t.upos, 31)), fieldRel+int32(min(t.rel, 63)), fieldClass+int32(t.class))
	quote := int32(t.near)
	if t.quote != 0 {
		quote |= 4
	}
	if v.at(i-1).quote != t.quote {
		quote |= 8
	}
	rows = append(rows, fieldQuote+quote)
	for bit := range int32(32) {
		if t.kids&frame>>bit&1 != 0 {
			rows = append(rows, fieldKids+bit)
		}
	}
	place := 0
	for place < 7 && i-place > 0 && v.tokens[i-place-1].sentence == t.sentence {
		place++
	}
	if t.capital {
		place += 8
	}
	rows = append(rows, fieldPlace+int32(place))
	if t.class == verb {
		shared := int32(min(t.shared, 7))
		if t.subject < 0 {
			shared = 9
		}
		rows = append(rows, fieldVerb+shared)
		if t.object >= 0 {
			rows = append(rows, fieldVerb+16+int32(min(v.tokens[t.object].base, 15)))
		}
	}
	return rows
}

// The rows of the table of pairs, that is of how a token lies to a cue.
const (
	pairPlace   = 0
	pairBranch  = pairPlace + 256
	pairPath    = pairBranch + 1024
	pairQuote   = pairPath + 4096
	pairBetween = pairQuote + 512
	pairEdge    = pairBetween + 512
	pairNear    = pairEdge + 256
	pairSubject = pairNear + 1024
	pairAround  = pairSubject + 64
	pairDepth   = pairAround + 512
	// PairRows is how many there are.
	PairRows = pairDepth + 2048
	// PairFields is how many each pair has.
	PairFields = 10
)

// pair gives the rows of how a token lies to the cue.
func (l *lens) pair(rows *[PairFields]int32, i int) {
	t, h := l.at(i), &l.tokens[l.head]
	p, pb, pa := l.pathAt(i), l.pathAt(i-1), l.pathAt(i+1)
	side, far := l.where(i)
	same := min(uint32(max(t.sentence-h.sentence, -3)+3), 6)
	branch := p.branch<<8 | uint32(uint8(p.up))
	edge := flag(pb.root == p.root)<<1 | flag(pa.root == p.root)
	around := l.quoted(i-1)<<8 | l.quoted(i)<<4 | l.quoted(i+1)
	subject := flag(int32(i) == h.subject) | flag(h.subject >= 0 && p.root == h.subject)<<1 | uint32(min(h.shared, 7))<<2
	rows[0] = pairPlace + int32((side*7+same)*10+bucket(far))
	rows[1] = pairBranch + int32(chain.Mix(1, branch, side, edge)%1024)
	rows[2] = pairPath + int32(chain.Mix(2, p.hash, side)%4096)
	rows[3] = pairQuote + int32(chain.Mix(3, around, side, same)%512)
	rows[4] = pairBetween + int32(((l.between(l.commas, i, 3)*5+l.between(l.verbs, i, 4))*3+side)*7+same)
	rows[5] = pairEdge + int32((edge*3+side)*16+uint32(t.class))
	rows[6] = pairNear + int32(chain.Mix(4, side, uint32(min(far, 6)), t.xpos)%1024)
	rows[7] = pairSubject + int32(subject)
	rows[8] = pairAround + int32(chain.Mix(5, uint32(l.at(l.from-1).class), uint32(l.at(l.to).class), side, same, uint32(t.class))%512)
	rows[9] = pairDepth + int32(chain.Mix(6, branch, t.xpos, uint32(p.depth))%2048)
}
