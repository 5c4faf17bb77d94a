# All of Kedai's commands. `make` alone lists them.

GO   ?= go
ARGS ?=

TEST_TIMEOUT  := 30m
GOLANGCI_LINT := bin/golangci-lint-v2.15.0
WORKFLOWCHECK := bin/workflowcheck-v0.6.0

# The contract's generator, with the version that gen.go pins.
OAPI_CODEGEN = $(shell sed -n 's/^.*go run \([^ ]*oapi-codegen@[^ ]*\).*$$/\1/p' api/gen/gen.go)

WEB_MODULES    := api/web/node_modules/.package-lock.json
WIDGET         := api/web/widget/dist/widget.js
WIDGET_SOURCES := $(shell find api/web/widget -type d \( -name node_modules -o -name dist \) -prune -o -type f -print)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

.PHONY: help
help: ## List the commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: web build ## Run the whole stack with the demo shop until Ctrl-C (flags: make run ARGS="--listen 127.0.0.1:9000")
	@exec bin/kedai up $(ARGS)

.PHONY: build
build: ## Build the binary, bin/kedai
	$(GO) build -trimpath -buildvcs=false -o bin/kedai ./deploy/kedai

.PHONY: web
web: $(WIDGET) ## Build the website chat, where its sources are newer than it

.PHONY: test
test: web browser engines build ## Run all tests, the browser's beside Go's; builds and starts the engines that they need
	@log=$$(mktemp); $(MAKE) --no-print-directory test-web journey >"$$log" 2>&1 & browser=$$!; \
	$(MAKE) --no-print-directory test-go; go=$$?; \
	wait $$browser; browser=$$?; cat "$$log"; rm -f "$$log"; exit $$((go || browser))

.PHONY: test-go
test-go: engines ## Run the Go tests
	$(GO) test -timeout $(TEST_TIMEOUT) ./...

.PHONY: test-web
test-web: web browser ## Run the website chat's tests in a browser, against a stub
	cd api/web && npm test

.PHONY: journey
journey: web browser engines build ## Walk through a visitor's whole chat in a browser, on a stack of its own
	@$(JOURNEY)

.PHONY: test-race
test-race: web engines ## Run the Go tests with the race detector, which needs a C compiler
	$(GO) test -race -timeout 60m ./...

.PHONY: lint
lint: workflowcheck generated $(GOLANGCI_LINT) $(WEB_MODULES) ## Check formatting, imports, known mistakes, and that generated code is up to date
	$(GOLANGCI_LINT) fmt --diff
	$(GOLANGCI_LINT) run
	$(GOLANGCI_LINT) run --build-tags failpoints ./models/failpoint/...
	cd api/web && npm run lint

.PHONY: workflowcheck
workflowcheck: $(WORKFLOWCHECK) ## Check that workflow code is deterministic
	$(WORKFLOWCHECK) ./workflows/...

.PHONY: generated
generated: ## Check that the operator API's Go code is that of its contract
	@set -e; dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	(cd "$$dir" && $(GO) run $(OAPI_CODEGEN) -config $(CURDIR)/api/gen/config.yaml $(CURDIR)/api/openapi.yaml); \
	diff -u api/gen/openapi.gen.go "$$dir/openapi.gen.go" >"$$dir/diff" || \
	{ head -n 40 "$$dir/diff"; echo "api/gen is not up to date: run make generate" >&2; exit 1; }

.PHONY: generate
generate: ## Generate the operator API's Go code from api/openapi.yaml
	$(GO) generate ./api/gen

.PHONY: fmt
fmt: $(GOLANGCI_LINT) $(WEB_MODULES) ## Format everything
	$(GOLANGCI_LINT) fmt
	cd api/web && npm run format

.PHONY: record-histories
record-histories: engines ## Record the histories that the replay tests lack; recorded ones are never replaced
	KEDAI_RECORD=1 $(GO) test ./worker -run '^TestPaths$$' -count=1

