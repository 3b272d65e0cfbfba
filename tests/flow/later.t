# What the relay does not want now is kept, and goes out later.
relay <<'END'
once RCPT
	say 451 4.7.1 greylisted
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
arrived 0
queued 1
logged "greylisted"
