# One bad recipient takes no other down, and the caller hears of it.
relay <<'END'
on RCPT TO:<bob@
	say 550 5.1.1 no bob here
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -i a@example.com bob@example.com c@example.com <<'END'
Subject: hi

body
END
exits 67
says "bob@example.com"
says "no bob here"
arrived 1
envelope 1 <<'END'
from <web1@example.com>*
to <a@example.com>
to <c@example.com>
over plain
bytes *
END
queued 0
logged "to=<bob@example.com>"
logged "status=bounced"
