#!/bin/sh
# SPDX-License-Identifier: ISC
# network-hooks.sh - the hooks start a run when the network is up, else nothing
etc=${srcdir:-.}/etc/network
w=$(mktemp -d "${TMPDIR:-/tmp}/minismtp-hooks.XXXXXX") || exit 1
trap 'rm -rf "$w"' EXIT
printf '#!/bin/sh\necho "$@" >>%s/run\n' "$w" >"$w/relay"
chmod 755 "$w/relay"
export MINISMTP_RELAY="$w/relay"
bad=0

# try yes|no WORDS COMMAND...: did it start a run?
try() {
	want=$1 words=$2
	shift 2
	rm -f "$w/run"
	env "$@" || { echo "$words: it fails"; bad=1; }
	tries=0
	while [ ! -s "$w/run" ] && [ "$want" = yes ] && [ "$tries" -lt 50 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	got=no
	! grep -qx -e --flush "$w/run" 2>/dev/null || got=yes
	[ "$got" = "$want" ] || { echo "$words: $got"; bad=1; }
}

nm="sh $etc/50-minismtp"
up="sh $etc/minismtp"
try yes "an interface is up" $nm eth0 up
try yes "the world can be reached" CONNECTIVITY_STATE=FULL $nm '' \
    connectivity-change
try no "a portal wants a click" CONNECTIVITY_STATE=PORTAL $nm '' \
    connectivity-change
try no "an interface is down" $nm eth0 down
try no "nothing" $nm
try yes "ifup eth0" IFACE=eth0 MODE=start ADDRFAM=inet $up
try no "ifup lo" IFACE=lo MODE=start ADDRFAM=inet $up
try no "ifup of the group" IFACE=eth0 MODE=start ADDRFAM=meta $up
try no "ifdown eth0" IFACE=eth0 MODE=stop ADDRFAM=inet $up
MINISMTP_RELAY=$w/none
try no "no relay" $nm eth0 up
exit $bad
