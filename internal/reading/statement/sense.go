package statement

import (
	_ "embed"

	"readout/internal/language"
)

//go:embed sense.txt
var senseFile string

// Read once, never changed. The file says what each list is for.
var (
	senses = language.Lists(senseFile)

	negations   = senses["negations"]
	selves      = senses["selves"]
	owning      = senses["owning"]
	others      = senses["others"]
	futures     = senses["futures"]
	duties      = senses["duties"]
	possibles   = senses["possibles"]
	obliging    = senses["obliging"]
	ready       = senses["ready"]
	wishing     = senses["wishing"]
	leading     = senses["leading"]
	opinion     = senses["opinion"]
	conditional = senses["conditional"]
	yielding    = senses["yielding"]
	accepting   = senses["accepting"]
	resting     = senses["resting"]
	hostile     = senses["hostile"]
	answering   = senses["answering"]
	harsh       = senses["harsh"]
	suffering   = senses["suffering"]
	ills        = senses["ills"]
	disasters   = senses["disasters"]
	mental      = senses["mental"]
	idle        = senses["idle"]
	happening   = senses["happening"]
	truths      = senses["truths"]
	erring      = senses["erring"]
	wronging    = senses["wronging"]
	sincere     = senses["sincere"]
	wrongs      = senses["wrongs"]
	bad         = senses["bad"]
	good        = senses["good"]
	untrue      = senses["untrue"]
	claiming    = senses["claiming"]
	likely      = senses["likely"]
	chances     = senses["chances"]
	becoming    = senses["becoming"]
	choices     = senses["choices"]
	reserving   = senses["reserving"]
	static      = senses["static"]
	talk        = senses["talk"]
	refusing    = senses["refusing"]
	evasive     = senses["evasive"]
	judging     = senses["judging"]
	wondering   = senses["wondering"]
	hedges      = senses["hedges"]
	doubting    = senses["doubting"]
	addressing  = senses["addressing"]
	blaming     = senses["blaming"]
	relaying    = senses["relaying"]
	carrying    = senses["carrying"]
	reporting   = senses["telling"]
	documents   = senses["documents"]
	personal    = senses["personal"]
	silenced    = senses["silenced"]
	nobody      = senses["nobody"]
)
