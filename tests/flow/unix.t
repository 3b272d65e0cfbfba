# The relay may be a socket in the file system.
relay --unix "$W/relay.sock"
config <<END
relay = "unix:$W/relay.sock"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
arrived 1
queued 0
