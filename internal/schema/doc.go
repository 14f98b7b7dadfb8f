// Package schema makes the JSON Schemas of the events from their Go types, and holds
// messages to them. The descriptions are the docstrings of pkg/events, the vocabularies
// its constants: what stands in docs/schema cannot drift from the code.
//
//	go run ./internal/schema/generate
//
// writes the files anew. A test that has a message of the line in its hands calls
//
//	schema.CheckMessage("readout.alerts.denial.new.keth.th_1", headers, data)
//
// and learns whether subject, headers and data are what docs/asyncapi.yaml says, and say
// the same. No program of Readout depends on this package; tests do.
package schema
