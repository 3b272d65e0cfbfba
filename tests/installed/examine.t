# "minismtp check" on a machine: what root is told, what the service sees, what
# a user may know; each fault has its own sentence and the line that mends it.
installed
. "$here/examine"
names
drop=$SBINDIR/minismtp-drop
cp /etc/passwd "$W/passwd"
cp /etc/group "$W/group"
cp -a "$SBINDIR" "$W/sbin"
printf 'root: ops@example.com\n' >"$W/aliases"
printf 'horse\n' >"$W/password"
relay --user web1 --password horse </dev/null

# All is well again.
healthy() {	# words
	setting="$1: "
	mode=
	cat "$W/passwd" >/etc/passwd
	cat "$W/group" >/etc/group
	rm -rf "$SBINDIR"
	cp -a "$W/sbin" "$SBINDIR"
	chown "$MAIL_USER:$MAIL_GROUP" "$SPOOL/new"
	chmod 2770 "$SPOOL/new"
	chown "root:$MAIL_GROUP" "$W/password"
	chmod 640 "$W/password"
	config <<-END
	relay = "$RELAY"
	helo = "web1.example.com"
	sender = "web1@example.com"
	aliases = "$W/aliases"
	user = "web1"
	password_file = "$W/password"
	END
}
who='' me=
examines() {
	LC_ALL=C $who minismtp check $me "$@" >"$W/out" 2>"$W/err"
	status=$?
}
wants() {	# what root can say
	check "$setting$1" marked ok "$1"
}

healthy "all is well"
"$SBINDIR/minismtp-relay"
finds ok setgid "$drop is setgid $MAIL_GROUP"
exits 0
for name in programs privileges group sendmail spool config secret sandbox \
    aliases root sender helo runner space clock waiting connect greeting \
    hello login mail rcpt; do
	wants "$name"
done
arrived 0
check "nothing is left behind" test "$(in_spool)" -eq 0

# Who talks to the relay is not root.
healthy "the service"
conf "password_command = \"$W/bin/whoami\""
sed -i /password_file/d "$CONFIG"
printf '#!/bin/sh\nid -un >>/tmp/minismtp-who.%s\necho horse\n' "$$" \
    >"$W/bin/whoami"
chmod 755 "$W/bin/whoami"
examines
wants login
check "asks for the password itself" \
    test "$(sort -u "/tmp/minismtp-who.$$")" = "$MAIL_USER"
rm -f "/tmp/minismtp-who.$$"

healthy "no setgid bit"
chmod 755 "$drop"
finds XX setgid "$drop is not setgid $MAIL_GROUP (mode 0755" \
    "chgrp $MAIL_GROUP $drop && chmod 2755 $drop"

healthy "setgid another group"
chgrp 60002 "$drop"
chmod 2755 "$drop"
finds XX setgid "group 60002" "chgrp $MAIL_GROUP $drop"

healthy "no drop"
rm "$drop"
finds XX programs "$drop: No such file" "make install"

healthy "a relay program that anybody can change"
chmod 777 "$SBINDIR/minismtp-relay"
finds XX programs "can be written by others than its owner (mode 0777)" \
    "chmod 755 $SBINDIR/minismtp-relay"

healthy "a program of somebody else's"
chown 60002 "$SBINDIR/minismtp-relay"
finds XX programs "belongs to user 60002, who could exchange it" \
    "chown root $SBINDIR/minismtp-relay"

healthy "a setuid program"
chmod 4755 "$SBINDIR/minismtp-relay"
finds XX programs "has rights that it must not have (mode 4755)" \
    "chmod u-s,g-s $SBINDIR/minismtp-relay"

healthy "no sendmail"
rm "$SBINDIR/sendmail"
finds XX sendmail "nothing that sends mail will find us" \
    "ln -sf $BINDIR/minismtp $SBINDIR/sendmail"

healthy "another sendmail"
ln -sf /bin/cat "$SBINDIR/sendmail"
finds !! sendmail "mail goes past us" "ln -sf $BINDIR/minismtp"

healthy "somebody in the group"
sed "s/^$MAIL_GROUP:.*/&caller/" "$W/group" >/etc/group
finds !! group "caller is in the group $MAIL_GROUP and can read all mail" \
    "gpasswd -d caller $MAIL_GROUP"

healthy "no user of the queue"
sed "/^$MAIL_USER:/d" "$W/passwd" >/etc/passwd
finds XX group "there is no user $MAIL_USER, who runs the queue" \
    "useradd -r -g $MAIL_GROUP"

healthy "a queue of root's"
chown root "$SPOOL/new"
finds XX spool "$SPOOL/new belongs to user 0" "chown $MAIL_USER $SPOOL/new"

healthy "a queue that users cannot write to"
chmod 750 "$SPOOL/new"
finds XX spool "$SPOOL/new has mode 2750, and needs 2770" \
    "chmod 2770 $SPOOL/new"

healthy "a configuration that the service cannot read"
chgrp root "$CONFIG"
finds XX config "$CONFIG cannot be read by the service" \
    "chgrp $MAIL_GROUP $CONFIG && chmod 640 $CONFIG"

healthy "a password that only the service can read"
chown "$MAIL_USER" "$W/password"
chmod 600 "$W/password"
finds !! secret "what users send waits for the service" \
    "chown root:$MAIL_GROUP $W/password && chmod 640 $W/password"

# -- as a user

healthy "a user"
who=as_caller
finds ok setgid "$drop is setgid"
exits 0
check "he is told that there is more" \
    test "$(grep -c '^  -- ' "$W/out")" -ge 2
finds -- config "$CONFIG is closed to you, and need not be open" \
    "sudo minismtp check"
finds -- spool "$SPOOL is closed to you, as it should be" \
    "sudo minismtp check"
check "and no secret" has_not "$W/out" "horse"
examines --json
if command -v python3 >/dev/null; then
	check "a partial answer is JSON as well" python3 -c '
import json, sys
all = json.load(open(sys.argv[1]))
assert all["status"] == 0, all
assert any(c["state"] == "unknown" for c in all["checks"]), all
' "$W/out"
else
	leave_out "a partial answer is JSON as well" "there is no python3"
fi

healthy "a user without privileges"
mount -t tmpfs -o mode=755 none /run 2>/dev/null
who="as_caller setpriv --no-new-privs"
finds XX privileges "no_new_privs is set here" \
    "systemctl enable --now minismtp-drop.socket"

healthy "a message from a user"
who=as_caller
examines --send bob@example.com
about_check send >"$W/about"
check "it arrives" marked ok send
arrived 1
