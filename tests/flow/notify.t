# What a service manager wants to hear from minismtp-relay --watch: that it is
# ready, that it is alive, also while a relay takes its time, and that it ends.
# SIGHUP makes it read the configuration again.
command -v python3 >/dev/null || skip "there is no python3"
relay <<'END'
once MAIL
	wait 1500
	default
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
cat >"$W/manager.py" <<'END'
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
s.settimeout(60)
while True:
    words = s.recv(4096).decode()
    n = len([x for x in os.listdir(sys.argv[2]) if x.startswith("msg.")])
    with open(sys.argv[3], "a") as f:
        f.write("%d %s\n" % (n, words))
    if words == "STOPPING=1":
        break
END
heard() {	# pattern
	tries=0
	while ! grep -q "$1" "$W/said" 2>/dev/null && [ "$tries" -lt 200 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	check "it says: $1" grep "$1" "$W/said"
}
python3 "$W/manager.py" "$W/notify" "$RECORD" "$W/said" &
manager=$!
tries=0
while [ ! -S "$W/notify" ] && [ "$tries" -lt 200 ]; do
	sleep 0.05
	tries=$((tries + 1))
done
sendmail -odq a@example.com </dev/null
NOTIFY_SOCKET=$W/notify WATCHDOG_USEC=400000 "$BUILD/minismtp-relay" --watch \
    --spool "$SPOOL" --config "$CONFIG" >"$W/watch" 2>&1 &
watch=$!
heard "READY=1"
await 1
check "alive while the relay takes its time" \
    grep -q "^0 WATCHDOG=1" "$W/said"
heard "^1 WATCHDOG=1"
echo "hold = yes" >>"$CONFIG"
kill -HUP "$watch"
sendmail -odq b@example.com </dev/null
tries=0
while ! ls "$SPOOL/cur" | grep -q ffffffffff && [ "$tries" -lt 200 ]; do
	sleep 0.05
	tries=$((tries + 1))
done
check "the new configuration holds" test -n "$(ls "$SPOOL/cur")"
kill "$watch"
wait "$watch"
check "it ends well" test $? -eq 0
heard "STOPPING=1"
wait "$manager"
arrived 1
