#!/bin/sh
# SPDX-License-Identifier: ISC
# libc-only.sh - the front and the program with the setgid bit link only libc
#
# Whatever the latter linked would run with its group; and what the front linked
# would be mapped for each mail, be it needed or not.  The relay does without
# what most mails do not need.  (The sanitizers' libraries are ours for the
# day.)
command -v readelf >/dev/null || { echo "there is no readelf"; exit 77; }
[ -f minismtp-drop ] || { echo "there is no minismtp-drop yet"; exit 77; }

needed() {
	LC_ALL=C readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p'
}

bad=0
links() {	# program, library
	echo "$1 links $2"
	bad=1
}

for program in minismtp minismtp-drop; do
	libs=$(needed "$program") || exit 1
	for lib in $libs; do
		case $lib in
		libc.so.6 | libc.musl-* | libc.so) ;;
		libasan.so.* | libubsan.so.* | libm.so.6 | libgcc_s.so.1)
			case $libs in
			*san.so*) ;;
			*) links "$program" "$lib" ;;
			esac ;;
		libidn2.so.*)	# built with --disable-on-demand
			case $program in
			minismtp-drop) links "$program" "$lib" ;;
			esac
			! grep -q 'define IDN2_FILE' config.h ||
			    links "$program" "$lib" ;;
		*) links "$program" "$lib" ;;
		esac
	done
done
for lib in $(needed minismtp-relay); do
	case $lib in
	libgnutls.so.*) ! grep -q 'define GNUTLS_FILE' config.h ||
	    links minismtp-relay "$lib" ;;
	libgsasl.so.*) ! grep -q 'define GSASL_FILE' config.h ||
	    links minismtp-relay "$lib" ;;
	esac
done
exit $bad
