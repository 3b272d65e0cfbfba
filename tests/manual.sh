#!/bin/sh
# SPDX-License-Identifier: ISC
# manual.sh - the man pages are well-formed, and every key is in one
#
# What there is comes from the tables that the parsers read.  The options of
# sendmail have a test of their own (options.sh).
cd "${srcdir:-.}" || exit 1
command -v mandoc >/dev/null || { echo "there is no mandoc"; exit 77; }
bad=0

for page in man/*.[1-8]; do
	# a page that only names another one
	link=$(sed -n 's/^\.so man[1-8]\///p' "$page")
	if [ -n "$link" ]; then
		[ -f "man/$link" ] || { echo "$page: no man/$link"; bad=1; }
		continue
	fi
	mandoc -T lint -W warning "$page" || bad=1
	grep -q '^\.Sh EXAMPLES' "$page" ||
	    { echo "$page: no EXAMPLES"; bad=1; }
	case $page in *.8) grep -q '^\.Sh EXIT STATUS' "$page" ||
	    { echo "$page: no EXIT STATUS"; bad=1; } ;; esac
done

# Every word of standard input must be in the page.
in_page() {
	if [ ! -f "man/$1" ]; then
		echo "man/$1 is not there"
		return
	fi
	text=$(mandoc -T ascii "man/$1" | sed "s/.$(printf '\b')//g") || bad=1
	while read -r word; do
		printf '%s\n' "$text" | grep -qE -e \
		    "(^|[^[:alnum:]_-])$word([^[:alnum:]_-]|\$)" && continue
		echo "man/$1 does not know $word"
		bad=1
	done
}

in_page minismtp.conf.5 <<END
$(sed -n 's/^	{ "\([a-z_]*\)", KEY_.*/\1/p' src/config/keys.c | sort -u)
END
# (relay/setup*.c speak of the options of minismtp setup: verbs.sh.)
for program in drop relay; do
	in_page "minismtp-$program.8" <<-END
	$(ls src/$program/*.c | grep -v /setup | xargs \
	    sed -n 's/.*"\(--[a-z][a-z-]*\)".*/\1/p' | sort -u)
	END
done
exit $bad
