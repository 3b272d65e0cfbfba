#!/bin/sh
# SPDX-License-Identifier: ISC
# libc-only.sh - the program with the setgid bit links nothing but libc
#
# Whatever it linked would run with its group.  (The sanitizers' libraries are
# ours for the day.)
command -v readelf >/dev/null || { echo "there is no readelf"; exit 77; }
[ -f minismtp-drop ] || { echo "there is no minismtp-drop yet"; exit 77; }
needed=$(LC_ALL=C readelf -d minismtp-drop |
    sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p') || exit 1
bad=0
for lib in $needed; do
	case $lib in
	libc.so.6 | libc.musl-* | libc.so) ;;
	libasan.so.* | libubsan.so.* | libm.so.6 | libgcc_s.so.1)
		case $needed in
		*san.so*) ;;
		*) echo "minismtp-drop links $lib"; bad=1 ;;
		esac ;;
	*) echo "minismtp-drop links $lib"; bad=1 ;;
	esac
done
exit $bad
