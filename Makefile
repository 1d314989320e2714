# make check is what has to pass before a change goes in; .ci/run does the same
# on a machine that has only Go.

GO           ?= go
LINT_VERSION := 2.15.0
LINT         := $(or $(shell $(GO) env GOBIN),$(shell $(GO) env GOPATH)/bin)/golangci-lint
PLATFORMS    := linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64

.PHONY: help build check format format-check vet lint test race system bench cross docs tools clean

help:         ## say what there is to make
	@grep -E '^[a-z-]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

build:        ## the program, as bin/tushum
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/ ./cmd/tushum

check: format-check vet lint system  ## everything a change has to pass

format:       ## rewrite the code as gofmt and goimports have it
	$(LINT) fmt

format-check:
	$(LINT) fmt --diff

vet:
	$(GO) vet ./...
	$(GO) vet -tags system ./...

lint:         ## the linters of .golangci.yml; make tools installs them
	$(LINT) run

test:         ## the tests, which need nothing but Go
	$(GO) test ./...

race:         ## the tests under the race detector, which needs a C compiler
	$(GO) test -race ./...

system:       ## all tests under the race detector, also those that need other programs or root: see .ci/run
	$(GO) test -race -tags system ./...

bench:        ## every benchmark, one package after the other; BENCH=Create picks some
	$(GO) test -run '^$$' -bench '$(or $(BENCH),.)' -benchmem -timeout 60m -p 1 ./...

cross:        ## vet and build for every system the program is for
	@set -e; for platform in $(PLATFORMS); do \
		echo "vet and build for $$platform"; \
		export CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/}; \
		$(GO) vet ./...; \
		$(GO) build ./...; \
	done

docs:         ## write the key table and the pictures of README anew
	$(GO) test ./tui/keys ./tui -run 'README' -args -write

tools:        ## the linter, in the version that make check expects
	@$(LINT) version 2>/dev/null | grep -qF ' version $(LINT_VERSION) ' || \
		$(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT_VERSION)

clean:
	rm -rf bin dist
