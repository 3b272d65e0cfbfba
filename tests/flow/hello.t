# One message goes through the whole house.
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -t <<'END'
To: a@example.com
Subject: hi

body
.dot
END
exits 0
is_silent
wire <<'END'
< 220 localhost ESMTP
> EHLO web1.example.com
< 250-localhost
< 250-PIPELINING
< 250-SIZE 52428800
< 250-8BITMIME
< 250-ENHANCEDSTATUSCODES
< 250-DSN
< 250-CHUNKING
< 250 SMTPUTF8
> MAIL FROM:<web1@example.com> SIZE=*
< 250 2.1.0 Ok
> RCPT TO:<a@example.com>
< 250 2.1.5 Ok
> BDAT * LAST
> ... (* bytes)
< 250 2.0.0 Ok: queued as 1
> QUIT
< 221 2.0.0 Bye
END
check "in four flights: greeting, EHLO, the mail, QUIT" \
    grep -qx '1 4' "$RECORD/flights"
envelope 1 <<'END'
from <web1@example.com> SIZE=*
to <a@example.com>
over plain
bytes *
END
check "the message has a Date" grep -q '^Date: ' "$W/record/msg.1"
check "and a Message-ID" grep -q '^Message-ID: <.*@.*>' "$W/record/msg.1"
check "and a From" grep -q '^From: .*<*web1@example.com' "$W/record/msg.1"
queued 0
logged "to=<a@example.com>"
logged "status=sent"
logged "queued as 1"
