package statement

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// frame is how a cue takes its content.
type frame uint8

const (
	clause frame = iota // said (that) ...
	quoted              // only with a quotation: "hailed the plan as 'bold'"
)

// cue is a word that reports speech.
type cue struct {
	act   events.Act
	frame frame
}

// cues are the words that report speech, in the forms in which news uses them.
var cues = build(map[events.Act]string{
	events.ActClaim: `say says said saying tell tells told telling add adds added adding state states stated explain
		explains explained explaining note notes noted write writes wrote writing report reports reported maintain
		maintains maintained argue argues argued believe believes believed insist insists insisted stress stresses
		stressed recall recalled reply replied respond responded continue continued comment commented remark remarked
		observe observed testify testified confirm confirms confirmed conclude concluded reiterate reiterated repeat
		repeated tweet tweeted post posted`,
	events.ActAccusation:   "claim claims claimed allege alleges alleged",
	events.ActAnnouncement: "announce announces announced declare declares declared reveal revealed",
	events.ActWarning:      "warn warns warned warning",
	events.ActPromise:      "vow vows vowed pledge pledges pledged promise promises promised",
	events.ActThreat:       "threaten threatens threatened",
	events.ActAdmission:    "admit admits admitted acknowledge acknowledges acknowledged concede conceded",
	events.ActQuestion:     "ask asks asked",
	events.ActHope:         "hope hopes hoped",
	events.ActPrediction:   "predict predicts predicted expect expects",
	events.ActDemand:       "demand demands demanded urge urges urged request requested",
	events.ActPraise:       "praise praises praised hail hailed welcome welcomes welcomed",
	events.ActCriticism:    "criticise criticised criticize criticized condemn condemns condemned slam slammed",
	events.ActDenial:       "deny denies denied denying",
	events.ActRejection:    "reject rejects rejected rejecting dismiss dismisses dismissed dismissing",
})

// onlyQuoted are cues whose object is a thing and not a clause: without a quotation the
// words behind them are no speech.
var onlyQuoted = language.Set(`request requested praise praises praised hail hailed welcome welcomes welcomed criticise criticised
	criticize criticized condemn condemns condemned slam slammed post posted continue continued report reports
	repeat repeated recall recalled reject rejects rejected rejecting dismiss dismisses dismissed dismissing deny denies
	denied denying declare revealed reveal`)

// listeners stand between a cue and its content: "told reporters that".
var listeners = language.Set(`reporters journalists parliament lawmakers ministers delegates viewers senators him her them us me the
	a bbc reuters afp cnn news agency press`)

func build(lists map[events.Act]string) map[string]cue {
	out := map[string]cue{}
	for act, list := range lists {
		for w := range language.Set(list) {
			f := clause
			if onlyQuoted[w] {
				f = quoted
			}
			out[w] = cue{act, f}
		}
	}
	return out
}
