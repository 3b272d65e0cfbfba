# A relay that can do nothing but RFC 821 gets the same mail.
relay --offer '' <<'END'
on EHLO
	say 502 5.5.1 what is EHLO?
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -t <<'END'
To: a@example.com, b@example.com
Subject: hi

.
..two
END
exits 0
wire <<'END'
< 220 localhost ESMTP
> EHLO web1.example.com
< 502 5.5.1 what is EHLO?
> HELO web1.example.com
< 250 localhost
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
> QUIT
< 221 2.0.0 Bye
END
tr -d '\r' <"$RECORD/msg.1" | sed '1,/^$/d' >"$W/body"
check "dots arrive as they were" same "$W/body" /dev/stdin <<'END'
.
..two
END
queued 0
