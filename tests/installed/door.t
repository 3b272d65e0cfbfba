# Where the setgid bit is void, mail goes in through the socket: with
# no_new_privs, in a user namespace, and as a user whom nobody knows.  Without
# the socket the front says what is missing.
command -v python3 >/dev/null || skip "there is no python3"
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
printf 'To: a@example.com\nSubject: hi\n\nbody\n' >"$W/mail"
mount -t tmpfs -o mode=755 none /run || skip "cannot have a /run of our own"
mkdir /run/minismtp

run as_caller setpriv --no-new-privs sendmail -t <"$W/mail"
exits 75
says "no_new_privs"
says "there is no socket"
queued 0

# Accept=yes: a drop for each connection, which is its input and output.
cat >"$W/accept" <<'END'
import os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind("/run/minismtp/drop.sock")
os.chmod("/run/minismtp/drop.sock", 0o666)
s.listen(8)
gid, uid = int(sys.argv[3]), int(sys.argv[2])
os.setgroups([gid]); os.setresgid(gid, gid, gid); os.setresuid(uid, uid, uid)
while True:
    c, _ = s.accept()
    if os.fork() == 0:
        os.dup2(c.fileno(), 0)
        os.dup2(c.fileno(), 1)
        os.execv(sys.argv[1], ["minismtp-drop", "put"])
    c.close()
END
python3 "$W/accept" "$SBINDIR/minismtp-drop" "$(id -u "$MAIL_USER")" \
    "$(stat -c %g "$SPOOL/new")" 2>"$W/accept.err" &
accept=$!
tries=0
while [ ! -S /run/minismtp/drop.sock ] && [ "$tries" -lt 100 ]; do
	sleep 0.05
	tries=$((tries + 1))
done

run as_caller setpriv --no-new-privs sendmail -t <"$W/mail"
exits 0
is_silent
await 1
arrived 1
run setpriv --reuid 54321 --regid 54321 --clear-groups --no-new-privs \
    sendmail -t <"$W/mail"
exits 0
await 2
arrived 2
if as_caller unshare -U true 2>/dev/null; then
	run as_caller unshare -U sendmail -t <"$W/mail"
	exits 0
	await 3
	arrived 3
else
	leave_out "in a user namespace" "there are none for users"
fi
queued 0

# Who submitted it is the kernel's word, not the service's.
run as_caller setpriv --no-new-privs sendmail -odq -t <"$W/mail"
exits 0
queued 1
check "the record has the caller's uid" \
    grep -rqa '^uid 5:60002' "$SPOOL/new" "$SPOOL/cur"
kill "$accept"
wait "$accept" 2>/dev/null
