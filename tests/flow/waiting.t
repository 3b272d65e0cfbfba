# Who waits, and for how long: -odq not at all, -odb not for the verdict,
# -odi to the end, whatever the configuration says about patience.
relay <<'EOF'
once RCPT
	wait 2500
	say 550 5.1.1 no such user
EOF
config <<EOF
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
patience = 1
EOF

run sendmail -i -odq a@example.com <<'EOF'
Subject: queued

body
EOF
exits 0
is_silent
arrived 0
queued 1
run sendmail -i -odi b@example.com <<'EOF'
Subject: waited for

body
EOF
exits 67
says "no such user"
queued 1
run sendmail -i -odb c@example.com <<'EOF'
Subject: in the background

body
EOF
exits 0
is_silent
await 1
envelope 1 <<'EOF'
from <web1@example.com>*
to <c@example.com>
over plain
bytes *
EOF
queued 1
run sendmail -q
exits 0
await 2
arrived 2
queued 0
