# make check is what has to pass before a change goes in; .ci/run does the same
# on a machine that has only Go.

GO             ?= go
LINT_VERSION   := 2.15.0
PEBBLE_VERSION := 2.10.1
BIN            := $(or $(shell $(GO) env GOBIN),$(shell $(GO) env GOPATH)/bin)
LINT           := $(BIN)/golangci-lint
AXE_VERSION    := 4.14.1
AXE_SHA512     := 1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5
AXE            := $(firstword $(subst :, ,$(shell $(GO) env GOPATH)))/axe-core-$(AXE_VERSION)
ARTIFACTS      := $(CURDIR)/artifacts
PLATFORMS      := linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64

.PHONY: help build check format format-check vet lint test race system pages bench cross release docs tools clean

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
	GO=$(GO) .ci/test -race -timeout 15m ./...

system:       ## all tests under the race detector, also those that need other programs or root: see .ci/run
	GO=$(GO) TUSHUM_ARTIFACTS=$(ARTIFACTS) .ci/test -race -timeout 15m -tags system ./...

pages:        ## pictures of the pay pages as a browser shows them, in artifacts/
	TUSHUM_ARTIFACTS=$(ARTIFACTS) $(GO) test -count 1 -tags system ./webhook/paypage -run '^TestSystemEveryPageIsForEverybody$$'

bench:        ## every benchmark, one package after the other; BENCH=Create picks some
	$(GO) test -run '^$$' -bench '$(or $(BENCH),.)' -benchmem -timeout 60m -p 1 ./...

cross:        ## build for every machine the program is for, and vet once for each system
	@set -e; for platform in $(PLATFORMS); do \
		echo "build for $$platform"; \
		export CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/}; \
		$(GO) build ./...; \
		[ $$platform = windows/amd64 ] || [ $$platform = darwin/arm64 ] || continue; \
		echo "vet for $$platform"; \
		$(GO) vet ./...; \
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

docs: pages   ## write the key table and the pictures of README anew
	$(GO) test ./tui/keys ./tui ./cmd/tushum -run 'README' -args -write
	cp $(ARTIFACTS)/pay-ready-en-320-light.png docs/pictures/page.png

tools:        ## the linter, an ACME service and axe-core to test with, in the versions that make check expects
	@$(LINT) version 2>/dev/null | grep -qF ' version $(LINT_VERSION) ' || \
		$(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT_VERSION)
	@for tool in pebble pebble-challtestsrv; do \
		$(GO) version -m $(BIN)/$$tool 2>/dev/null | grep -qF 'letsencrypt/pebble/v2	v$(PEBBLE_VERSION)	' || \
			$(GO) install github.com/letsencrypt/pebble/v2/cmd/$$tool@v$(PEBBLE_VERSION) || exit 1; \
	done
	@test -s $(AXE)/axe.min.js || { set -e; \
		mkdir -p $(AXE); \
		curl -fsSL -o $(AXE)/package.tgz https://registry.npmjs.org/axe-core/-/axe-core-$(AXE_VERSION).tgz; \
		echo '$(AXE_SHA512)  $(AXE)/package.tgz' | sha512sum --check --quiet; \
		tar -xzf $(AXE)/package.tgz -C $(AXE) --strip-components 1 package/LICENSE package/axe.min.js; \
		rm $(AXE)/package.tgz; }

clean:
	rm -rf bin dist artifacts
