#!/usr/bin/env bash
# Brings the French texts that the benchmark of search reads: Debian's French
# documentation, into a cache folder outside the repository. None is ours to
# give on: nothing of it is committed. Prints the folder.
set -euo pipefail
export LC_ALL=C.UTF-8

packages="
	apt-doc aptitude-doc-fr debian-faq-fr debian-handbook debian-history debian-reference-fr
	developers-reference-fr gimp-help-fr gnome-user-docs installation-guide-amd64 kicad-doc-fr
	lilypond-doc-html-fr maint-guide-fr manpages-fr manpages-fr-dev"

cache=${PASSERELLE_CORPUS:-${XDG_CACHE_HOME:-$HOME/.cache}/passerelle-corpus}
mkdir -p "$cache/debs" "$cache/tree"
say() { echo "corpus: $*" >&2; }

for tool in apt-get dpkg-deb tar; do
	command -v "$tool" >/dev/null || { say "$tool is missing: the corpus can only be built on Debian or a child of it"; exit 1; }
done

# French pages alone, whatever the other languages of a package.
extract() { # package deb
	local into="$cache/tree/$1"
	rm -rf "$into.part" "$into"
	mkdir "$into.part"
	dpkg-deb --fsys-tarfile "$2" | tar -x -C "$into.part" --no-same-owner --wildcards --no-anchored \
		'man/fr/*.gz' '*.fr.html' '*.fr.html/*.html' 'fr/*.html' 'fr-FR/*.html' 'fr/*.page' 2>/dev/null || true
	basename "$2" .deb >"$into.part/version"
	mv "$into.part" "$into"
}

missing=""
for package in $packages; do
	[ -f "$cache/tree/$package/version" ] && continue
	if ! (cd "$cache/debs" && rm -f "${package}"_*.deb && apt-get download "$package" >/dev/null 2>"$cache/error"); then
		missing="$missing $package"
		continue
	fi
	deb=$(ls "$cache/debs/${package}"_*.deb)
	extract "$package" "$deb"
	rm "$deb"
	say "$(cat "$cache/tree/$package/version")"
done

if [ -n "$missing" ]; then
	say "these packages cannot be reached:$missing"
	tail -n 2 "$cache/error" >&2
	if ! ls "$cache"/tree/*/version >/dev/null 2>&1; then
		say "there is no corpus: connect this machine to a Debian mirror (apt-get update), then try again"
		exit 1
	fi
	say "figures of a smaller corpus can't be compared with those of the whole one"
fi
echo "$cache"
