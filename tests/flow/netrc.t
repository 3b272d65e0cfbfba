# In personal use a password may be in ~/.netrc, for that host and that user.
relay --user web1 --password 'correct horse' <<'END'
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
END
cat >"$HOME/.netrc" <<'END'
machine relay.example login web1 password "battery staple"
machine 127.0.0.1 login other password "battery staple"
machine 127.0.0.1 login web1 password "correct horse"
END
run sendmail -i -odq a@example.com <<'END'
Subject: hi

body
END
exits 0
queued 1
chmod 644 "$HOME/.netrc"
run sendmail -q
exits 75
arrived 0
cat "$SPOOL"/cur/* >"$W/entry"
check "a file that others may read is not used" has "$W/entry" ".netrc"
chmod 600 "$HOME/.netrc"
run sendmail -q
exits 0
arrived 1
queued 0
