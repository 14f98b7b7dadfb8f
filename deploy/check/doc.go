// Package check tries what can be tried of deploy/ without a cluster: the manifests are
// rendered and decoded strictly into the types of Kubernetes, the compose file is loaded
// by the library of compose itself, and the NATS configuration is run by a real server
// with real keys, whose users try what they may and what they may not.
package check
