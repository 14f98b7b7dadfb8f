// Package notify decides which alerts follow from an annotation and has each of them
// stored once. It reads Annotations and writes Alerts.
//
// The log of alerts is its only memory. A decision is made on the alerts that are known,
// and stored under the condition that no other one has come in between; if one has, it
// is read and the decision made again. So two workers that meet two wordings of one new
// condition open one thread, and a worker that dies leaves nothing half done: the
// annotation is delivered again, and what is stored already is recognised.
package notify
