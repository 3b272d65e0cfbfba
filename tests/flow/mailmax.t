# A relay that takes so many mails in a session and so many recipients in each
# (RFC 9422) gets them in as many sessions as that takes, at once.
relay --offer 'PIPELINING,CHUNKING,LIMITS RCPTMAX=2 MAILMAX=3' </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
# shellcheck disable=SC2046
run sendmail -i $(seq -f 'r%.0f@example.com' 20) <<'END'
Subject: hi

body
END
exits 0
is_silent
queued 0
arrived 10
stop
sed -n 's/^to <\(.*\)>.*/\1/p' "$RECORD"/env.* | sort >"$W/got"
seq -f 'r%.0f@example.com' 20 | sort >"$W/all"
check "everybody has it once" same "$W/got" "$W/all"
check "in four sessions" test -e "$RECORD/wire.4" -a ! -e "$RECORD/wire.5"
check "each is in the log once" test "$(grep -c 'status=sent' \
    "$RECORD/log")" -eq "$([ -n "$PRIVATE" ] && echo 20 || echo 0)"
not_logged "status=deferred"

# Who has been put off by the relay itself is not asked again at once, and those
# behind him wait with him: no message goes in circles.
relay --offer 'PIPELINING,CHUNKING,LIMITS RCPTMAX=2 MAILMAX=1' <<'END'
always
on RCPT TO:<r3@
	say 550 5.1.1 nobody here
on RCPT TO:<r4@
	say 450 4.2.1 later
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
rm -f "$RECORD"/msg.* "$RECORD"/env.* "$RECORD"/wire.*
# shellcheck disable=SC2046
run sendmail -i $(seq -f 'r%.0f@example.com' 7) <<'END'
Subject: hi

body
END
says "r3@example.com"
queued 1
run mailq
prints "450 4.2.1 later"
stop
check "two sessions" test -e "$RECORD/wire.2" -a ! -e "$RECORD/wire.3"
arrived 1
