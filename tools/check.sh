#!/usr/bin/env bash
# What a machine can check without running the program.
set -euo pipefail
cd "$(dirname "$0")/.."
tool() { go tool -modfile=tools/go.mod "$@"; }

echo "— formatting"
unformatted=$(gofmt -l $(git ls-files -co --exclude-standard '*.go' | grep -v '_templ\.go$'))
[ -z "$unformatted" ] || { echo "gofmt these files:"; echo "$unformatted"; exit 1; }
tool templ fmt -fail app >/dev/null || { echo "run: go tool -modfile=tools/go.mod templ fmt app"; exit 1; }

echo "— generated files"
before=$(git ls-files -co --exclude-standard '*_templ.go' | sort | xargs sha256sum)
tool templ generate -path app >/dev/null 2>&1
after=$(git ls-files -co --exclude-standard '*_templ.go' | sort | xargs sha256sum)
[ "$before" = "$after" ] || { echo "the generated files were not up to date: commit what 'make generate' wrote"; exit 1; }

echo "— modules"
go mod verify >/dev/null
go mod tidy -diff

echo "— vet"
go vet ./...
go vet -tags browser ./app/journeys/...

echo "— staticcheck"
tool staticcheck -tags browser ./...

echo "— known holes (govulncheck)"
set +e
report=$(tool govulncheck ./... 2>&1)
status=$?
set -e
case $status in
	0) echo "none reachable" ;;
	3) echo "$report"; exit 1 ;;
	*)
		echo "$report" | tail -n 5
		echo "******************************************************************"
		echo "** THE VULNERABILITY DATABASE COULD NOT BE READ: NOT CHECKED    **"
		echo "******************************************************************"
		;;
esac
