# What waits can be looked at, held, released, tried and thrown away.
relay <<'END'
on RCPT TO:<busy@
	say 451 4.7.1 come back later
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
send() { printf 'Subject: hi "%s"\n\nbody of %s\n' "$1" "$1" |
    sendmail -i "$@"; }

run minismtp queue
exits 0
prints "Mail queue is empty"
run mailq --json
is_silent
check "an empty queue is no JSON" nothing_in "$W/out"

send busy@example.com
send -odq a@example.com
run minismtp queue list --json
exits 0
prints '"recipients":[{"address":"busy@example.com","state":"waiting","code":451'
prints '451 4.7.1 come back later"'
check "each line is JSON" python3 -c '
import json, sys
jobs = [json.loads(line) for line in open(sys.argv[1])]
assert len(jobs) == 2, jobs
by = {j["recipients"][0]["address"]: j for j in jobs}
busy, new = by["busy@example.com"], by["a@example.com"]
assert busy["state"] == "cur" and busy["attempts"] == 1, busy
assert busy["next"] > busy["arrival"] > 0, busy
assert "come back later" in busy["reason"], busy
assert new["state"] == "new" and new["attempts"] == 0, new
assert new["sender"] is None and new["size"] > 20, new
' "$W/out"

id_of() { minismtp queue list --json --recipient "$1" |
    sed 's/^{"id":"\([^"]*\)".*/\1/'; }
A=$(id_of a@example.com) BUSY=$(id_of BUSY@example.com)

run minismtp queue show "$A"
exits 0
prints "body of -odq"
prints "a@example.com"

run minismtp queue hold "$A" "$BUSY"
exits 0
prints "$A: held"
run mailq
prints "$A!"
run minismtp queue retry "$A"
exits 69
says "it is held"
run minismtp queue flush
is_silent
run sendmail -q
exits 0
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"
arrived 0
queued 2

run minismtp queue release --recipient a@example.com
exits 0
prints "$A: released"
await 1
arrived 1
queued 1
run minismtp queue release "$A"
exits 66
says "there is no such message"
run minismtp queue remove
exits 64
says "which messages?"
run minismtp queue remove --older 1d
exits 0
queued 1
run minismtp queue remove --recipient @example.com
exits 0
prints "$BUSY: removed"
queued 0

printf 'Subject: kept\n\nx\n' >"$W/mail"
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
hold = yes
END
run sendmail -i b@example.com <"$W/mail"
exits 0
queued 1
run minismtp queue list
prints "!"
run minismtp queue release all
await 2
arrived 2
queued 0

run minismtp queue --check --warn 1 --crit 2
exits 0
prints "QUEUE OK - 0 waiting"
sendmail -odq -i b@example.com <"$W/mail"
run minismtp queue check --warn 1 --crit 2 --age 4h
exits 1
prints "|waiting=1;1;2;0 "
sendmail -odq -i b@example.com <"$W/mail"
run minismtp queue check --warn 1 --crit 2
exits 2
run minismtp queue check --age soon
exits 3
run minismtp queue frobnicate
exits 64
run sendmail -qRb@example
exits 0
arrived 2
run mailq
prints "!"
run minismtp queue release all
exits 0
await 4
arrived 4
queued 0
