# make install makes a house to live in, make uninstall leaves no trace of it.
installed

is() {	# words, expected, command ...
	want=$2
	check "$1: $2" test "$(shift 2; "$@" 2>&1)" = "$want"
}

is "the drop" "2755 root:$MAIL_GROUP" stat -c '%a %U:%G' "$SBINDIR/minismtp-drop"
is "the queue" "710 root:$MAIL_GROUP" stat -c '%a %U:%G' "$SPOOL"
for state in tmp new cur failed state; do
	is "the queue's $state" "2770 $MAIL_USER:$MAIL_GROUP" \
	    stat -c '%a %U:%G' "$SPOOL/$state"
done
is "the configuration" "640 root:$MAIL_GROUP" stat -c '%a %U:%G' "$CONFIG"
for name in "$SBINDIR/sendmail" "$PREFIX/lib/sendmail" "$BINDIR/mailq" \
    "$BINDIR/newaliases"; do
	is "$name" "$BINDIR/minismtp" readlink -f "$name"
done

echo '# mine' >"$CONFIG"
run make -s -C "$BUILD" install
exits 0
is "a configuration that is there stays" "# mine" cat "$CONFIG"

# An upgrade while the queue is at work: what waits goes out, what comes is
# taken, and nothing is lost or sent twice.
relay <<'END'
always
on MAIL FROM:
	wait 50
	default
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"
for n in 1 2 3 4 5; do
	as_caller sendmail -odq -i "a$n@example.com" <"$W/mail"
done
setpriv --reuid "$MAIL_USER" --regid "$MAIL_GROUP" --clear-groups \
    "$SBINDIR/minismtp-relay" --watch >"$W/watch" 2>&1 &
watch=$!
await 1
run make -s -C "$BUILD" install
exits 0
for n in 6 7 8; do
	run as_caller sendmail -odq -i "a$n@example.com" <"$W/mail"
	exits 0
done
run make -s -C "$BUILD" install
exits 0
kill -HUP "$watch"
await 8
arrived 8
queued 0
kill "$watch"
wait "$watch"
check "the old relay ends well" test "$?" -eq 0
is "the drop is as it was" "2755 root:$MAIL_GROUP" \
    stat -c '%a %U:%G' "$SBINDIR/minismtp-drop"
check "each of them once" test "$(cat "$RECORD"/env.* | grep -c '^to ')" -eq 8

echo mail >"$SPOOL/new/0123456789"
run make -s -C "$BUILD" uninstall
check "with mail in the queue it refuses" test "$status" -ne 0
says "there is mail in $SPOOL"
check "and has not begun" test -x "$SBINDIR/minismtp-drop"

cp "$SRC/etc/minismtp.conf" "$CONFIG"
: >"$SPOOL/state/relay-0"
run make -s -C "$BUILD" uninstall FORCE=1
exits 0
find "$PREFIX" ! -type d >"$W/left"
check "and where it may, nothing is left" nothing_in "$W/left"
