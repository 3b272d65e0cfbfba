# In the sandbox a session still does all that it has to; a relay that takes no
# mail is left for the next one by another process.
relay <<'EOS'
on connect
	say 554 5.3.2 not today
EOS
cat >"$W/team" <<EOS
one@example.com
two@example.com
EOS
echo "team: :include:$W/team" >"$W/aliases"
config <<EOS
relay = { "127.0.0.1:1", "$RELAY", "localhost:${RELAY##*:}" }
helo = "web1.example.com"
sender = "web1@example.com"
aliases = "$W/aliases"
sandbox = "yes"
EOS
run sendmail -i team <<'EOS'
Subject: hi

body
EOS
exits 0
is_silent
arrived 1
envelope 1 <<'EOS'
from <web1@example.com>*
to <one@example.com>*
to <two@example.com>*
over plain
bytes *
EOS
queued 0
logged "sandbox: "
logged "trying the next relay"

# What a later message of the same session needs is there as well.
relay --offer "PIPELINING,8BITMIME" <<'EOS'
EOS
config <<EOS
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
EOS
run sendmail -odq one@example.com <<'EOS'
plain
EOS
run sendmail -odq two@example.com <<'EOS'
To: two@bücher.example

the domain is not
EOS
run sendmail -odq three@bücher.example <<'EOS'
this one neither
EOS
run "$BUILD/minismtp-relay" --flush --config "$CONFIG" --spool "$SPOOL"
exits 0
arrived 3
queued 0
