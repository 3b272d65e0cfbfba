# A program may be the way to the relay; one that cannot run delays mail.
command -v python3 >/dev/null || skip "there is no python3"
relay <<'END'
END
cat >"$W/tunnel" <<END
#!$(command -v python3)
import os, select, socket, sys
s = socket.create_connection(("127.0.0.1", sys.argv[1]))
assert sys.argv[2] == "two words; \$HOME"
ways = {0: s.fileno(), s.fileno(): 1}
while True:
    for fd in select.select(list(ways), [], [])[0]:
        data = os.read(fd, 65536)
        if not data:
            sys.exit(0)
        os.write(ways[fd], data)
END
chmod 755 "$W/tunnel"
config <<END
command = "$W/tunnel ${RELAY##*:} 'two words; \$HOME'"
helo = "web1.example.com"
sender = "web1@example.com"
END
chmod 600 "$CONFIG"
for n in 1 2; do
	run sendmail -i a@example.com <<-'END'
	Subject: hi

	body
	END
	exits 0
done
await 2
arrived 2
queued 0
sed -i 's,/tunnel,/nothing,' "$CONFIG"
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
queued 1
cat "$SPOOL"/cur/* >"$W/entry"
check "the reason is told" has "$W/entry" "nothing: No such file"

sed -i 's,/nothing,/tunnel,' "$CONFIG"
printf 'tls = off\nadmin = "ops@example.com"\n' >>"$CONFIG"
LC_ALL=C minismtp check >"$W/out" 2>&1
prints "The command $W/tunnel"
prints "ok tls          none, and none is needed"
prints "it takes mail for ops@example.com, and none was sent"
