# The caller never hangs on the network.
relay <<'END'
stall
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
patience = 1
END
before=$(date +%s)
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
check "within its patience" test $(($(date +%s) - before)) -le 5
queued 1
not_logged "the mail waits"
