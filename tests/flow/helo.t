# A relay of the old days: no EHLO, no extensions, no enhanced status codes.
relay <<'EOF'
on EHLO
	say 502 5.5.1 what?
on HELO
	say 250 old.example.com
EOF
config <<EOF
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
EOF
run sendmail -i -v a@example.com b@example.com <<'EOF'
From: web1@example.com
To: a@example.com
Subject: hi

.a dot, and 8 bits: ä
EOF
exits 0
arrived 1
says "> HELO web1.example.com"
says "> DATA"
check "nothing that an old relay does not know" has_not "$W/err" "SIZE="
check "nor 8-bit text" has_not "$RECORD/msg.1" "ä"
check "but the same text" has "$RECORD/msg.1" "=2Ea dot, and 8 bits: =C3=A4"
queued 0
