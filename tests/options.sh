#!/bin/sh
# SPDX-License-Identifier: ISC
# options.sh - every option that the program knows is in its man page
#
# The rows are those of --help, which prints the table that the parser reads.
man=${srcdir:-.}/man/minismtp.8
[ -x ./minismtp ] || { echo "there is no minismtp yet"; exit 77; }
./minismtp --help >options.$$ || exit 1
trap 'rm -f options.$$' EXIT
bad=0 count=0
while read -r option _; do
	case $option in
	--*) name=${option#-} ;;
	-*) name=${option#-}; name=${name%%[!a-zA-Z]*} ;;
	*) continue ;;
	esac
	# -obi|d is written "-od" in the table: two letters are the option
	case $option in
	-o?* | -b?*) name=$(printf %.2s "$name") ;;
	-[a-zA-Z]*) name=$(printf %.1s "$name") ;;
	esac
	count=$((count + 1))
	grep -Eq "^\.It .*Fl (-?[a-zA-Z]+ , Fl )*$name( |$)" "$man" ||
	    { echo "$man: no $option"; bad=1; }
done <options.$$
[ "$count" -gt 50 ] || { echo "only $count options in --help"; bad=1; }
exit $bad
