# A program that runs wild: what is too much is kept and sent in its turn.
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
limit = "2/m"
admin = "admin@example.com"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"
for n in 1 2 3 4; do
	run sendmail -i "a$n@example.com" <"$W/mail"
	exits 0
done
arrived 2
queued 3
run mailq
prints "more than limit allows"
# That is said once, and itself under no limit.
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"
await 3
arrived 3
check "the administrator hears of it" has "$RECORD/env.3" admin@example.com
check "in words" grep -q "sends more mail than" "$RECORD/msg.3"
check "that nothing answers" grep -qi "^Auto-Submitted: auto-generated" \
    "$RECORD/msg.3"
queued 2
run sendmail -q
exits 0
arrived 5
queued 0
logged "has sent more than limit allows"
