# make check   the quick loop: format, vet, tests without the race detector, the laws over fewer edits
# make test    everything, installing its own tools; what CI runs
# make bench   the benchmark tables; WENFANG_CORPORA names a folder of corpora
# make eval    how well search finds, through a browser; same corpora
# make lint    static analysis alone

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

.PHONY: check test bench eval lint format tools browser build

build:
	go build -o bin/wenfang ./cmd/wenfang

check: format
	go vet ./...
	go test -short ./...

format:
	@unformatted=$$(git ls-files '*.go' | xargs gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "gofmt would change: $$unformatted"; exit 1; fi

lint: format
	go vet ./...
	go tool -modfile=tools/go.mod staticcheck ./...

tools:
	.ci/install.sh

test: tools lint
	go test -race -timeout 30m ./...
	node --test $$(git ls-files 'assets/*.test.js')
	.ci/node_modules/.bin/tsc -p .ci/tsconfig.json
	$(MAKE) browser

browser: build
	WENFANG=$(CURDIR)/bin/wenfang node --test --test-concurrency=1 $$(git ls-files '.ci/browser/*.test.js')

# The corpora are folders of Markdown written for other tools, no part of the repository. BENCH holds flags, such as -serves=false, SEARCH those of its search part, such as --asked 50.
bench: build
	WENFANG=$(CURDIR)/bin/wenfang node --test --test-concurrency=1 .ci/browser/typing.js .ci/browser/checking.js
	go test -run XXX -bench . ./internal/check
	corpora="$${WENFANG_CORPORA:-}"; \
	if [ -z "$$corpora" ] && [ -d ../shared/corpora ]; then corpora=../shared/corpora; fi; \
	go -C .ci/bench build -o $(CURDIR)/bin/bench . && \
	bin/bench -wenfang bin/wenfang -corpora "$$corpora" $(BENCH) && \
	npm install --prefix .ci/eval --silent --no-audit --no-fund --no-package-lock && \
	WENFANG=$(CURDIR)/bin/wenfang node .ci/eval/bench.js --corpora "$$corpora" $(SEARCH)

# The table of search: queries derived by rule from the corpora, asked by http and by file://. EVAL holds flags: --rivals asks others too, --report FILE and --misses FILE write what is missed.
eval: build tools
	corpora="$${WENFANG_CORPORA:-}"; \
	if [ -z "$$corpora" ] && [ -d ../shared/corpora ]; then corpora=../shared/corpora; fi; \
	npm install --prefix .ci/eval --silent --no-audit --no-fund --no-package-lock && \
	WENFANG=$(CURDIR)/bin/wenfang node .ci/eval/main.js --corpora "$$corpora" $(EVAL)
