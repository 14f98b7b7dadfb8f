// Package mention finds the words that stand for somebody: names, titles with names,
// roles such as "the Russian leader", peoples, bodies and pronouns. It reads tokens and
// sentences and writes the layer of mentions.
//
// In
//
//	Varland's foreign minister Ada Reen said she would wait.
//
// it finds Ada Reen (a person, foreign minister, of the party "varland") and "she", who
// is Ada Reen. A party is looked up in a table of states, capitals, peoples, bodies and
// leaders; a state that is not in the table is taken from the title itself. What cannot
// be resolved keeps an empty name: unknown is not a name.
package mention
