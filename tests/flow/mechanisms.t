# Every mechanism, judged by libgsasl; SCRAM bound to the channel with either
# version of TLS.  Without a name it is the strongest that is offered.
all='PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-1-PLUS
SCRAM-SHA-256-PLUS XOAUTH2 OAUTHBEARER EXTERNAL'
all=$(echo $all)
start() {	# version
	relay --starttls --user web1 --password 'correct horse' \
	    --mechanisms "$all" --ask-certificate \
	    --priority "NORMAL:-VERS-ALL:+VERS-TLS$1" </dev/null
}
offer() {	# mechanism, further lines
	config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
auth = "$1"
tls = "starttls"
tls_ca = "$RECORD/ca.pem"
tls_resume = no
$2
END
	run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
}
sent() {
	tail -n 1 "$W/err" | grep -q ': sent$' && return
	cat "$W/err"
	return 1
}
for version in 1.2 1.3; do
	start "$version"
	for mechanism in $all; do
		secret="password = 'correct horse'"
		[ "$mechanism" != EXTERNAL ] ||
		    secret="tls_cert = '$RECORD/cert.pem'
tls_key = '$RECORD/key.pem'"
		offer "$mechanism" "$secret"
		check "$mechanism with TLS $version" sent
	done
	offer auto "password = 'correct horse'"
	check "auto with TLS $version" sent
	stop
	check "and it is SCRAM-SHA-256-PLUS" \
	    grep -q '^> AUTH SCRAM-SHA-256-PLUS ' "$RECORD/wire.11"
	rm -rf "$RECORD"/*
	for mechanism in $all; do
		start "$version"
		rm -rf "$SPOOL"
		[ "$mechanism" != EXTERNAL ] || break
		offer "$mechanism" "password = 'wrong horse'"
		check "$mechanism, a wrong password: nothing is sent" \
		    has_not "$W/err" "> MAIL"
		check "$mechanism, a wrong password: it says so" has \
		    "$W/err" "535 5.7.8"
		queued 1
	done
done
