// Package schema makes the JSON Schemas of the events from their Go types, and holds
// messages to them. The descriptions are the docstrings of pkg/events, the vocabularies
// its constants: what stands in docs/schema cannot drift from the code.
//
//	go run ./internal/schema/generate
//
// writes the files anew. No program of Readout depends on this package; tests do.
package schema
