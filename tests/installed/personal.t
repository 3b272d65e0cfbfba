# Personal use where all is installed: the drop gives its group back before it
# looks at anything that its user chose, and so the relay does not have it.
installed
relay
config <<END
relay = "127.0.0.1:1"
helo = "web1.example.com"
sender = "system@example.com"
END
home=$W/home.caller
mkdir -p "$home/.config/minismtp"
cat >"$home/.config/minismtp/minismtp.conf" <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "own@example.com"
user = "u"
password_command = "id"
auth_without_tls = yes
END
chmod 600 "$home/.config/minismtp/minismtp.conf"
chown -R caller:caller "$home"
printf 'Subject: hi\n\nbody\n' >"$W/mail"
run as_caller sendmail -odq -i a@example.com <"$W/mail"
exits 0
is_silent
queued 0
own=$home/.local/state/minismtp
check "it is in the own queue" test -n "$(find "$own/new" -type f)"
run find "$own" ! -uid 60002 -o ! -gid 60002
check "all of it is the user's and his group's" nothing_in "$W/out"

# A program of the configuration has the user's rights and no more.
cat >"$home/who" <<END
#!/bin/sh
id >"$home/ids"
echo password
END
chmod 755 "$home/who"
chown caller:caller "$home/who"
sed -i "s|password_command.*|password_command = \"$home/who\"|" \
    "$home/.config/minismtp/minismtp.conf"
chown caller "$home/.config/minismtp/minismtp.conf"
relay --user u --password password </dev/null
sed -i "s|^relay.*|relay = \"$RELAY\"|" "$home/.config/minismtp/minismtp.conf"
chown caller "$home/.config/minismtp/minismtp.conf"
run as_caller sendmail -q
exits 0
await 1
check "it ran" test -s "$home/ids"
check "without the group of the queue" has_not "$home/ids" "$MAIL_GROUP"
# The machine's queue cannot be named.
run as_caller "$SBINDIR/minismtp-drop" --spool "$SPOOL" list </dev/null
check "with --spool the group is gone" test "$status" -ne 0
run as_caller "$SBINDIR/minismtp-drop" --spool "$SPOOL" \
    --config "$home/.config/minismtp/minismtp.conf" put </dev/null
check "nor to put something in" test "$status" -ne 0
