# A connection that dies before the reply to the text costs nothing but time.
relay <<'END'
on .
	close
connection
on .
	reset
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
run sendmail -q
arrived 0
queued 1
run sendmail -q
await 1
arrived 1
queued 0
logged "may be delivered twice"
logged "status=deferred"
logged "status=sent"
