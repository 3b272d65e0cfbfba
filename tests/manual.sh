#!/bin/sh
# SPDX-License-Identifier: ISC
# manual.sh - the man pages are well-formed
cd "${srcdir:-.}" || exit 1
pages=$(ls man/*.[1-8] 2>/dev/null)
[ -n "$pages" ] || { echo "there are no man pages"; exit 77; }
command -v mandoc >/dev/null || { echo "there is no mandoc"; exit 77; }
bad=0
for page in $pages; do
	mandoc -T lint -W warning "$page" || bad=1
	for section in 'EXIT STATUS' EXAMPLES; do
		case $page in *.5) [ "$section" = EXAMPLES ] || continue ;; esac
		grep -q "^\.Sh $section" "$page" || grep -q '^\.so ' "$page" ||
		    { echo "$page: no section $section"; bad=1; }
	done
done
exit $bad
