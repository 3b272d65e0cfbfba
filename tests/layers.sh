#!/bin/sh
# SPDX-License-Identifier: ISC
# layers.sh - does every #include go down the stairs?  (src/LAYERS)
cd "${srcdir:-.}" || exit 1
awk '
FILENAME == "src/LAYERS" {
	if ($0 !~ /^[a-z]+:/)
		next
	room = substr($1, 1, length($1) - 1)
	known[room]
	allowed[room, room]
	for (i = 2; i <= NF; i++) {
		if (!($i in known) || $i == room)
			fail("src/LAYERS: " room " names " $i " before its line")
		allowed[room, $i]
	}
	next
}
function fail(words) { print words; bad = 1 }
/^#include "[a-z]+\/[a-z0-9_]+\.h"/ {
	split(FILENAME, dir, "/")
	split($2, to, /["\/]/)
	if (!(dir[2] in known))
		fail(FILENAME ": room " dir[2] " is not in src/LAYERS")
	if (!((dir[2], to[2]) in allowed))
		fail(FILENAME ":" FNR ": " dir[2] " may not include " $2)
}
END { exit bad }
' src/LAYERS src/*/*.[ch]
