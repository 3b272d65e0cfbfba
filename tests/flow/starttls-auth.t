# STARTTLS, then AUTH; in the trace no secret and no text.
relay --starttls --user web1 --password 'correct horse'
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = "correct horse"
tls = "starttls"
tls_ca = "$RECORD/ca.pem"
END
run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
exits 0
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
< 250-SMTPUTF8
< 250 STARTTLS
> STARTTLS
< 220 2.0.0 go ahead
> EHLO web1.example.com
< 250-localhost
< 250-PIPELINING
< 250-SIZE 52428800
< 250-8BITMIME
< 250-ENHANCEDSTATUSCODES
< 250-DSN
< 250-CHUNKING
< 250-SMTPUTF8
< 250 AUTH PLAIN LOGIN
> AUTH PLAIN AHdlYjEAY29ycmVjdCBob3JzZQ==
< 235 2.7.0 welcome
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
envelope 1 <<'END'
from <web1@example.com> SIZE=*
to <a@example.com>
login web1
over TLS1.3
bytes *
END
says "> STARTTLS"
says "> ..."
says "< 235 2.7.0 welcome"
check "the password is not in the trace" has_not "$W/err" "AHdlYjEA"
check "the text is not in the trace" has_not "$W/err" "body"
queued 0
