#!/bin/sh
# SPDX-License-Identifier: ISC
# layers.sh - does every #include go down the stairs?  (src/LAYERS)
cd "${srcdir:-.}" || exit 1
bad=0
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
' src/LAYERS src/*/*.[ch] || bad=1

# src/SECURITY: a row ends with a test, and that has to be there.
for name in $(sed 1,6d src/SECURITY |
    grep -oE '(unit|flow|installed)/[a-z0-9_-]+|fuzz_[a-z]+' | sort -u); do
	case $name in
	unit/*) file=tests/unit/check_${name#unit/}.c ;;
	fuzz_*) file=tests/fuzz/$name.c ;;
	*) file=tests/$name.t ;;
	esac
	[ -f "$file" ] && continue
	echo "src/SECURITY: there is no $file"
	bad=1
done
exit $bad
