# A relay that speaks LMTP says for each recipient whether he has it (RFC 2033).
relay --unix "$W/lmtp.sock" --offer PIPELINING,8BITMIME,ENHANCEDSTATUSCODES,DSN \
    </dev/null
config <<END
relay = "lmtp:unix:$W/lmtp.sock"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -i a@example.com b@example.com <<'END'
Subject: hi

body
END
exits 0
is_silent
wire <<'END'
< 220 localhost ESMTP
> LHLO web1.example.com
< 250-localhost
< 250-PIPELINING
< 250-8BITMIME
< 250-ENHANCEDSTATUSCODES
< 250 DSN
> MAIL FROM:<web1@example.com>
< 250 2.1.0 Ok
> RCPT TO:<a@example.com>
< 250 2.1.5 Ok
> RCPT TO:<b@example.com>
< 250 2.1.5 Ok
> DATA
< 354 go ahead, end with a dot
> ... (* bytes)
> .
< 250 2.0.0 Ok: queued as 1
< 250 2.0.0 Ok: he as well
> QUIT
< 221 2.0.0 Bye
END
arrived 1
queued 0
logged "to=<b@example.com>"
logged "he as well"

# Each has his own: one has it, one never gets it, one has to wait.  Who is
# refused before the text has no reply behind it.
relay <<'END'
on RCPT TO:<gone@
	say 550 5.1.1 nobody here
on .
	say 250 2.1.5 a has it
	say 552 5.2.2 b is full for good
	say 452 4.2.2 c is full for now
END
config <<END
relay = "lmtp:$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -i a@example.com b@example.com gone@example.com c@example.com \
    <<'END'
Subject: hi

body
END
check "it says that somebody has not got it" test "$status" -ne 0
says "<b@example.com> refused: 552 5.2.2 b is full for good"
says "<gone@example.com> refused: 550 5.1.1 nobody here"
check "nothing about the others" has_not "$W/err" "a@example.com"
queued 1
run mailq
prints "c@example.com"
check "who has it is not in the list" has_not "$W/out" "a@example.com"
prints "452 4.2.2 c is full for now"

# With BDAT it is the same.
relay --offer PIPELINING,CHUNKING <<'END'
on .
	say 250 2.1.5 a has it
	say 550 5.2.2 b never
END
config <<END
relay = "lmtp:$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
rm -rf "$SPOOL"
run sendmail -i a@example.com b@example.com <<'END'
Subject: hi

body
END
says "<b@example.com> refused: 550 5.2.2 b never"
queued 0

# A connection that is lost between the replies leaves those who have none.
relay <<'END'
on .
	say 250 2.1.5 a has it
	close
END
config <<END
relay = "lmtp:$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -i a@example.com b@example.com <<'END'
Subject: hi

body
END
exits 0
queued 1
run mailq
check "a has it" has_not "$W/out" "a@example.com"
prints "b@example.com"
logged "may be delivered twice"
