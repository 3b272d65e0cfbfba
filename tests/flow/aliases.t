# Of several who stand for one recipient, nobody gets the mail twice because
# another one has to wait.
relay <<'END'
once RCPT TO:<busy@
	say 451 4.7.1 come back later
END
printf 'root: a@example.com, busy@example.com, b@example.com\n' >"$W/aliases"
chmod 600 "$W/aliases"
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
aliases = "$W/aliases"
END
run sendmail -i root c@example.com <<'END'
Subject: hi

body
END
exits 0
arrived 1
envelope 1 <<'END'
from <web1@example.com>*
to <a@example.com>*
to <b@example.com>*
to <c@example.com>*
over plain
bytes *
END
queued 1
check "who has it is in the history" grep -q "^sent 13:a@example.com" \
    "$SPOOL"/cur/*
run sendmail -q
exits 0
arrived 2
envelope 2 <<'END'
from <web1@example.com>*
to <busy@example.com>*
over plain
bytes *
END
queued 0
