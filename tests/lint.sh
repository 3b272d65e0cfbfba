#!/bin/sh
# SPDX-License-Identifier: ISC
# lint.sh - the house rules that a machine can check
#
# With --longest it also prints the longest functions and files: read that
# with a cup of tea, it decides nothing.
cd "${srcdir:-.}" || exit 1
bad=0
sources=$(find src tests -name '*.[ch]' | sort)

say() {
	printf '%s\n' "$*"
	bad=1
}

# A name that truncates, allocates on the stack, asks the locale, runs a shell
# or keeps a static buffer.  strchr(3) is fine for one byte but is used on sets
# with surprises at NUL; str.h has better.
banned='strchr|strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok'
banned="$banned|gets|atoi|atol|atof|system|popen|tmpnam|tempnam|mktemp"
banned="$banned|asctime|ctime|gmtime|localtime|alloca"
hits=$(grep -nE "(^|[^[:alnum:]_])($banned) *\(" $sources | grep -v '//') &&
    say "$hits
these calls are banned; HACKING says what to use instead"

# Columns as they are seen, with tabs of 8.
hits=$(awk '
function columns(s, i) {
	while (i = index(s, "\t"))
		s = substr(s, 1, i - 1) \
		    substr("        ", 1, 8 - (i - 1) % 8) substr(s, i + 1)
	return length(s)
}
columns($0) > 80 { print FILENAME ":" FNR ": more than 80 columns"; bad = 1 }
/[ \t\r]$/ { print FILENAME ":" FNR ": a trailing blank"; bad = 1 }
END { exit !bad }' $sources) && say "$hits"

hits=$(grep -nE '[[:blank:]]$' $(find man etc tests bootstrap README NEWS \
    HACKING Makefile.am configure.ac src/LAYERS src/README -type f \
    ! -path 'tests/fuzz/*' ! -path 'tests/real/clients/*' \
    ! -name '*.[ch]' 2>/dev/null)) &&
    say "$hits
these lines have trailing blanks"

# A header that is included first by its own .c file is complete in itself.
for c in src/*/*.c; do
	h=${c#src/} h=${h%.c}.h
	[ -f "src/$h" ] || continue
	[ "$(grep -m1 '^#include' "$c")" = "#include \"$h\"" ] ||
	    say "$c: the first include is not \"$h\""
done

for f in $sources; do
	case $(sed 1q "$f") in
	*SPDX-License-Identifier:*) ;;
	*) say "$f: the first line does not name the licence" ;;
	esac
done

srcdir=. sh tests/layers.sh || bad=1

if [ "$1" = --longest ]; then
	echo "the longest files:"
	wc -l src/*/*.[ch] | sort -rn | sed -n '2,11p'
	if command -v pmccabe >/dev/null; then
		echo "the longest functions (lines, complexity, where):"
		pmccabe src/*/*.c | sort -k5,5rn |
		    awk -F'\t' 'NR <= 10 { print $5 "\t" $1 "\t" $6 }'
	fi
fi
exit $bad
