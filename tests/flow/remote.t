# A relay on another machine gets nothing without TLS where the configuration
# does not say so, and then that is said aloud.  The other machine is an address
# in a network of our own.
[ "$(id -u)" -eq 0 ] || skip "only root has networks of his own"
for tool in ip nsenter unshare; do
	command -v $tool >/dev/null || skip "there is no $tool"
done
unshare -n true 2>/dev/null || skip "no network of our own"
unshare -n sleep 90 &
holder=$!
trap 'kill $holder 2>/dev/null; stop' EXIT
tries=0
while [ "$(readlink "/proc/$holder/ns/net")" = \
    "$(readlink /proc/self/ns/net)" ] && [ "$((tries += 1))" -lt 100 ]; do
	sleep 0.05
done
inside() { nsenter -t "$holder" -n "$@"; }
{ inside ip link set lo up && inside ip address add 192.0.2.25 dev lo; } ||
    skip "no address of our own"
real=$BUILD
mkdir -p "$W/build/tests"
ln -s "$BUILD/minismtp-relay" "$W/build"
cat >"$W/build/tests/relay" <<END
#!/bin/sh
exec nsenter -t $holder -n "$real/tests/relay" "\$@"
END
chmod 755 "$W/build/tests/relay"
BUILD=$W/build

try() {	# further lines
	config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = "correct horse"
$1
END
	rm -rf "$SPOOL"
	run inside sendmail -i a@example.com <<'END'
Subject: hi

body
END
	exits 0
}

relay --address 192.0.2.25 --user web1 --password 'correct horse' </dev/null
try ""
queued 1
arrived 0
run mailq
prints "does not offer STARTTLS"
check "no password" has_not "$RECORD/wire.1" "> AUTH"

try "tls = off"
queued 1
arrived 0
run mailq
prints "auth_without_tls = yes"
check "no password without TLS" test ! -e "$RECORD/wire.2"

try "tls = off
auth_without_tls = yes"
arrived 1
queued 0
logged "everybody on the way can read this (tls = off)"

relay --address 192.0.2.25 --starttls --user web1 \
    --password 'correct horse' </dev/null
try "tls_ca = '$RECORD/ca.pem'"
queued 1
run mailq
prints "it is not for the address 192.0.2.25"

try "tls_ca = '$RECORD/ca.pem'
tls_verify = no"
queued 1
check "no password to whoever it is" has_not "$RECORD/wire.2" "> AUTH"
BUILD=$real
logged "the certificate is not verified"
