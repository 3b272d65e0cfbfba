# The whole dialogue, on standard error and in the log: each command before its
# answer, though they go in one flight; of what is secret three dots.
relay --offer '8BITMIME,PIPELINING,SIZE 42991616,AUTH LOGIN PLAIN,DSN,ENHANCEDSTATUSCODES' <<'END'
on connect
	say 220 smtp.example.com ESMTP
on EHLO
	say 250-smtp.example.com
	say 250-8BITMIME
	say 250-PIPELINING
	say 250-SIZE 42991616
	say 250-AUTH LOGIN PLAIN
	say 250-DSN
	say 250 ENHANCEDSTATUSCODES
on AUTH LOGIN
	say 334 VXNlcm5hbWU6
	expect eXVyeQ==
	say 334 UGFzc3dvcmQ6
	expect Y29ycmVjdCBob3JzZQ==
	say 235 2.7.0 Authentication successful.
on MAIL
	say 250 2.1.0 <yury@example.com> ok
on RCPT
	say 250 2.1.5 <ann@example.com> ok
on DATA
	say 354 Enter mail, end with "." on a line by itself
on .
	say 250 2.0.0 queued as 7F4A2
on QUIT
	wait 100
	say 221 2.0.0 Bye
END
config <<END
relay = "$RELAY"
helo = "comp"
sender = "yury@example.com"
user = "yury"
password = "correct horse"
auth = "LOGIN"
trace = yes
END
cat >"$W/dialogue" <<'END'
< 220 smtp.example.com ESMTP
> EHLO comp
< 250-smtp.example.com
< 250-8BITMIME
< 250-PIPELINING
< 250-SIZE 42991616
< 250-AUTH LOGIN PLAIN
< 250-DSN
< 250 ENHANCEDSTATUSCODES
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> ...
< 334 UGFzc3dvcmQ6
> ...
< 235 2.7.0 Authentication successful.
> MAIL FROM:<yury@example.com> SIZE=*
< 250 2.1.0 <yury@example.com> ok
> RCPT TO:<ann@example.com>
< 250 2.1.5 <ann@example.com> ok
> DATA
< 354 Enter mail, end with "." on a line by itself
> ... (* bytes)
> .
< 250 2.0.0 queued as 7F4A2
> QUIT
< 221 2.0.0 Bye
END
run sendmail -v -i ann@example.com <<'END'
Subject: hi

body
END
exits 0
{ cat "$W/dialogue"; echo "minismtp: *: sent"; } >"$W/expected"
compare "the dialogue on standard error, and no more" "$W/err" <"$W/expected"
arrived 1
stop
if [ -n "$PRIVATE" ]; then
	sed -n 's/^.*minismtp-relay\[[0-9]*\]: [0-9A-Za-z]*: \([<>] .*\)/\1/p' \
	    "$RECORD/log" >"$W/logged"
	compare "the dialogue in the log" "$W/logged" <"$W/dialogue"
else
	leave_out "the dialogue in the log" "no /dev/log of our own"
fi
check "the log has no secret" has_not "$RECORD/log" Y29ycmVjdCBob3JzZQ
