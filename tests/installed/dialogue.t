# minismtp send at a terminal, where the configuration is the machine's: a user
# may not read it, and his mail goes through the queue; root has a session, which
# the queue's owner holds.
installed
command -v python3 >/dev/null || skip "there is no python3 to play a terminal"
unset VISUAL EDITOR LC_ALL LC_CTYPE LANG
TERM=dumb NO_COLOR=1
export TERM NO_COLOR PYTHONDONTWRITEBYTECODE=1
relay --user ann --password 'correct horse' <<'END'
always
on RCPT TO:<no@
	say 550 5.1.1 no such user
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "ann"
password = "correct horse"
END
cat >"$W/person" <<'END'
? Your e-mail:
no Host:
no Password:
! me@example.com
? Recipient e-mail:
! bob@example.com, no@example.com
? Carbon copy e-mails:
!
? BCC:
!
? Subject:
! s
? Enter your message:
! text
! .
? bob@example.com: sent: 250
? no@example.com: refused:
? Your e-mail:
! quit
END
(cat "$W/person"; echo '? Bye.') >"$W/user"
# Python may be somewhere where only root may look.
run python3 "$SRC/tests/flow/terminal.py" env HOME="$W/home.caller" \
    USER=caller LOGNAME=caller setpriv --reuid 60002 --regid 60002 \
    --clear-groups minismtp send <"$W/user"
exits 67
[ "$status" -eq 67 ] || explain "$W/out"
arrived 1

(echo '? The login is accepted.'; cat "$W/person"
echo '? QUIT: the session has ended: 221') >"$W/root"
run python3 "$SRC/tests/flow/terminal.py" minismtp send <"$W/root"
exits 67
[ "$status" -eq 67 ] || explain "$W/out"
arrived 2
queued 0

echo text >"$W/text"
run as_caller minismtp send --now bob@example.com <"$W/text"
exits 77
says "--now: $CONFIG: not for you"
run minismtp send --now bob@example.com <"$W/text"
exits 0
arrived 3
