# The caller never hangs on the network.
relay <<'END'
stall
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
patience = 1s
END
before=$(date +%s)
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
check "after its patience" test $(($(date +%s) - before)) -ge 1
check "within its patience" test $(($(date +%s) - before)) -le 5
check "and the relay has been asked" test -e "$RECORD/wire.1"
queued 1
not_logged "the mail waits"
