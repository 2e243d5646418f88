#!/usr/bin/env bash
# Runs the tests; says loudly what a machine without a browser leaves out.
# With the word "all", also what is too slow for every change.
set -euo pipefail
cd "$(dirname "$0")/.."
tags=""
if { command -v chromium || command -v google-chrome; } >/dev/null && [ -f tools/node_modules/axe-core/axe.min.js ]; then
	tags="browser"
elif [ -n "${CI:-}" ]; then
	echo "no Chromium or no axe-core: the browser tests cannot be left out here" >&2
	exit 1
else
	echo "******************************************************************"
	echo "** NO CHROMIUM OR NO AXE-CORE: THE BROWSER TESTS ARE LEFT OUT    **"
	echo "******************************************************************"
fi
if [ "${1:-}" = all ]; then
	PASSERELLE_TEST_ALL=1 go test -timeout 40m -tags "$tags" ./...
else
	go test -timeout 20m -tags "$tags" ./...
fi
