# Personal use, from the build tree and with nothing installed: a file in
# ~/.config, a queue in ~/.local/state; XDG's variables move both.
unset XDG_CONFIG_HOME XDG_STATE_HOME
SPOOL=$HOME/.local/state/minismtp
CONFIG=$HOME/.config/minismtp/minismtp.conf
mkdir -p "${CONFIG%/*}"
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "home@example.com"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"
run sendmail -odq -i a@example.com <"$W/mail"
exits 0
is_silent
queued 1
run find "$SPOOL" ! -perm 0700 -type d
check "nobody else gets in" nothing_in "$W/out"
run find "$SPOOL" -type f ! -perm 0600
check "and the message is one's own" nothing_in "$W/out"
run mailq
prints "a@example.com"
run sendmail -q
exits 0
await 1
arrived 1
queued 0
run sendmail -i b@example.com <"$W/mail"
exits 0
arrived 2

# Elsewhere, by XDG's variables; one that is not absolute does not count.
mkdir -p "$W/x/minismtp" "$W/y"
sed 's/home@/xdg@/' "$CONFIG" >"$W/x/minismtp/minismtp.conf"
run env XDG_CONFIG_HOME="$W/x" XDG_STATE_HOME="$W/y" sendmail -i c@example.com \
    <"$W/mail"
exits 0
arrived 3
check "with that file" has "$RECORD/env.3" "from <xdg@example.com>"
check "and that queue" test -d "$W/y/minismtp/new"
cd "$W" || exit 1
run env XDG_CONFIG_HOME=x XDG_STATE_HOME=y sendmail -i d@example.com <"$W/mail"
exits 0
arrived 4
check "not from a relative one" has "$RECORD/env.4" "from <home@example.com>"
# Another file, whose directory does not matter; nor does the environment.
sed 's/home@/other@/' "$CONFIG" >"$W/other.conf"
run env XDG_STATE_HOME="$W/y" sendmail -C other.conf -i e@example.com <"$W/mail"
exits 0
arrived 5
check "another file" has "$RECORD/env.5" "from <other@example.com>"
run minismtp config
prints 'sender = "home@example.com"'
run minismtp config --check
exits 0
# A file that others can write is not obeyed.
chmod 666 "$W/other.conf"
run sendmail -C other.conf -i f@example.com <"$W/mail"
arrived 5
