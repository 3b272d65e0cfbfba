# SPDX-License-Identifier: ISC
# minismtp setup at a terminal: it asks for what it cannot find out, a wrong
# answer is asked again, and "quit" changes nothing, wherever it is said.
command -v python3 >/dev/null || skip "there is no python3 to play a terminal"
TERM=dumb
export TERM PYTHONDONTWRITEBYTECODE=1
at_terminal() {
	run python3 "$SRC/tests/flow/terminal.py" minismtp setup --personal "$@"
}
nothing_is_there() {
	ls -A "$W/config/minismtp" >"$W/left"
	check "nothing is written" nothing_in "$W/left"
}
relay --tls --user me@example.com --password 'correct horse'
CA=$RECORD/ca.pem

# -- quit at each prompt, and Ctrl-D
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" <<'END'
? Your e-mail address:
! quit
END
exits 75
prints "as you wish: nothing was changed"
nothing_is_there
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" <<'END'
? Your e-mail address:
! me@example.com
? Password:
! quit
END
exits 75
prints "nothing was changed"
nothing_is_there
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" <<'END'
? Your e-mail address:
! me@example.com
? Password:
^D
END
exits 75
nothing_is_there
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? Password:
! battery staple
? the relay refuses the login for me@example.com
? the relay refuses the login for me
? Login: [me@example.com]
! quit
END
exits 75
nothing_is_there
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? Password:
! battery staple
? Login: [me@example.com]
!
? Password:
! quit
END
exits 75
nothing_is_there
at_terminal --relay 127.0.0.1:1 --address me@example.com <<'END'
? 127.0.0.1:1
? no relay was found that way
? Relay of your provider (host, or host:port):
! quit
END
exits 75
nothing_is_there
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? Password:
^C
END
check "Ctrl-C is a signal" test "$status" -ne 0
nothing_is_there

# -- all of it: an address that is none, a relay that is not there, a password
#    that is wrong; then the test message.  What is typed is not on the screen.
at_terminal --relay 127.0.0.1:1 --tls implicit --tls-ca "$CA" <<END
? Your e-mail address:
! me
? an address is someone@example.com
? Your e-mail address:
! me@example.com
? no relay was found that way
? Relay of your provider
! a relay
? a relay is smtp.example.com
? Relay of your provider
! $RELAY
? trying $RELAY
? $RELAY answers (TLS1.
? Password:
! battery staple
? the relay refuses the login
? Login: [me@example.com]
!
? Password:
! correct horse
? logged in as me@example.com
? wrote $W/config/minismtp/minismtp.password
? wrote $CONFIG
? Send a test message to me@example.com? [yes]
!
? : sent
no battery
no correct
END
exits 0
arrived 1
check "the configuration is right" minismtp config --check
mode=$(stat -c %a "$CONFIG" "$W/config/minismtp/minismtp.password" | tr '\n' ' ')
check "only we can read it" test "$mode" = "600 600 "

# -- no thanks, and quit, are the same where all is done
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? Password:
! correct horse
? Send a test message
! no
END
exits 0
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? Password:
! correct horse
? Send a test message
! quit
END
exits 0
arrived 1

# -- --yes asks nothing, also at a terminal
at_terminal --yes --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? there is nobody to ask; say --password-file
END
exits 64

# -- colour, where it is wanted
TERM=xterm
escape=$(printf '\033')
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? Password:
! quit
END
check "there is colour" has "$W/out" "${escape}[32m"
NO_COLOR=1
export NO_COLOR
at_terminal --relay "$RELAY" --tls implicit --tls-ca "$CA" \
    --address me@example.com <<'END'
? Password:
! quit
END
check "there is none" has_not "$W/out" "$escape"

# -- a password where a token is wanted is forgotten when the token comes
relay --tls --user me@example.com --password 'correct horse' \
    --mechanisms XOAUTH2
printf 'battery staple\n' >"$W/password"
printf '#!/bin/sh\necho correct horse\n' >"$W/token"
chmod 600 "$W/password"
chmod 700 "$W/token"
at_terminal --provider outlook --relay "$RELAY" --tls implicit \
    --tls-ca "$CA" --address me@example.com --password-file "$W/password" <<END
? the relay refuses the login
? Login: [me@example.com]
!
? Command that prints an access token:
! $W/token
? logged in as me@example.com
? Send a test message
! no
END
exits 0
check "the command is in it" has "$CONFIG" "password_command ="
check "no file is" has_not "$CONFIG" "password_file ="
