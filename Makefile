# Everything needs Go alone; what else it takes, Go fetches.
GO       ?= go
BIN      := bin
FUZZTIME ?= 30s
QUICK    := $(shell $(GO) list ./... 2>/dev/null | grep -v /internal/chaos)
STATIC   := $(GO) tool -modfile=tools/go.mod staticcheck

.DEFAULT_GOAL := help
.PHONY: run build test quick deployed kill race lint fuzz bench scale score train train-language train-names train-mention train-statement vectors score-language score-mention laws chaos cluster help

run: build ## start Readout on this machine with sample articles
	$(BIN)/readout up --samples

build: ## build the four programs into bin/
	$(GO) build -trimpath -o $(BIN)/ ./cmd/...

test: lint quick deployed kill ## everything that has to pass

quick: ## the tests to run after every change, under a minute
	$(GO) test $(QUICK)

deployed: ## the manifests, the compose file and the NATS configuration, on a real server
	cd deploy/check && $(GO) vet ./... && $(GO) test ./...

kill: ## real programs killed at random: one server, three servers, a stop under load
	$(GO) test ./internal/chaos -v -timeout 15m

race: ## the quick tests under the race detector
	$(GO) test -race $(QUICK)

lint: ## gofmt, go vet, staticcheck
	@test -z "$$(gofmt -l .)" || { echo "not formatted:"; gofmt -l .; exit 1; }
	$(GO) vet ./... && $(GO) vet -tags faults ./internal/app
	$(STATIC) ./...

fuzz: ## every fuzz target for FUZZTIME
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test $$pkg -list '^Fuzz' | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test $$pkg -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s || exit 1; \
	  done; \
	done

bench: ## the line beside a bare echo, latency, memory; and each part by itself (5 minutes)
	$(GO) test ./internal/app -run '^$$' -bench 'Line' -benchtime 100000x -count 3
	$(GO) test ./internal/app -run '^$$' -bench 'Latency/line-100-' -benchtime 2000x
	$(GO) test ./internal/app -run '^$$' -bench 'Latency/line-1000-' -benchtime 20000x
	$(GO) test ./internal/app -run '^$$' -bench 'Latency/reading' -benchtime 400x
	$(GO) test ./internal/chaos -run '^$$' -bench 'Memory' -benchtime 3000x
	$(GO) test ./pkg/... ./internal/ingest ./internal/language/... ./internal/reading/... ./internal/ledger ./internal/bus -run '^$$' -bench .

scale: ## throughput with 1, 2, 4 and 8 annotators
	$(GO) test ./internal/chaos -run '^$$' -bench Annotators -benchtime 4000x

score: build ## findings against the annotated corpora beside the repository
	$(GO) build -o $(BIN)/evaluate-language ./internal/language/evaluate
	@bash tools/score.sh

train: train-language train-names train-mention train-statement ## every trained file, from the data beside the repository

train-language: ## tokens to parse: boundaries, lemmas, network; half an hour of one core
	GOMAXPROCS=1 $(GO) run ./internal/language/train

train-names: vectors ## persons, places, organisations, times, behind the parse; a minute of one core
	GOMAXPROCS=1 $(GO) run ./internal/language/name/train

train-mention: vectors ## nouns, and whom words take up again, behind the names; two minutes of one core
	GOMAXPROCS=1 $(GO) run ./internal/reading/mention/train -nouns
	GOMAXPROCS=1 $(GO) run ./internal/reading/mention/train

train-statement: ## who said what, behind the parse; 16 minutes of one core
	GOMAXPROCS=1 $(GO) run ./internal/reading/statement/train

vectors: ## the public word vectors, fetched with npm into bin/vectors and checked
	@bash tools/vectors.sh

score-language: ## words, sentences, tags, lemmas and parse on the dev parts of the treebanks
	$(GO) run ./internal/language/evaluate
	$(GO) run ./internal/language/name/evaluate

score-mention: ## pronouns against the chains of GUM, names against the annotated articles
	$(GO) run ./internal/reading/mention/evaluate

laws: ## what has to hold for every text, on 2,000 articles of the corpora (6 minutes)
	$(GO) run ./internal/reading/english/laws

chaos: ## the long chaos run: 5,000 articles, 40 workers and 3 times the server killed
	$(GO) test ./internal/chaos -run 'TestChaos' -articles 5000 -kills 40 -restarts 3 -v -timeout 30m

cluster: ## chaos on three servers
	$(GO) test ./internal/chaos -run 'TestChaosCluster' -v -timeout 15m

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18
