// Package ledger knows what has been said before. It takes the findings of an article as
// claims, compares each with the threads of its party, and says what changes.
//
// A thread is one party's one condition, denial, sanction or figure. When Varland's
// minister says
//
//	"We will not sign unless Ostreya withdraws 40 battalions,"
//
// and no thread of Varland is about that, the claim opens one: state "new". When another
// article words it as "Varland would not sign unless 40 Ostreyan battalions withdrew", it
// is the same thread and nothing changes. When it becomes 60 battalions, it is another.
//
// This is a first measure of sameness: stems of the content words, with numbers, polarity
// and a slot that have to be equal. It reads claims and stored alerts, and keeps no clock
// and no state of its own: the same alerts and the same claim give the same decision.
package ledger
