// Package bus is the only room that knows NATS: connections, streams, publishing,
// pulling, acknowledging, trying again, giving up. It knows nothing of news; it moves
// messages and keeps four promises:
//
//   - A message is acknowledged only after its handler has returned, and a handler
//     returns only when everything it made is stored.
//   - A message that fails is tried again after a growing, jittered delay; one that
//     cannot succeed, or that panics, becomes a dead letter and harms no other.
//   - While the broker cannot store a result, or cannot be read, messages are held and
//     no more is pulled than fits: an outage uses up no attempt.
//   - A write may state what it expects to be the last message of a set of subjects.
//     When somebody else was first it fails with ErrConflict and stores nothing.
//
// A Worker reads one durable consumer. For a message on "readout.submit.wire" with the
// text "General Oru denied the claim." it calls the handler, which publishes through the
// same Conn; then it acknowledges. Tail and Scan read without acknowledging, for people
// who watch and for repairs.
//
// Everything in a message may come from a hostile publisher, its headers included: what
// the server says is read from where no publisher can write.
package bus
