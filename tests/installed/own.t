# A user may stop or kill the relay that runs as him, and hurts only his own
# mail; what is committed he can neither read nor change, though the file is
# his.
installed
relay <<'END'
on RCPT TO:<slow@
	stall 60
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"

# The processes of the caller that have this name.
named() {
	for dir in /proc/[0-9]*; do
		grep -q '^Uid:[[:blank:]]*60002[[:blank:]]' "$dir/status" &&
		    grep -q "^Name:[[:blank:]]*$1\$" "$dir/status" &&
		    echo "${dir#/proc/}"
	done 2>/dev/null
}

await_named() {	# name, how many
	tries=0
	while [ "$(named "$1" | wc -l)" -ne "$2" ] && [ "$tries" -lt 100 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	named "$1"
}

run as_caller sendmail -odb -i slow@example.com <"$W/mail"
exits 0
queued 1
tries=0
while ! grep -qs 'RCPT TO:<slow' "$RECORD"/wire.1 && [ "$tries" -lt 100 ]; do
	sleep 0.05
	tries=$((tries + 1))
done
pids=$(await_named minismtp-relay 2)	# the run and its courier
check "the relay runs as the caller" test -n "$pids"
mine=$(find "$SPOOL/new" "$SPOOL/cur" -type f)
check "the file is his" test "$(stat -c %u "$mine")" = 60002
cp -p "$mine" "$W/before"

refused() {	# words, command ...
	what=$1
	shift
	run as_caller "$@"
	check "he cannot $what" test "$status" -ne 0
}
refused "read it" cat "$mine"
refused "see it" ls "${mine%/*}"
refused "change it" sh -c 'echo x >>"$1"' sh "$mine"
refused "change its mode" chmod 666 "$mine"
refused "remove it" rm -f "$mine"
refused "link it" ln "$mine" "$W/home.caller/mine"
refused "put one there" cp "$W/mail" "$SPOOL/new/"
for pid in $pids; do
	refused "look at what $pid has open" sh -c 'ls -l "/proc/$1/fd/" >/dev/null
	    cat "/proc/$1/fd/"* && [ -n "$(ls "/proc/$1/fd/")" ]' sh "$pid"
	refused "read the memory of $pid" \
	    head -c 1 "/proc/$pid/mem"
	refused "see its environment" cat "/proc/$pid/environ"
	refused "see its map" grep -q . "/proc/$pid/maps"
	if command -v strace >/dev/null; then
		refused "trace $pid" timeout 5 strace -p "$pid"
	fi
done
check "it is as it was" cmp "$mine" "$W/before"

# Stopped: his mail waits, and others' goes.
run as_caller sh -c 'kill -STOP "$@"' sh $pids
exits 0
run sendmail -i other@example.com <"$W/mail"
exits 0
await 1
arrived 1
run as_caller sendmail -i mine@example.com <"$W/mail"
exits 0
await 2
arrived 2
run timeout 20 mailq
exits 0
prints "slow@example.com"

# Killed: his mail is in the queue, and the next run takes it.
run as_caller sh -c 'kill -KILL "$@"' sh $pids
exits 0
queued 1
relay </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
rm -f "$SPOOL"/state/*
run timeout 60 "$SBINDIR/minismtp-relay" --flush
exits 0
queued 0
check "it has arrived" grep -rqi '^to <slow@example.com>' "$RECORD"
# And the drop, in the middle of a submission: then there is none.
mkfifo "$W/in"
as_caller "$SBINDIR/minismtp-drop" put <"$W/in" >"$W/answer" 2>/dev/null &
exec 4>"$W/in"
printf 'rcpt 13:a@example.com\ndata 4:half\n' >&4
waits=$(await_named minismtp-relay 1)
check "a relay waits for it" test -n "$waits"
pids=$(await_named minismtp-drop 1)
for signal in STOP CONT KILL; do
	run as_caller sh -c 'kill -$0 "$@"' $signal $pids
	exits 0
done
exec 4>&-
wait $! 2>/dev/null
check "nothing was said" nothing_in "$W/answer"
check "and the relay has gone" test -z "$(await_named minismtp-relay 0)"
queued 0
