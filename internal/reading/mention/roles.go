package mention

import "readout/internal/language"

// titles are words of an office that stand before a name, or for its holder.
var titles = language.Set(`president premier minister secretary chancellor king queen prince emir sultan pope leader chief
	commander general colonel admiral major captain spokesman spokeswoman spokesperson aide adviser advisor envoy
	ambassador diplomat negotiator governor mayor senator lawmaker official officials director chairman chairwoman head
	host deputy vice prime foreign defence defense interior finance state economy energy trade press top senior former
	acting special us pm sir mr mrs ms dr lord lady judge prosecutor analyst analysts expert experts historian activist
	journalist reporter economist professor doctor rabbi sheikh ayatollah archbishop bishop secretary-general
	secretary-treasurer vice-president military army intelligence security national un regional local opposition house
	white coalition armed deputy-head general vice`)

// heads are the nouns that a role or a body without a name ends in: "Russian officials",
// "the general staff".
var heads = language.Set(`president premier minister secretary chancellor king queen prince emir leader leaders chief commander
	general spokesman spokeswoman spokesperson aide adviser envoy ambassador governor mayor official officials analysts
	analyst experts government ministry army military forces force navy police parliament senate congress council
	commission court authorities authority administration staff side delegation negotiators rebels militants fighters
	troops soldiers media agency intelligence service services party group groups union command diplomats sources
	lawmakers opposition cabinet embassy officer officers members prosecutors scientists residents witnesses
	activists militia junta regime presidency foundation office department delegates ministers`)

// groups are heads that stand for several people whose names are not given.
var groups = language.Set(`officials analysts experts rebels militants fighters troops soldiers sources lawmakers diplomats negotiators
	officers members prosecutors scientists residents witnesses activists leaders groups delegates ministers authorities`)

// offices are heads that stand for one person, who has a name.
var offices = language.Set(`president premier minister secretary chancellor king queen prince emir leader chief commander general
	spokesman spokeswoman spokesperson aide adviser envoy ambassador governor mayor official analyst officer`)

// topOffices are those that the first person listed of a party holds.
var topOffices = language.Set(`president leader premier chancellor king emir`)

// people are pronouns that stand for a person, things those that stand for a body.
var (
	people = language.Set("he she")
	things = language.Set("it")
	plural = language.Set("they")
)

// notNames are words that begin a sentence with a capital and are no names.
var notNames = language.Set(`the a an this that these those it he she they we i you his her their our its my your in on at by for
	from with without of to as and or but nor so yet if unless until while when where after before since because
	although though there here what who how why which whose earlier later meanwhile however following speaking asked
	more most many some several all both each every no not nothing nobody one two three four five six seven eight nine
	ten also even still just only then now once again under over during despite according on monday tuesday wednesday
	thursday friday saturday sunday january february march april may june july august september october november
	december yes please getty images about around against among between into through at least hundreds thousands
	dozens scores talking talks last next earlier officials sanctions conditions earlier additionally instead
	separately former new other another such any can could would will should must do does did is are was were be been
	has have had let other nearly almost up sir mr mrs ms dr`)
