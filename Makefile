# Passerelle. `make help` lists what can be done.
# One set of flags everywhere: each variant would compile SQLite's C again.
TOOL   := go tool -modfile=tools/go.mod


.PHONY: help run build dist test test-all bench bench-search check generate browser clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: export PASSERELLE_DEMO ?= 1
run: build ## build, then serve with demonstration data on 127.0.0.1:3000
	@bin/passerelle serve

build: ## build bin/passerelle
	@mkdir -p bin
	go build -o bin/passerelle ./app

dist: ## build a static binary for a server, dist/passerelle
	@mkdir -p dist
	go build -trimpath -tags "netgo osusergo sqlite_omit_load_extension" \
		-ldflags '-s -w -linkmode external -extldflags "-static"' -o dist/passerelle ./app

browser: ## install what the browser tests need (Chromium, axe-core), where that is possible
	@tools/browser.sh

test: browser ## run what every change must pass
	@tools/test.sh

test-all: browser ## run what is too slow for every change: all axe combinations, 50 kills, big corpora
	@tools/test.sh all

bench: build ## print the figures: requests, writes, index, memory, start, weight
	go run ./app/bench bin/passerelle

# A million documents take their time; SEARCHBENCH="-sizes 10000" asks for less.
# The tag is that of the engine we are compared with; no other program has it.
bench-search: ## print the cost and the quality of search, beside SQLite's FTS5 and PostgreSQL
	go test -run '^$$' -bench . ./search
	go test -run '^$$' -bench Judged -benchtime 1x ./app/journeys
	corpus=$$(tools/corpus.sh) && go run -tags sqlite_fts5 ./app/bench/searchbench -corpus "$$corpus" $(SEARCHBENCH)

generate: ## write the generated files again (templ)
	$(TOOL) templ generate -path app

check: ## formatting, vet, staticcheck, known holes, generated files
	@tools/check.sh

clean: ## remove what was built; the data folder stays
	rm -rf bin dist
