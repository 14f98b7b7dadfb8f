// Package mention finds the words that stand for somebody: names, titles with names,
// roles such as "the Russian leader", peoples, bodies and pronouns. It reads tokens and
// sentences and writes the layer of mentions.
//
// In
//
//	Varland's foreign minister Ada Reen said she would wait.
//
// it finds Ada Reen (a person, foreign minister, of the party "varland") and "she", who
// is Ada Reen. Parties, offices and their holders are looked up in a dated table (folder
// actors), by the day of the document; a state that is not in the table is taken from the
// title itself. What cannot be resolved keeps an empty name: unknown is not a name.
//
// The reading goes once through the text. A phrase is cut out (phrase.go), taken apart and
// resolved (resolve.go), joined with an apposition (apposition.go) and put on the stage, as
// every other noun is (stage.go). A pronoun takes up whoever on the stage ranks highest
// (folder rank), but for what is certain (exclude.go, gender.go) and for "it" that speaks
// (body.go).
package mention
