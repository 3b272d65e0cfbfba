#!/bin/sh
# SPDX-License-Identifier: ISC
# units.sh - the units in etc/ are well-formed and leave little exposed
#
# tests/real/apparmor.t looks at the profiles.
cd "${srcdir:-.}/etc" || exit 1
command -v systemd-analyze >/dev/null || {
	echo "there is no systemd-analyze"
	exit 77
}
most=20		# tenths: 2.0, of 10
bad=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/minismtp-units.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/bin" "$dir/user" "$dir/run"
for name in minismtp-drop minismtp-relay sendmail; do
	printf '#!/bin/sh\n' >"$dir/bin/$name"
	chmod 755 "$dir/bin/$name"
done

fill_in() {
	sed -e "s|@sbindir@|$dir/bin|g" -e 's|@sysconfdir@|/etc|g' \
	    -e 's|@spooldir@|/var/spool/minismtp|g' \
	    -e 's|@mail_user@|daemon|g' -e 's|@mail_group@|daemon|g' "$1"
}

verify() {	# system or user, units ...
	what=$1
	shift
	SYSTEMD_LOG_LEVEL=warning systemd-analyze --man=no --"$what" verify \
	    "$@" >"$dir/out" 2>&1 || bad=1
	# the rest is about the machine's own units
	grep -F minismtp "$dir/out" && bad=1
	return 0
}

for unit in systemd/minismtp*.* systemd/user/*; do
	fill_in "$unit" >"$dir/${unit#systemd/}"
done
cd "$dir" || exit 1
verify system minismtp.service minismtp.path minismtp.timer \
    minismtp-drop.socket minismtp-smtp.socket minismtp-drop@x.service \
    minismtp-smtp@x.service minismtp-failure@x.service
[ "$bad" -eq 0 ] || cat out
cd user || exit 1
XDG_RUNTIME_DIR=$dir/run verify user minismtp.service minismtp.path \
    minismtp.timer
cd ..
for unit in minismtp*.service; do
	# A filter that knows nothing of Landlock takes it away from us.
	grep -q '^SystemCallFilter=.*landlock_restrict_self' "$unit" || {
		echo "$unit: there is no Landlock in it"
		bad=1
	}
	systemd-analyze security --offline=true --threshold="$most" \
	    --no-pager "$dir/$unit" >out 2>&1 && {
		sed -n 's/.*Overall exposure level for //p' out
		continue
	}
	bad=1
	echo "$unit is exposed more than $most tenths:"
	grep '✗' out || cat out
	tail -n 1 out
done
exit $bad
