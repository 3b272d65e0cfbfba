# What has a wrong mode or owner is found by the program that depends on it, and
# named with the command that mends it.  Until then mail waits, and none is lost.
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"
DROP=$SBINDIR/minismtp-drop COURIER=$SBINDIR/minismtp-relay

# The command behind the last colon, or in brackets; it is done as it stands.
mend() {
	command=$(sed -n -e 's/.*(\(ch[a-z]* .*\)).*/\1/p; t' \
	    -e 's/.*: \(\(ch[a-z]*\|cd\|install\) .*\)$/\1/p' "$1" | head -n 1)
	check "it says how: $command" test -n "$command"
	(eval "$command") || check "that works" false
}

# -- what the drop, and so every sender, depends on
refuses() {	# words
	run as_caller sendmail -odq -i a@example.com <"$W/mail"
	exits 75
	says "$1"
	queued 0
	mend "$W/err"
	run as_caller sendmail -odq -i a@example.com <"$W/mail"
	exits 0
	is_silent
	queued 1
	run minismtp queue remove all
	queued 0
}

chmod 755 "$DROP"
refuses "$DROP is not setgid"
chmod 2775 "$DROP"
refuses "$DROP can be written by others"
chgrp daemon "$DROP" && chmod 2755 "$DROP"
refuses "setgid bit of another group than the queue's"
chgrp daemon "$SPOOL"
refuses "of another group than the queue's"
chmod 700 "$SPOOL"
refuses "spool $SPOOL: Permission denied"
chmod 777 "$SPOOL"
refuses "spool $SPOOL: everybody can write to it"
chown caller "$SPOOL"
refuses "spool $SPOOL: belongs to user 60002"
for dir in tmp new cur failed; do
	chmod 2777 "$SPOOL/$dir"
	refuses "spool $dir: is open to everybody"
	chown root:root "$SPOOL/$dir" && chmod 700 "$SPOOL/$dir"
	refuses "spool $SPOOL/$dir: Permission denied"
	rmdir "$SPOOL/$dir"
	refuses "spool $SPOOL/$dir: No such file or directory"
done
chown caller "$SPOOL/cur"
refuses "spool cur: has another owner or group than tmp"
# Root's drop becomes the owner of the queue, which must not be root.
(cd "$SPOOL" && chown root tmp new cur failed)
run sendmail -odq -i a@example.com <"$W/mail"
exits 75
says "spool $SPOOL: belongs to root"
mend "$W/err"
run sendmail -odq -i a@example.com <"$W/mail"
exits 0
run minismtp queue remove all
queued 0

# -- what the relay depends on: the mail is taken, and waits
waits() {	# words: the caller, or the log, has them
	run as_caller sendmail -i a@example.com <"$W/mail"
	exits 0
	queued 1
	arrived 0
	run timeout 20 "$COURIER" --verbose
	check "it says: $1" grep -qF -e "$1" "$W/err" "$W/out"
	mend "$W/err"
	run timeout 20 "$COURIER" --flush
	arrived 1
	queued 0
	rm -f "$RECORD"/msg.* "$RECORD"/env.*
}

chown caller "$CONFIG"
waits "$CONFIG belongs to uid 60002, who could change it"
chmod 666 "$CONFIG"
waits "$CONFIG can be written by everybody"
chmod 660 "$CONFIG"
waits "$CONFIG can be written by its group"
chmod 777 "$SYSCONFDIR"
waits "$CONFIG can be replaced by everybody"
printf 'user = "u"\npassword = "p"\ntls = off\n' >>"$CONFIG"
chmod 644 "$CONFIG"
run timeout 20 "$COURIER" --check
check "a password that everybody reads is a mistake" \
    grep -q 'everybody can read the password' "$W/err" "$W/out"
chmod 640 "$CONFIG"

# A program that the sender owns would run with the queue's group.
runs_none() {	# key, words
	cat >"$W/program" <<-END
	#!/bin/sh
	id >$W/ran/id
	echo battery
	END
	mkdir -p "$W/ran"
	chmod 777 "$W/ran"
	chmod 755 "$W/program"
	chown caller "$W/program"
	run as_caller sendmail -i a@example.com <"$W/mail"
	exits 0
	queued 1
	check "$1: it does not run" test ! -e "$W/ran/id"
	chmod 777 "$W/program"
	chown root "$W/program"
	run as_caller sendmail -i a@example.com <"$W/mail"
	exits 0
	check "$1: nor as everybody's" test ! -e "$W/ran/id"
	logged "$1 $W/program belongs to user 60002"
	logged "$1 $W/program can be written by others"
	run minismtp queue remove all
}
relay --user web1 --password battery
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password_command = "$W/program"
END
runs_none password_command
relay
config <<END
command = "$W/program"
helo = "web1.example.com"
sender = "web1@example.com"
END
runs_none command
relay

# Nobody starts a relay that somebody else can change; he would have the group.
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
starts_none() {	# words
	as_caller "$DROP" put <"$W/stream" >"$W/out" 2>"$W/err"
	check "it says: $1" has "$W/out" "$1"
	queued 1
	arrived 0
	mend "$W/out"
	run timeout 20 "$COURIER" --flush
	queued 0
	arrived 1
	rm -f "$RECORD"/msg.* "$RECORD"/env.*
}
mkfifo "$W/stream"
stream() { printf '%s\n' 'rcpt 13:a@example.com' 'data 13:Subject: hi

' 'end 0:' >"$W/stream" & }
stream
chmod 775 "$COURIER"
starts_none "$COURIER can be written by others"
stream
chown caller "$COURIER"
starts_none "$COURIER belongs to user 60002"
