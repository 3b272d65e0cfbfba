# What root sends is delivered by the user minismtp.
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -odq -t <<'END'
To: a@example.com
Subject: hi

body
END
exits 0
is_silent
queued 1
arrived 0
run sendmail -q
await 1
arrived 1
queued 0
