#!/bin/sh
# SPDX-License-Identifier: ISC
# verbs.sh - every verb, and each of its options, is in its man page
#
# What there is comes from the usage texts, which print the tables that the
# parser reads.
man=${srcdir:-.}/man/minismtp.1
minismtp=./minismtp
[ -x "$minismtp" ] || { echo "there is no minismtp yet"; exit 77; }
bad=0 verbs=0

say() {
	echo "$*"
	bad=1
}

# The lines of the page that are about a verb: ".Ss name" up to the next.
about() { sed -n "/^\.Ss $1\$/,/^\.S[hs] /p" "$man"; }

for verb in $("$minismtp" --help | sed -n '/^Under the name/,$s/^  \([a-z]*\) .*/\1/p')
do
	verbs=$((verbs + 1))
	[ -n "$(about "$verb")" ] || say "$man: no .Ss $verb"
	"$minismtp" "$verb" --help >/dev/null || say "$verb --help: $?"
	for option in $("$minismtp" "$verb" --help |
	    sed -n 's/^ *\(-[a-zA-Z0-9], \)\{0,1\}--\([a-z-]*\).*/\2/p')
	do
		[ "$option" != help ] || continue
		about "$verb" |
		    grep -Eq "^\.It .*Fl -$option( |\$)" ||
		    say "$man, $verb: no --$option"
	done
	for word in $("$minismtp" "$verb" --help |
	    sed -n '4,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
	do
		[ "$verb" != help ] || ! "$minismtp" "$word" --help \
		    >/dev/null 2>&1 || continue	# a verb has a section
		about "$verb" | grep -Eq "^\.It .*Cm $word( |\$)" ||
		    say "$man, $verb: no $word"
	done
done
[ "$verbs" -ge 4 ] || say "only $verbs verbs in --help"
exit $bad
