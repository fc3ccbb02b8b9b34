# Everything needs Go and nothing else; tools run pinned, by "go run".

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: serve verify test e2e audit bench lint fmt build

serve: ## start the mock on its usual ports
	go run ./cmd/rolecall serve

verify: ## hold the embedded mock to every rule
	go run ./cmd/rolecall verify

test: ## all tests, with race detector and in random order
	go test -race -shuffle=on ./...

e2e: ## replicas behind nginx and Envoy, which must be there; what is missing says how to install it
	go test -tags e2e -count=1 ./mockserver/e2e

audit: ## hold the suite to servers that are wrong, and to others that are right
	go run ./cmd/rolecall audit

bench: ## benchmarks, each in eleven turns with its baseline; about four minutes
	go test -run '^$$' -bench . -benchtime 11x -timeout 20m ./mockserver/bench

lint: ## vet, format and staticcheck
	go vet ./...
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'run "make fmt"'; exit 1; }
	go run $(STATICCHECK) ./...

fmt: ## format every Go file
	gofmt -w .

build: ## the command, as bin/rolecall
	go build -o bin/rolecall ./cmd/rolecall
