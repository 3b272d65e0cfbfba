# What is wrong with the configuration and the queue: each fault has its own
# sentence and the line that mends it.
. "$here/examine"
names

offline "all is well"
finds ok config "is right"
exits 0

offline "no configuration"
rm "$CONFIG"
finds XX config "cannot open $CONFIG" "minismtp setup"

offline "a key with a typo"
conf 'sendre = "web1@example.com"'
finds XX config "there is no key 'sendre'; did you mean 'sender'?" \
    "\${EDITOR:-vi} +6 $CONFIG"

offline "a value that is none"
conf 'patience = "soon"'
finds XX config "patience" "\${EDITOR:-vi} +6 $CONFIG"

offline "no relay"
sed -i /^relay/d "$CONFIG"
finds XX config "no relay is said" "\${EDITOR:-vi} $CONFIG"

offline "a configuration that anybody can change"
chmod 666 "$CONFIG"
finds XX config "can be written by everybody" "chmod go-w $CONFIG"

offline "a password in a file that anybody can read"
conf 'user = "web1"'
conf 'password = "horse"'
chmod 644 "$CONFIG"
finds XX config "everybody can read the password in it" \
    "chmod o-rwx $CONFIG"

offline "a password file that anybody can read"
conf 'user = "web1"'
conf "password_file = \"$W/password\""
chmod 644 "$W/password"
finds XX secret "can be read or written by everybody" \
    "chmod o-rwx $W/password"

offline "no password file"
conf 'user = "web1"'
conf "password_file = \"$W/nosuch\""
finds XX secret "$W/nosuch: No such file" "(umask 027; \${EDITOR:-vi} $W/nosuch)"

offline "an empty password file"
conf 'user = "web1"'
conf "password_file = \"$W/password\""
: >"$W/password"
finds XX secret "its first line is empty" \
    "(umask 027; \${EDITOR:-vi} $W/password)"

offline "a password command that fails"
conf 'user = "web1"'
conf 'password_command = "false"'
finds XX secret "false" "false"

offline "a credential"
conf 'user = "web1"'
conf 'credential = "smtp"'
finds -- secret 'credential "smtp" is given to the service alone'

offline "no sandbox"
conf 'sandbox = no'
finds !! sandbox "sandbox = no" "sandbox = yes"

offline "an alias that is a program"
echo 'web: |/bin/sh' >>"$W/aliases"
finds XX aliases "no program is run for an alias" \
    "\${EDITOR:-vi} +2 $W/aliases"

offline "aliases in a circle"
printf 'a: b\nb: a\n' >>"$W/aliases"
finds XX aliases "run in a circle" "\${EDITOR:-vi} +2 $W/aliases"

offline "a directory for an alias file"
rm "$W/aliases"
mkdir "$W/aliases"
finds XX aliases "$W/aliases is a directory, not a file" "ls -l $W/aliases"
rmdir "$W/aliases"

offline "a password file of somebody else's"
if [ "$(id -u)" -eq 0 ]; then
	conf 'user = "web1"'
	conf "password_file = \"$W/password\""
	chown 60002 "$W/password"
	finds XX secret "belongs to user 60002, who could change it" \
	    "chown 0 $W/password"
	rm "$W/password"
else
	leave_out "a password file of somebody else's" "only root can make it"
fi

offline "mail for root that nobody reads"
: >"$W/aliases"
sed -i /^admin/d "$CONFIG"
finds !! root "goes to root@example.com: does anybody read that?" \
    'admin = "you@example.com"'

offline "a sender that is nobody outside"
conf 'sender = "web1@localhost"'
finds !! sender '"localhost" is no domain that a relay knows' \
    'sender = "you@example.com"'
conf 'user = "web1@example.org"'
finds !! sender '"localhost" is no domain that a relay knows' \
    'sender = "web1@example.org"'

offline "localhost for a name"
conf 'helo = "localhost"'
finds XX config "every machine is localhost" "\${EDITOR:-vi} +5 $CONFIG"

offline "half a name"
conf 'helo = "web1"'
finds !! helo 'we greet with "web1", which is no full name' 'helo = "'

# -- the queue

offline "a queue that is open to everybody"
chmod 777 "$SPOOL/new"
finds XX spool "$SPOOL/new is open to everybody (mode 0777)" \
    "chmod 0700 $SPOOL/new"

offline "a queue with a directory missing"
rmdir "$SPOOL/failed"
finds XX spool "$SPOOL/failed: No such file" "install -d -m 0700 $SPOOL/failed"

offline "a queue with a file for a directory"
rmdir "$SPOOL/cur"
: >"$SPOOL/cur"
finds XX spool "$SPOOL/cur is no directory" "mv $SPOOL/cur $SPOOL/cur.old"

offline "a queue without a memory"
rm -r "$SPOOL/state"
finds !! spool "$SPOOL/state: No such file" "install -d -m 0700 $SPOOL/state"

offline "a queue that nobody runs"
rm "$SPOOL/state/run"
finds !! runner "nobody runs the queue" ''

offline "a queue that nobody runs, and mail in it"
run sendmail -odq -i a@example.com <"$W/aliases"
rm "$SPOOL/state/run"
finds XX runner "nobody runs the queue" ''

