# deliver = queue: mail is left for the service, and the caller does not wait.
relay <<'END'
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
deliver = queue
END
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
is_silent
queued 1
arrived 0
run "$BUILD/minismtp-relay" --config "$CONFIG" --spool "$SPOOL"
exits 0
arrived 1
queued 0
run sendmail -odi a@example.com <<'END'
Subject: hi

body
END
exits 0
queued 1
run sendmail -q
exits 0
arrived 2
queued 0
