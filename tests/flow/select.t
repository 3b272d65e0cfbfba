# -qR, -qS and -qI try what they select, and leave all else alone.
relay <<'END'
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
force_sender = no
sender = "web1@example.com"
END
for who in alice bob carol; do
	run sendmail -odq -f "$who@example.com" "to-$who@example.org" <<-END
	Subject: from $who

	body
	END
	exits 0
done
queued 3
run sendmail -qSALICE
exits 0
arrived 1
queued 2
check "it is hers" has "$RECORD/env.1" "alice@example.com"
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG" --flush -- X=1
exits 64
says "X=1: selects nothing"
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG" -- R=bob
exits 64
arrived 1
run sendmail '-q!Rto-bob'
exits 0
arrived 2
check "it is not his" has "$RECORD/env.2" "to-carol@example.org"
queued 1
run sendmail -qInosuch
exits 0
arrived 2
run sendmail -qSalice -qRto-bob
exits 0
arrived 2
run sendmail -qSbob -qRto-bob
exits 0
arrived 3
queued 0
