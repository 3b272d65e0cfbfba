# What is wrong on the way to a relay, and with what it takes: each fault has
# its own sentence and the line that mends it.
. "$here/examine"
names

setup "all is well"
finds ok rcpt "it takes mail for ops@example.com, and none was sent"
check "all of it is well" has_not "$W/out" " XX "
[ -z "${PRIVATE:-}" ] || check "no warning either" has_not "$W/out" " !! "
about_check hello >"$W/about"
check "extensions are explained" has "$W/about" \
    "PIPELINING           many commands go in one flight"
about_check auth >"$W/about"
check "mechanisms are named" has "$W/about" \
    "it offers PLAIN LOGIN; we take PLAIN"
wire <<'END'
< 220 localhost ESMTP
> EHLO web1.example.com
< 250-localhost
< 250-PIPELINING
< 250-SIZE 52428800
< 250-8BITMIME
< 250-ENHANCEDSTATUSCODES
< 250-DSN
< 250-CHUNKING
< 250-SMTPUTF8
< 250 STARTTLS
> STARTTLS
< 220 2.0.0 go ahead
> EHLO web1.example.com
< 250-localhost
< 250-PIPELINING
< 250-SIZE 52428800
< 250-8BITMIME
< 250-ENHANCEDSTATUSCODES
< 250-DSN
< 250-CHUNKING
< 250-SMTPUTF8
< 250 AUTH PLAIN LOGIN
> AUTH PLAIN *
< 235 2.7.0 welcome
> MAIL FROM:<web1@example.com>
< 250 2.1.0 Ok
> RCPT TO:<ops@example.com>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
END
arrived 0
queued 0

setup "a port that is closed"
conf 'relay = "127.0.0.1:1"'
finds XX connect "Connection refused" 'relay = "127.0.0.1:'

if grep -q 00000000000000000000000000000001 /proc/net/if_inet6 2>/dev/null
then
	setup "a relay with IPv6" --six
	finds ok resolve "::1 is an address"
	finds ok connect "::1 "
else
	leave_out "a relay with IPv6" "there is no ::1"
fi

setup "a host that does not exist"
conf 'relay = "nosuch.invalid:25"'
finds XX resolve "nosuch.invalid" "getent ahosts nosuch.invalid"

setup "a domain without a relay"
conf 'relay = "srv:nosuch.invalid"'
examines
about_check resolve >"$W/about"
check "a domain without a relay: XX" marked XX resolve
check "a domain without a relay: its name" has "$W/about" "nosuch.invalid"

setup "a socket that is not there"
conf "relay = \"unix:$W/nosuch\""
finds XX connect "cannot reach $W/nosuch" "ls -l $W/nosuch"

setup "a command that is not there"
sed -i /^relay/d "$CONFIG"
conf "command = \"$W/nosuch\""
finds XX connect "command $W/nosuch: No such file" "ls -l $W/nosuch"

setup "a proxy that is closed"
conf 'proxy = "127.0.0.1:1"'
conf 'relay = "relay.example.com:587"'
finds XX connect "the proxy 127.0.0.1" 'proxy = ""'

setup "mail that is thrown away"
conf 'relay = "discard:"'
finds !! connect "discard: all mail is taken and thrown away" \
    'relay = "mail.example.com"'

setup "a relay that says nothing" <<'END'
stall 20
END
impatient
finds XX greeting "no answer in time" "tls = implicit"

setup "no relay at all behind the port" <<'END'
raw "HTTP/1.1 400 Bad Request\r\n\r\n"
close
END
may_complain "does not greet"
finds XX greeting "does not speak SMTP" 'relay = "127.0.0.1:587"'

setup "a relay that hangs up" <<'END'
close
END
finds XX greeting "has closed the connection" "nc -v 127.0.0.1"

setup "a relay that has no time" <<'END'
on connect
	say 421 4.3.2 come back later
	close
END
finds XX greeting "421 4.3.2 come back later" "sendmail -q"

setup "a relay that wants nothing from here" <<'END'
on connect
	say 554 5.7.1 your address is on a list