.PHONY: soak
soak: web engines ## Kill everything again and again under load, and hold one very long chat (KEDAI_SEED repeats a run)
	KEDAI_SOAK=1 $(GO) test ./deploy/bench -run '^(TestSoak|TestManyTurns)$$' -timeout 25m -count=1 -v

# Folders of an exam's shops beside the demo's; ../shared/exam where it is there.
EXAM ?= $(wildcard ../shared/exam)

.PHONY: eval
eval: engines web build ## Hold the conversations of the demo shop and of EXAM=folder, and measure search with their queries
	@set -e; for exam in "" $(EXAM); do for what in "--provider control" "" --retrieval; do \
		echo "bin/kedai eval $$what $${exam:+--exam $$exam}"; bin/kedai eval $$what $${exam:+--exam $$exam}; done; done

.PHONY: bench
bench: web build ## Measure Kedai against a bare skeleton of itself; prints JSON
	@exec bin/kedai bench $(ARGS)

.PHONY: engines
engines: ## Build Temporal and Weaviate into the cache, where they aren't there yet
	$(GO) run ./deploy/local/localtest/keeper -build

.PHONY: node
node:
	@command -v node >/dev/null && command -v npm >/dev/null || \
	{ echo "Node.js with npm is needed for the website chat: install Node.js 20.19 or newer" >&2; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || \
	{ echo "Node.js $$(node --version) is too old for the website chat: install 20.19 or newer" >&2; exit 1; }

# Chromium for the browser tests: what is there, else the system's package.
.PHONY: browser
browser:
	@for name in "$$KEDAI_CHROMIUM" chromium chromium-browser google-chrome; do \
		if command -v "$$name" >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ]; then as=env; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=; fi; \
	if [ -z "$$as" ] || ! command -v apt-get >/dev/null; then \
		echo "the browser tests need Chromium: install the package chromium, or set KEDAI_CHROMIUM to its path" >&2; exit 1; \
	fi; \
	$$as apt-get update && $$as apt-get install -y --no-install-recommends chromium fonts-liberation

$(WEB_MODULES): api/web/package-lock.json | node
	cd api/web && npm ci --no-audit --no-fund
	@touch $@

$(WIDGET): $(WEB_MODULES) $(WIDGET_SOURCES) | node
	cd api/web && npm run build
	@touch $@

# A tool's version stands in its file's name: another version is another file.
bin/golangci-lint-%:
	$(call install,golangci-lint,github.com/golangci/golangci-lint/v2/cmd/golangci-lint,$*)

bin/workflowcheck-%:
	$(call install,workflowcheck,go.temporal.io/sdk/contrib/tools/workflowcheck,$*)

define install
@mkdir -p bin/new && echo "building $(1) $(3)" >&2
GOBIN=$(CURDIR)/bin/new GOWORK=off $(GO) install $(2)@$(3)
@mv bin/new/$(1) $@
endef

# Starts a stack, walks, and stops it; what the stack said is shown if the walk fails.
define JOURNEY
dir=$$(mktemp -d) || exit 1; \
bin/kedai up --ephemeral --state "$$dir/state.json" >"$$dir/log" 2>&1 & stack=$$!; \
stop() { kill "$$stack" 2>/dev/null; wait "$$stack"; rm -rf "$$dir"; }; \
trap stop EXIT; trap 'exit 130' INT TERM; \
until [ -s "$$dir/state.json" ]; do \
	kill -0 "$$stack" 2>/dev/null || { cat "$$dir/log"; echo "the stack didn't start" >&2; exit 1; }; \
	sleep 0.5; \
done; \
state() { node -p "require('$$dir/state.json').$$1"; }; \
cd api/web && KEDAI_URL=$$(state api) KEDAI_RESTART_CMD="kill -9 \$$(cut -d' ' -f1 '$$(state data)/pids/api')" npm run journey || \
	{ cat "$$dir/log"; exit 1; }
endef
