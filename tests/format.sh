#!/bin/sh
# SPDX-License-Identifier: ISC
# format.sh - the look of HACKING for these files, as far as a program has it
#
# clang-format before version 16 pulls comments behind the code up to it; so
# the tabs before them are put into the comment for that while.
command -v clang-format >/dev/null || { echo "there is no clang-format"; exit 1; }
tab=$(printf '\t')
new=$(mktemp) || exit 1
trap 'rm -f "$new"' EXIT
for file; do
	sed -e "s|\\([^$tab ].*\\)$tab/\\*\\( .*\\*/\\)\$|\\1 /*@\\2|" -e ":a" \
	    -e "s|$tab /\\*@| /*@@|; ta" "$file" |
	    clang-format --style=file --assume-filename="$file" |
	    sed -e ':a' -e "s| /\\*@|$tab /*|; ta" \
		-e "s|$tab /\\* |$tab/* |" >"$new" || exit 1
	cmp -s "$file" "$new" || cat "$new" >"$file"
done