END
finds XX greeting "554 5.7.1 your address is on a list" "nc -v 127.0.0.1"

setup "a relay that talks to the terminal" <<'END'
on connect
	raw "554 \e]0\x3bx\x07\e[31mred\x08\x7f\xc2\x9b31m\r\n"
END
finds XX greeting '554 \e]0;x\x07\e[31mred\x08\x7f\xc2\x9b31m'
check "nothing of it gets there" \
    test -z "$(LC_ALL=C tr -d '\n -~' <"$W/out")"

setup "a relay that does not like our name" <<'END'
on EHLO
	say 550 5.7.1 no such host
on HELO
	say 550 5.7.1 no such host
END
finds XX hello "550 5.7.1 no such host" 'helo = "web1.example.com"'

# -- what it takes

setup "a relay that takes mail from nobody but its own" \
    --only-sender web9@example.com
conf 'user = "web1"'
finds XX mail "MAIL refused: 55" "force_sender = envelope"

setup "a relay that wants to see a login first" <<'END'
on MAIL
	say 530 5.7.0 Authentication required
END
sed -i '/^user\|^password/d' "$CONFIG"
finds XX mail "530 5.7.0 Authentication required" 'user = "me@example.com"'

setup "a relay that takes mail for its own only" <<'END'
on RCPT
	say 554 5.7.1 Relay access denied
END
finds XX rcpt "554 5.7.1 Relay access denied" 'user = "me@example.com"'

setup "a recipient that does not exist" --refuse 'ops@*'
finds XX rcpt "that was for ops@example.com" 'admin = "you@example.com"'

setup "a relay that wants to wait" <<'END'
on RCPT
	say 451 4.7.1 greylisted
END
finds XX rcpt "451 4.7.1 greylisted" "sendmail -q"

setup "a relay that does not know RSET" <<'END'
on RSET
	say 502 5.5.1 what
END
finds ok rcpt "none was sent"

setup "another recipient" --refuse 'ops@*'
examines --send bob@example.com
arrived 1
finds XX rcpt "that was for ops@example.com"

# -- a message

setup "a message"
examines --send bob@example.com
about_check send >"$W/about"
check "it arrives" marked ok send
check "with the relay's words" has "$W/about" \
    "the relay has taken it for bob@example.com: 250 2.0.0 Ok: queued as 1"
arrived 1
queued 0

setup "a message that is refused" <<'END'
on RCPT
	say 550 5.1.1 no such user
connection
on RCPT
	say 550 5.1.1 no such user
END
examines --send bob@example.com
about_check send >"$W/about"
check "the relay says no" marked XX send
check "and why" has "$W/about" "550 5.1.1 no such user"
exits 2

setup "a message that has to wait" <<'END'
on RCPT TO:<bob@
	say 451 4.7.1 later
connection
on RCPT TO:<bob@
	say 451 4.7.1 later
END
examines --send bob@example.com
about_check send >"$W/about"
check "it waits" marked !! send
check "and it is said why" has "$W/about" "451 4.7.1 later"
check "and where" has "$W/about" "=> minismtp queue show "
queued 1

setup "a message that is the service's to send"
conf 'deliver = queue'
(
	tries=0
	while [ -z "$(ls "$SPOOL/new")" ] && [ "$tries" -lt 200 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	exec "$BUILD/minismtp-relay" --config "$CONFIG" --spool "$SPOOL"
) &
service=$!
examines --send bob@example.com
about_check send >"$W/about"
wait "$service"
check "it is followed until it has been sent" marked ok send
arrived 1

examines --send "$(printf 'a@example.com\nBcc: b@example.com')"
exits 64
says "this is no address"

# -- several of them

setup "two accounts"
cat >>"$CONFIG" <<END
account "other" {
	from = { "*@other.example" }
	relay = "127.0.0.1:1"
}
account "same" {
	from = { "*@same.example" }
}
END
examines
check "each relay is asked once" \
    test "$(grep -c '^The relay' "$W/out")" -eq 2
prints "The relay 127.0.0.1:1 (account other)"
examines --account other
check "or only one" test "$(grep -c '^The relay' "$W/out")" -eq 1
