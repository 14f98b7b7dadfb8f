// Package chaos holds the tests that kill. They build the real programs, run them as
// processes against a real NATS server on disk, feed them articles with duplicates,
// revisions, copies and poison among them, and meanwhile kill workers and servers with
// SIGKILL at random. Afterwards they read every stream and judge:
//
//   - every article that was accepted is stored once and annotated,
//   - every poison article is a dead letter, and nothing else is,
//   - every thread has exactly one opening alert, and every finding has its thread,
//   - nothing is left pending.
//
// The chance is seeded and the seed printed; a failing run is repeated with
//
//	go test ./internal/chaos -run TestChaos -seed SEED
package chaos
