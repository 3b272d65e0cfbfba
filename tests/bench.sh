#!/bin/sh
# SPDX-License-Identifier: ISC
# bench.sh - the benchmark measures what it should; how long that takes is no
# matter here
build=$PWD
srcdir=${srcdir:-.}
W=$(mktemp -d "$build/bench.XXXXXX") || exit 1
trap 'rm -rf "$W"' EXIT
trap 'exit 130' HUP INT TERM
OUT=$W ROUNDS=1 FEW=1 MAILS=5 MANY=10 PEER_MAILS=5 MEGABYTES=1 GIGABYTE=2 \
    DEFERRED='10 20' TRIPS=5 PEERS='' VERBOSE=1 TMPDIR=$W \
    sh "$srcdir/tests/bench/run" . >"$W/out" 2>&1 || {
	cat "$W/out"
	exit 1
}
bad=0
for what in start-up mapped one-plain one-tls one-tls-resumed \
    trips-off-5-ms-to-20 trips-starttls-5-ms-to-1 1-MB-short 2-MB-dots \
    accept-on-disk flush-at-0-ms flush-at-20-ms flush-many listing-of-20 \
    run-among-20-first run-among-20; do
	grep "^| $what | minismtp | 1 " "$W/bench.md" >"$W/row" ||
	    { echo "not in the table: $what"; bad=1; }
	case $(cat "$W/row") in
	*"| - | - |"*) [ "$what" = accept-on-disk ] ||
	    { echo "nothing measured: $what"; bad=1; } ;;
	*"| 0 |" | "| mapped"*) ;;
	*) echo "it failed: $what"; bad=1 ;;
	esac
	grep -q "\"what\": \"$what\", \"who\": \"minismtp\"" "$W/bench.json" ||
	    { echo "not in the JSON: $what"; bad=1; }
done
grep -q '^| trips-off-5-ms-to-1 | minimum | 1 ' "$W/bench.md" ||
    { echo "not in the table: the minimum"; bad=1; }
grep '^| large mail: MiB .*| at most 8 | [0-9]' "$W/bench.md" |
    grep -Eq '\| (yes|no) \|$' || { echo "no word on a goal"; bad=1; }
grep -q '^| far relay, 50 ms: .*| not measured |$' "$W/bench.md" ||
    { echo "a goal was not measured, and yet there is a word on it"; bad=1; }
if command -v python3 >/dev/null; then
	python3 -m json.tool "$W/bench.json" >/dev/null ||
	    { echo "no JSON"; bad=1; }
fi
[ "$bad" -eq 0 ] || cat "$W/out"
exit "$bad"
