# An ordinary user sends through the setgid drop, and can read nothing of it.
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run as_caller cat "$CONFIG"
check "the configuration cannot be read" test "$status" -ne 0
run as_caller ls "$SPOOL/new"
check "nor can the queue" test "$status" -ne 0
printf 'To: a@example.com\nSubject: hi\n\nbody\n' >"$W/mail"
run as_caller sendmail -t <"$W/mail"
exits 0
is_silent
arrived 1
envelope 1 <<'END'
from <web1@example.com>*
to <a@example.com>
over plain
bytes *
END
queued 0
logged "status=sent"
