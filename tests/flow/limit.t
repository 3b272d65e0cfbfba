# A program that runs wild: what is too much is kept and sent in its turn.
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
limit = "2/m"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"
for n in 1 2 3 4; do
	run sendmail -i "a$n@example.com" <"$W/mail"
	exits 0
done
arrived 2
queued 2
run mailq
prints "more than limit allows"
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"
arrived 2
run sendmail -q
exits 0
arrived 4
queued 0
logged "has sent more than limit allows"
