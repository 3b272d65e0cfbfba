# A user looks after his own mail in the queue and cannot touch others'.
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
printf 'Subject: hi\n\nsecret of root\n' >"$W/root"
printf 'Subject: hi\n\nbody\n' >"$W/mail"
run sendmail -odq -i a@example.com <"$W/root"
run as_caller sendmail -odq -i b@example.com <"$W/mail"
exits 0
queued 2
ROOTS=$(minismtp queue list --json --recipient a@example.com |
    sed 's/^{"id":"\([^"]*\)".*/\1/')
run as_caller minismtp queue list --json
prints '"address":"b@example.com"'
check "it lists the own message only" has_not "$W/out" "a@example.com"
for verb in show hold retry remove release; do
	run as_caller minismtp queue $verb "$ROOTS"
	exits 66
	says "$ROOTS: there is no such message"
done
check "it shows nothing" nothing_in "$W/out"
run as_caller minismtp queue remove all
exits 0
queued 1
run as_caller sendmail -odq -i c@example.com <"$W/mail"
run as_caller minismtp queue hold all
exits 0
run as_caller sendmail -q
exits 0
arrived 0
run as_caller minismtp queue release all
exits 0
await 1
arrived 1
queued 1
run as_caller sendmail -odq -i d@example.com <"$W/mail"
run as_caller sendmail -q
exits 0
await 2
arrived 2
queued 1
run minismtp queue show "$ROOTS"
prints "secret of root"
run minismtp queue remove all
queued 0
