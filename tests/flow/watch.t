# minismtp-relay --watch: stays, delivers what comes and what is due, and ends
# when it is told to.
relay <<'EOF'
once MAIL
	say 451 4.3.0 not now
EOF
config <<EOF
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
retry = { "1s", "1s" }
EOF
run sendmail -i -odq a@example.com <<'EOF'
Subject: here before

body
EOF
exits 0
"$BUILD/minismtp-relay" --watch --spool "$SPOOL" --config "$CONFIG" \
    >"$W/watch" 2>&1 &
watch=$!
await 1
run sendmail -i -odq b@example.com <<'EOF'
Subject: comes later

body
EOF
exits 0
await 2
arrived 2
queued 0
run kill "$watch"
wait "$watch"
status=$?
exits 0
check "it has said nothing" nothing_in "$W/watch"
logged "status=deferred"
