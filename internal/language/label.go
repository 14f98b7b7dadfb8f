package language

// UPOS is a universal part of speech.
type UPOS uint8

// The universal parts of speech, under the names that Universal Dependencies gives them.
const (
	NoUPOS UPOS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
	X
)

var uposNames = [...]string{"", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"}

// String gives the name in the treebanks.
func (u UPOS) String() string { return uposNames[min(int(u), len(uposNames)-1)] }

// XPOS is an English part of speech, after the Penn treebank.
type XPOS uint8

// The English parts of speech.
const (
	NoXPOS XPOS = iota
	TagADD
	TagAFX
	TagCC
	TagCD
	TagDT
	TagEX
	TagFW
	TagGW
	TagHYPH
	TagIN
	TagJJ
	TagJJR
	TagJJS
	TagLS
	TagMD
	TagNFP
	TagNN
	TagNNP
	TagNNPS
	TagNNS
	TagPDT
	TagPOS
	TagPRP
	TagPRPS
	TagRB
	TagRBR
	TagRBS
	TagRP
	TagSYM
	TagTO
	TagUH
	TagVB
	TagVBD
	TagVBG
	TagVBN
	TagVBP
	TagVBZ
	TagWDT
	TagWP
	TagWPS
	TagWRB
	TagCurrency
	TagCloseQuote
	TagComma
	TagOpenBracket
	TagCloseBracket
	TagStop
	TagColon
	TagOpenQuote
)

var xposNames = [...]string{
	"",
	"ADD",
	"AFX",
	"CC",
	"CD",
	"DT",
	"EX",
	"FW",
	"GW",
	"HYPH",
	"IN",
	"JJ",
	"JJR",
	"JJS",
	"LS",
	"MD",
	"NFP",
	"NN",
	"NNP",
	"NNPS",
	"NNS",
	"PDT",
	"POS",
	"PRP",
	"PRP$",
	"RB",
	"RBR",
	"RBS",
	"RP",
	"SYM",
	"TO",
	"UH",
	"VB",
	"VBD",
	"VBG",
	"VBN",
	"VBP",
	"VBZ",
	"WDT",
	"WP",
	"WP$",
	"WRB",
	"$",
	"''",
	",",
	"-LRB-",
	"-RRB-",
	".",
	":",
	"``",
}

// String gives the name in the treebanks.
func (x XPOS) String() string { return xposNames[min(int(x), len(xposNames)-1)] }

// Rel is what a token is to its head.
type Rel uint8

// The relations, under the names that Universal Dependencies gives them: RelAclRelcl is
// "acl:relcl". RelDep stands for any other.
const (
	RelDep Rel = iota
	RelAcl
	RelAclRelcl
	RelAdvcl
	RelAdvclRelcl
	RelAdvmod
	RelAmod
	RelAppos
	RelAux
	RelAuxPass
	RelCase
	RelCc
	RelCcPreconj
	RelCcomp
	RelCompound
	RelCompoundPrt
	RelConj
	RelCop
	RelCsubj
	RelCsubjOuter
	RelCsubjPass
	RelDet
	RelDetPredet
	RelDiscourse
	RelDislocated
	RelExpl
	RelFixed
	RelFlat
	RelGoeswith
	RelIobj
	RelList
	RelMark
	RelNmod
	RelNmodDesc
	RelNmodPoss
	RelNmodUnmarked
	RelNsubj
	RelNsubjOuter
	RelNsubjPass
	RelNummod
	RelObj
	RelObl
	RelOblAgent
	RelOblUnmarked
	RelOrphan
	RelParataxis
	RelPunct
	RelReparandum
	RelRoot
	RelVocative
	RelXcomp
)

var relNames = [...]string{
	"dep",
	"acl",
	"acl:relcl",
	"advcl",
	"advcl:relcl",
	"advmod",
	"amod",
	"appos",
	"aux",
	"aux:pass",
	"case",
	"cc",
	"cc:preconj",
	"ccomp",
	"compound",
	"compound:prt",
	"conj",
	"cop",
	"csubj",
	"csubj:outer",
	"csubj:pass",
	"det",
	"det:predet",
	"discourse",
	"dislocated",
	"expl",
	"fixed",
	"flat",
	"goeswith",
	"iobj",
	"list",
	"mark",
	"nmod",
	"nmod:desc",
	"nmod:poss",
	"nmod:unmarked",
	"nsubj",
	"nsubj:outer",
	"nsubj:pass",
	"nummod",
	"obj",
	"obl",
	"obl:agent",
	"obl:unmarked",
	"orphan",
	"parataxis",
	"punct",
	"reparandum",
	"root",
	"vocative",
	"xcomp",
}

// String gives the name in the treebanks, "nsubj:pass" with its subtype.
func (r Rel) String() string { return relNames[min(int(r), len(relNames)-1)] }

// bases are the relations without their subtypes.
var bases = relBases()

func relBases() (base [len(relNames)]Rel) {
	for i, name := range relNames {
		base[i] = Rel(i)
		for j, plain := range relNames {
			if len(name) > len(plain) && name[:len(plain)] == plain && name[len(plain)] == ':' {
				base[i] = Rel(j)
			}
		}
	}
	return base
}

// Base gives the relation without its subtype: RelNsubj for "nsubj:pass".
func (r Rel) Base() Rel { return bases[min(int(r), len(bases)-1)] }

// Labels gives the numbers of a part of speech, an English one and a relation by their
// names in the treebanks; 0 for a name that is unknown.
func Labels(upos, xpos, rel string) (u, x, r int32) {
	return int32(find(uposNames[:], upos)), int32(find(xposNames[:], xpos)), int32(find(relNames[:], rel))
}

// How many labels there are of each sort, the unknown one included.
const (
	CountUPOS = len(uposNames)
	CountXPOS = len(xposNames)
	CountRel  = len(relNames)
)

func find(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return 0
}