offline "a timer that does not come"
mkdir -p "$HOME/.config/systemd/user/timers.target.wants"
: >"$HOME/.config/systemd/user/timers.target.wants/minismtp.timer"
printf 'by 3:run\ntime 10:1700000000\nuid 1:0\nleft 1:0\n' \
    >"$SPOOL/state/run"
finds !! runner "minismtp.timer should run the queue, but it was last run" \
    "systemctl"

offline "somebody who stays"
"$BUILD/minismtp-relay" --watch --config "$CONFIG" --spool "$SPOOL" &
watch=$!
tries=0
until grep -q watch "$SPOOL/state/run" || [ "$tries" -gt 100 ]; do
	sleep 0.05
	tries=$((tries + 1))
done
finds ok runner "minismtp-relay --watch is there; it was last run "
kill "$watch"
wait "$watch"
finds !! runner "nobody runs the queue"

offline "a clock in the past"
touch -d '+3 days' "$CONFIG"
finds XX clock "$CONFIG was written 3 days in the future" \
    "timedatectl set-ntp true"

# An ID of so many seconds ago: six letters for the second.
id_of() {
	awk -v t="$(($(date +%s) - $1))" 'BEGIN {
		d = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		for (i = 0; i < 6; i++) {
			s = substr(d, t % 62 + 1, 1) s
			t = int(t / 62)
		}
		print s "000000000"
	}'
}

offline "mail that waits"
run sendmail -odq -i a@example.com <"$W/aliases"
finds ok waiting "1 wait, the oldest for "
check "and nothing else is said" has_not "$W/about" "nothing waits"

offline "mail that waits for long"
run sendmail -odq -i a@example.com <"$W/aliases"
old=$(id_of 36000)
mv "$SPOOL"/new/* "$SPOOL/new/$old"
finds !! waiting "1 wait, the oldest ($old) for 10 h" \
    "minismtp queue retry $old"

offline "mail that will be given up soon"
run sendmail -odq -i a@example.com <"$W/aliases"
old=$(id_of 300000)
mv "$SPOOL"/new/* "$SPOOL/new/$old"
finds XX waiting "1 wait, the oldest ($old) for 3 days" \
    "minismtp queue show $old"

offline "mail that nobody could be told about"
run sendmail -odq -i a@example.com <"$W/aliases"
mv "$SPOOL"/new/* "$SPOOL/failed/"
finds !! waiting "1 could not be delivered, and nobody could be told" \
    "minismtp queue remove "

offline "junk in the queue"
: >"$SPOOL/failed/junk,$(id_of 1)"
finds !! waiting "none of ours" "ls -l $SPOOL/failed"

offline "a relay that failed a moment ago"
printf 'Subject: x\n\nx\n' | sendmail -i a@example.com 2>/dev/null
finds !! pause "127.0.0.1:1 is left alone for" "sendmail -q"
check "with the reason" has "$W/about" "Connection refused"

if [ -n "${PRIVATE:-}" ]; then
	offline "a full disk"
	mount -t tmpfs -o size=2m none "$SPOOL" &&
	    for name in tmp new cur failed state; do
		mkdir -m 700 "$SPOOL/$name"
	done
	chmod 700 "$SPOOL"
	head -c 2020000 /dev/zero >"$SPOOL/state/ballast"
	finds XX space "no mail is taken in" "du -xh $SPOOL | sort -h | tail"
	umount "$SPOOL"
else
	leave_out "a full disk" "no mount namespace of our own"
fi

# -- how it is told

offline "for programs"
conf 'sandbox = no'
conf 'sendre = "x"'
examines --json
exits 2
if command -v python3 >/dev/null; then
	check "it is JSON, and says what to mend" python3 -c '
import json, sys
all = json.load(open(sys.argv[1]))
assert all["status"] == 2, all
one = [c for c in all["checks"] if c["check"] == "config"][0]
assert one["state"] == "failure" and "sendre" in one["words"], one
assert one["mend"][0].startswith("${EDITOR:-vi} +"), one
for c in all["checks"]:
    assert c["state"] in ("ok", "unknown", "warning", "failure"), c
    assert sorted(c) == sorted(["check", "group", "state", "words",
        "details", "mend"]), c
' "$W/out"
else
	leave_out "it is JSON" "there is no python3"
fi

offline "for people"
LC_ALL=C.UTF-8 "$BUILD/minismtp-relay" --examine --offline \
    --config "$CONFIG" --spool "$SPOOL" >"$W/out"
prints "✓ config"
check "no colour where there is no terminal" has_not "$W/out" "$(printf '\033')"
if command -v script >/dev/null; then
	script -qec "env TERM=xterm LC_ALL=C.UTF-8 $BUILD/minismtp-relay \
	    --examine --offline --config $CONFIG --spool $SPOOL" \
	    /dev/null >"$W/out" 2>&1 </dev/null
	check "on a terminal there is" has "$W/out" "$(printf '\033')["
	script -qec "env TERM=xterm NO_COLOR=1 $BUILD/minismtp-relay \
	    --examine --offline --config $CONFIG --spool $SPOOL" \
	    /dev/null >"$W/out" 2>&1 </dev/null
	check "but not with NO_COLOR" has_not "$W/out" "$(printf '\033')["
else
	leave_out "colour on a terminal" "there is no script(1)"
fi
run env LC_ALL=C minismtp check --offline
exits 0
prints "ok config"
run minismtp check --offline --send a@example.com
exits 64
says "--send wants the network"
