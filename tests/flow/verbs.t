# SPDX-License-Identifier: ISC
# Under the name minismtp the first word may be a verb, and everything explains
# itself; under sendmail it is a recipient.

run minismtp --help
exits 0
prints "usage: sendmail"
prints "  queue "
run minismtp help
exits 0
prints "  exit-codes "
run minismtp help exit codes
exits 0
prints "75     not now"
run minismtp help queue
exits 0
prints "after 4 hours"
prints "--recipient ADDRESS"
run minismtp help frobnicate
exits 64
says "minismtp: help: frobnicate: there is no help about that"
run minismtp help alaises
exits 64
says "(aliases?)"

for verb in config help queue version; do
	run minismtp $verb --help
	exits 0
	prints "usage: minismtp $verb"
	run minismtp $verb --frobnicate
	exits 64
	says "minismtp: $verb: --frobnicate: no such option"
	says "'minismtp $verb --help' says more."
done
for verb in check queue send; do
	run minismtp $verb --config ''
	exits 64
	says "minismtp: $verb: --config: it wants the name of a file"
done
run minismtp queue --joson
says "--joson: no such option (--json?)"
run minismtp queue lits
exits 64
says "lits: no such verb; did you mean list"
run minismtp qeue
exits 64
says "minismtp: qeue: no such command (queue?)"
config <<'END'
relay = "localhost:1"
END
run sendmail -odq queue </dev/null
exits 0
queued 1

run minismtp --version
exits 0
prints "minismtp "
for word in "libraries: GnuTLS " libconfuse libidn2 libgsasl DANE \
    "login: " SCRAM-SHA-256 "sandbox: " "queue: " "composing: libmagic " "configuration: "; do
	prints "$word"
done
cp "$W/out" "$W/first"
run minismtp version
check "the verb says the same" cmp "$W/first" "$W/out"
check "as the relay program does" \
    sh -c "grep -v '^composing' '$W/first' >'$W/relays' &&
        '$BUILD/minismtp-relay' --version | cmp - '$W/relays'"
cp "$BUILD/minismtp" "$W/alone"
run "$W/alone" --version
exits 0
prints "minismtp "

# A relay program of another version, and one that is broken.
mkdir "$W/other"
cp "$BUILD/minismtp" "$W/other"
printf '#!/bin/sh\necho minismtp 0.0\necho TLS: none\n' \
    >"$W/other/minismtp-relay"
chmod 755 "$W/other/minismtp-relay"
run "$W/other/minismtp" --version
exits 0
prints "minismtp-relay is minismtp 0.0"
prints "TLS: none"
printf '#!/bin/sh\nexit 1\n' >"$W/other/minismtp-relay"
run "$W/other/minismtp" --version
exits 0
prints "minismtp-relay: cannot be asked what it is built with"
prints "configuration: "
run sh -c "'$BUILD/minismtp' --version >/dev/full"
exits 75
