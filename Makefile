# make check is what has to pass before a change goes in; .ci/run does the same
# on a machine that has only Go.

GO             ?= go
LINT_VERSION   := 2.15.0
PEBBLE_VERSION := 2.10.1
BIN            := $(or $(shell $(GO) env GOBIN),$(shell $(GO) env GOPATH)/bin)
LINT           := $(BIN)/golangci-lint
PLATFORMS      := linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64

.PHONY: help build check format format-check vet lint test race system bench cross release docs tools clean

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

# The archives are the same, byte for byte, for the same commit and Go.
VERSION      ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
WHEN         := $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

release:      ## an archive for every system, with checksums, in dist/; VERSION names it
	@set -e; rm -rf dist; mkdir -p dist/man; \
	$(GO) run ./cmd/tushum man dist/man >/dev/null; \
	for platform in $(PLATFORMS); do \
		os=$${platform%/*} arch=$${platform#*/} name=tushum-$(VERSION)-$${platform%/*}-$${platform#*/} exe=; \
		[ $$os != windows ] || exe=.exe; \
		echo "dist/$$name"; \
		mkdir -p dist/$$name; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o dist/$$name/tushum$$exe ./cmd/tushum; \
		cp -r README.md CHANGELOG.md LICENSE config.example.toml docs dist/$$name/; \
		[ $$os = windows ] || cp -r dist/man dist/$$name/; \
		find dist/$$name -exec touch -d @$(WHEN) {} +; \
		if [ $$os = windows ]; then (cd dist && find $$name | LC_ALL=C sort | TZ=UTC zip -q -X $$name.zip -@); \
		else tar -C dist --sort=name --mtime=@$(WHEN) --owner=0 --group=0 --numeric-owner -cf - $$name | gzip -n >dist/$$name.tar.gz; fi; \
		rm -r dist/$$name; \
	done; \
	rm -r dist/man; cd dist && sha256sum tushum-* >SHA256SUMS && cat SHA256SUMS

docs:         ## write the key table and the pictures of README anew
	$(GO) test ./tui/keys ./tui -run 'README' -args -write

tools:        ## the linter, and an ACME service to test with, in the versions that make check expects
	@$(LINT) version 2>/dev/null | grep -qF ' version $(LINT_VERSION) ' || \
		$(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT_VERSION)
	@for tool in pebble pebble-challtestsrv; do \
		$(GO) version -m $(BIN)/$$tool 2>/dev/null | grep -qF 'letsencrypt/pebble/v2	v$(PEBBLE_VERSION)	' || \
			$(GO) install github.com/letsencrypt/pebble/v2/cmd/$$tool@v$(PEBBLE_VERSION) || exit 1; \
	done

clean:
	rm -rf bin dist
