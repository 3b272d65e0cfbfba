# minismtp send at a terminal: it asks, connects, sends, and says QUIT.
command -v python3 >/dev/null || skip "there is no python3 to play a terminal"
unset VISUAL EDITOR LC_ALL LC_CTYPE LANG
TERM=dumb NO_COLOR=1
export TERM NO_COLOR PYTHONDONTWRITEBYTECODE=1

# What a person does; what he sees is in $W/out.
at_terminal() { run python3 "$SRC/tests/flow/terminal.py" "$@"; }

use() { host=${RELAY%:*} port=${RELAY##*:}; }

# -- nothing is configured: everything is asked, in that order
relay --user ann --password 'correct horse' <<'END'
always
on RCPT TO:<bob@
	say 550 5.1.1 no bob here
END
use
at_terminal minismtp send <<END
? Host:
! not a host
? that is no host
? Host:
! $host
? Port:
! 99999
? a port is a number from 1 to 65535
? Port:
! $port
? Login:
! ann
? Password:
! correct horse
? Connected to
? The login is accepted.
no correct horse
? Your e-mail:
! nonsense@@
? bad address
? Your e-mail:
! Ann <ann@example.com>
? Recipient e-mail:
!
? it is needed
? Recipient e-mail:
! c@example.com, bob@example.com
? Carbon copy e-mails:
! d@example.com
? BCC:
! e@example.com
? Subject:
! Good morning
? Enter your message:
! Hello,
!
! quit is a word like others
! quit
! .
? c@example.com: sent: 250 2.0.0 Ok
? bob@example.com: refused:
? no bob here
? d@example.com: sent: 250 2.0.0 Ok
? e@example.com: sent: 250 2.0.0 Ok
? Another message, or quit.
? Your e-mail: [Ann <ann@example.com>]
!
? Recipient e-mail:
! c@example.com
? Carbon copy e-mails:
!
? BCC:
!
? Subject:
!
? Enter your message:
! Again.
^D
? c@example.com: sent: 250 2.0.0 Ok
? Another message
? Your e-mail:
! quit
? QUIT: the session has ended: 221 2.0.0 Bye
END
exits 67
arrived 2
wire <<'END'
< 220 localhost ESMTP
> EHLO *
< 250-localhost
< 250-PIPELINING
< 250-SIZE 52428800
< 250-8BITMIME
< 250-ENHANCEDSTATUSCODES
< 250-DSN
< 250-CHUNKING
< 250-SMTPUTF8
< 250 AUTH *
> AUTH PLAIN *
< 235 2.7.0 welcome
> MAIL FROM:<ann@example.com> SIZE=*
< 250 2.1.0 Ok
> RCPT TO:<c@example.com>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.com>
< 550 5.1.1 no bob here
> RCPT TO:<d@example.com>
< 250 2.1.5 Ok
> RCPT TO:<e@example.com>
< 250 2.1.5 Ok
> BDAT * LAST
> ... (* bytes)
< 250 2.0.0 Ok: queued as 1
> MAIL FROM:<ann@example.com> SIZE=*
< 250 2.1.0 Ok
> RCPT TO:<c@example.com>
< 250 2.1.5 Ok
> BDAT * LAST
> ... (* bytes)
< 250 2.0.0 Ok: queued as 2
> QUIT
< 221 2.0.0 Bye
END
check "the message is as it was typed" sh -c '
tr -d "\r" <"$1" >"$2"
cat "$2"
[ "$(sed "1,/^\$/d" "$2")" = "Hello,

quit is a word like others
quit" ] &&
grep -qx "From: Ann <ann@example.com>" "$2" &&
grep -qx "To: c@example.com, bob@example.com" "$2" &&
grep -qx "Cc: d@example.com" "$2" &&
grep -qx "Subject: Good morning" "$2" && grep -q "^X-Mailer: minismtp/" "$2" &&
grep -qx "Auto-Submitted: no" "$2" &&
! grep -qi -e "^bcc" -e "e@example.com" "$2"' - "$RECORD/msg.1" "$W/message"
check "nothing is queued" test ! -e "$SPOOL"
logged "to=<bob@example.com>"
logged "status=bounced"

# -- a wrong password, and nobody there
relay --user ann --password 'correct horse' </dev/null
use
at_terminal minismtp send <<END
? Host:
! 127.0.0.1:1
? Login:
! ann
? Password:
! battery staple
? Connecting
? Failed:
? Connection refused
? Host:
! $RELAY
? Connecting
? Failed:
? user name or password is wrong
? Login:
! ann
? Password:
! correct horse
? The login is accepted.
no battery staple
no correct horse
? Your e-mail:
^D
? QUIT: the session has ended: 221
END
exits 0
[ "$status" -eq 0 ] || explain "$W/out"
arrived 2
check "each login had a session of its own" test -e "$RECORD/wire.2"

# -- quit at each prompt
asked() {	# as many answers as there are prompts before it
	cat <<END
? Host:
! $host
? Port:
! $port
? Login:
! ann
? Password:
! correct horse
? Your e-mail:
! ann@example.com
? Recipient e-mail:
! c@example.com
? Carbon copy e-mails:
!
? BCC:
!
? Subject:
! s
? Enter your message:
!
END
}
for answers in 0 1 2 3 4 5 6 7 8 9; do
	asked | awk -v n="$answers" '
	NR <= 2 * n { print; next }
	NR == 2 * n + 1 { print; print "! quit"; exit }' >"$W/person"
	if [ "$answers" -lt 4 ]; then
		echo '? Bye.'
	else
		echo '? QUIT: the session has ended: 221'
	fi >>"$W/person"
	at_terminal minismtp send <"$W/person"
	check "quit behind $answers answers" test "$status" -eq 0
	[ "$status" -eq 0 ] || explain "$W/out"
done
arrived 2

# -- what is configured or said is not asked
rm -f "$RECORD/flights"
relay --user ann --password 'correct horse' <<'END'
once .
	say 250 2.0.0 taken
	close
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
user = "ann"
END
at_terminal minismtp send --from ann@example.com --cc '' --ask <<END
? Host:
! quit
? Bye.
END
exits 0
at_terminal minismtp send --from ann@example.com <<END
? Password:
! correct horse
? The login is accepted.
? Recipient e-mail:
no Host:
no Login:
no Your e-mail:
! bob@example.com
? Carbon
!
? BCC:
!
? Subject:
! one
? Enter your message:
! one
! .
? bob@example.com: sent: 250 2.0.0 taken
until grep -q "^1 " "$RECORD/flights"
? Your e-mail:
! ann@example.com
? Recipient e-mail:
! bob@example.com
? Carbon
!
? BCC:
!
? Subject:
! two
? Enter your message:
! two
! .
? bob@example.com: sent: 250
? e-mail:
! quit
? QUIT
END
exits 0
check "a session that the relay has ended is opened again" sh -c '
[ -e "$1/wire.2" ] && ! grep -q QUIT "$1/wire.1"' - "$RECORD"

config <<END
relay = "$RELAY"
helo = "web1.example.com"
user = "ann"
password = "battery staple"
END
at_terminal minismtp send <<'END'
? user name or password is wrong
no Host:
END
exits 77

rm -f "$RECORD/flights"
# -- under TLS, with what the configuration says beside host and login
for way in --starttls --tls; do
	relay "$way" --user ann --password 'correct horse' </dev/null
	use
	config <<-END
	relay = "127.0.0.1:1"
	helo = "web1.example.com"
	user = "nobody"
	password = "battery staple"
	tls = "$([ "$way" = --tls ] && echo implicit || echo starttls)"
	tls_ca = "$RECORD/ca.pem"
	END
	rm -f "$RECORD"/env.*
	at_terminal minismtp send --ask --from ann@example.com -s tls \
	    --cc c@example.com <<-END
	? Host:
	! localhost
	? Port:
	! $port
	? Login:
	! ann
	? Password:
	! correct horse
	? The login is accepted.
	? Recipient e-mail:
	! bob@example.com
	? BCC:
	!
	? Enter your message:
	! one
	! .
	? bob@example.com: sent: 250
	? Your e-mail:
	!
	? Recipient e-mail:
	! bob@example.com
	? Carbon
	!
	? BCC:
	!
	? Subject:
	!
	? Enter your message:
	! two
	! .
	? bob@example.com: sent: 250
	? Your e-mail:
	! quit
	? QUIT: the session has ended: 221
	END
	exits 0
	[ "$status" -eq 0 ] || explain "$W/out"
	check "$way: two messages in one session" sh -c '
	cat "$1"/env.*; [ "$(grep -h "^over TLS" "$1"/env.* | wc -l)" -eq 2 ] &&
	    [ "$(wc -l <"$1/flights")" -eq "$2" ]' - "$RECORD" 1
	rm -f "$RECORD/flights"
done

# -- with an editor of one's own
cat >"$W/ed" <<'END'
#!/bin/sh
echo "written in an editor" >"$2"
END
chmod +x "$W/ed"
relay </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
END
rm -f "$RECORD"/msg.*
EDITOR="$W/ed -x" at_terminal minismtp send bob@example.com <<'END'
? Subject:
! ed
? sent (
END
exits 0
check "what was written is sent" has "$RECORD/msg.1" "written in an editor"
EDITOR=false at_terminal minismtp send -s x bob@example.com <<'END'
? false has failed; nothing was sent
END
exits 65
arrived 1

# -- ^C in there is the editor's, which has it as it always had
cat >"$W/ed" <<'END'
#!/bin/sh
trap 'heard=yes' INT
kill -INT 0
echo "the editor lives: $heard" >"$1"
END
EDITOR="$W/ed" at_terminal minismtp send -s x bob@example.com <<'END'
? sent (
END
exits 0
arrived 2
check "^C in an editor ends nobody else" has "$RECORD/msg.2" \
    "the editor lives: yes"

# -- with an editor for lines, if libedit is there
rm -f "$RECORD"/msg.*
relay </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
END
subject=$(printf '\320\237\321\200\320\270\320\262\320\265\321\202')
LC_ALL=C.UTF-8 TERM=xterm at_terminal minismtp send --from ann@example.com \
    --body "$SRC/README" <<END
? Connected to
? Recipient e-mail:
! bob@example.com
? Carbon copy e-mails:
!
? BCC:
!
? Subject:
! $subject
? bob@example.com: sent:
? Your e-mail: [ann@example.com]
! quit
? QUIT: the session has ended: 221
END
exits 0
check "what the options say is not asked" has_not "$W/out" "Enter your"
check "letters are not lost" has "$RECORD/msg.1" \
    "Subject: =?utf-8?B?0J/RgNC40LLQtdGC?="

# -- what takes a while shows how far it is
cat >"$W/slow" <<'END'
#!/bin/sh
for i in 1 2 3 4 5 6 7; do
	echo "$i"
	sleep 0.2
done
END
chmod +x "$W/slow"
mkfifo "$W/fifo"
"$W/slow" >"$W/fifo" &
TERM=xterm at_terminal minismtp send --now --body "$W/fifo" bob@example.com \
    <<'END'
? reading
? B/s
END
exits 0

# -- and without a terminal
relay --user ann --password 'correct horse' <<'END'
always
on RCPT TO:<no@
	say 550 5.1.1 no such user
on RCPT TO:<later@
	say 451 4.2.0 come again
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "ann@example.com"
user = "ann"
password = "correct horse"
END
rm -f "$RECORD"/msg.*
cd "$W" && echo text >text
run minismtp send --ask bob@example.com <text
exits 64
says "--ask: there is no terminal"
run minismtp send --now -s now bob@example.com <text
exits 0
is_silent
arrived 1
run minismtp send --now --wait bob@example.com later@example.com <text
exits 75
prints "bob@example.com: sent: 250"
prints "later@example.com: not sent: "
is_silent
run minismtp send --now no@example.com <text
exits 67
says "no@example.com: refused: "
stop
run minismtp send --now bob@example.com <text
exits 75
says "Connection refused"
queued 0
