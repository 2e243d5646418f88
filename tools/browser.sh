#!/usr/bin/env bash
# Brings what the browser tests need, where that is possible: Chromium from
# Debian (as root, or by sudo), axe-core by npm from the lock file.
set -uo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null && command -v apt-get >/dev/null; then
	as=""
	[ "$(id -u)" = 0 ] || as="sudo -n"
	if [ -z "$as" ] || sudo -n true 2>/dev/null; then
		echo "installing Chromium"
		log=$(mktemp)
		{ $as apt-get update -q && $as env DEBIAN_FRONTEND=noninteractive apt-get install -qy chromium fonts-urw-base35 fonts-noto-core; } \
			>"$log" 2>&1 || tail -n 5 "$log"
		rm -f "$log"
	fi
fi
if command -v npm >/dev/null && ! cmp -s tools/package-lock.json tools/node_modules/.installed; then
	echo "installing axe-core"
	(cd tools && npm ci --ignore-scripts --no-audit --no-fund >/dev/null && cp package-lock.json node_modules/.installed) || true
fi
exit 0
