# A login that is refused is not tried again and again: the relay would lock
# the account.  It is said aloud, once, and a newer configuration is tried.
relay --user web1 --password 'correct horse' <<'END'
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = "battery staple"
END
for turn in 1 2 3; do
	run sendmail -i a@example.com <<-END
	Subject: hi $turn

	body
	END
	exits 0
done
queued 3
arrived 0
check "it was tried once" test ! -e "$RECORD/wire.2"
cat "$SPOOL"/state/relay-* >"$W/noted"
check "no secret is written down" has_not "$W/noted" battery
until=$(sed -n 's/^until [0-9]*://p' "$W/noted")
check "it waits for a quarter of an hour" \
    test "$((until - $(date +%s)))" -gt 880

config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = "correct horse"
END
run sendmail -i a@example.com <<-END
Subject: hi

body
END
exits 0
await 1
arrived 1
queued 3
run sendmail -q
exits 0
arrived 4
queued 0
logged 'mend "user" or the password'
stop
check "and only once" test "$(grep -c 'mend "user"' "$RECORD/log")" -le 1
