# What the relay shows of its certificate's status (OCSP) is heeded: revoked is
# no, and so is nothing where the certificate promises a status.
. "$here/../real/packages"
authority
vouch rsa serverAuth localhost -newkey rsa:2048
vouch strict 'serverAuth
tlsfeature = status_request' localhost -newkey rsa:2048
relay </dev/null			# for its log
free_port

status_of() {	# certificate, V or R, file
	serial=$(openssl x509 -in "$W/$1.pem" -noout -serial | cut -d= -f2)
	case $2 in
	R) when=250101000000Z,keyCompromise ;;
	*) when= ;;
	esac
	printf '%s\t%s\t%s\t%s\tunknown\t/CN=localhost\n' "$2" 490101000000Z \
	    "$when" "$serial" >"$W/index"
	openssl ocsp -index "$W/index" -CA "$W/ca.pem" -rsigner "$W/ca.pem" \
	    -rkey "$W/ca.key" -issuer "$W/ca.pem" -cert "$W/$1.pem" \
	    -ndays 1 -respout "$W/$3" >"$W/openssl" 2>&1 ||
	    skip "$(tail -n 1 "$W/openssl")"
}
because() {	# words, reason
	if [ -z "$PRIVATE" ]; then
		leave_out "$1: it says why" "no /dev/log of our own"
		return
	fi
	tries=0
	while ! grep -qF -e "$2" "$RECORD/log" && [ "$tries" -lt 40 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	check "$1: it says why" has "$RECORD/log" "$2"
}
try() {	# words, certificate, further arguments of the server
	about=$1 cert=$2
	shift 2
	rm -rf "$SPOOL"
	{ printf '220 mx ESMTP\r\n'; sleep 1; } |
	    timeout 20 openssl s_server -accept "127.0.0.1:$port" -quiet \
	    -naccept 1 -cert "$W/$cert.pem" -key "$W/$cert.key" "$@" \
	    >"$W/server" 2>&1 &
	server=$!
	listens "$port" || { explain "$W/server"; skip "no openssl s_server"; }
	config <<END
relay = "127.0.0.1:$port"
helo = "web1.example.com"
sender = "web1@example.com"
tls = "implicit"
tls_ca = "$W/ca.pem"
tls_resume = no
reply_timeout = 1s
END
	run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
	wait "$server"
	port=$((port + 1))
}

status_of rsa V good
status_of rsa R revoked
try "a good status" rsa -status_file "$W/good"
check "a good status: the relay is heard" has "$W/err" "< 220 mx ESMTP"
try "a revoked certificate" rsa -status_file "$W/revoked"
check "a revoked certificate: the relay is not heard" has_not "$W/err" "< 220"
because "a revoked certificate" "it has been revoked"
queued 1
try "no status" rsa
check "no status: the relay is heard" has "$W/err" "< 220 mx ESMTP"
try "no status where one is promised" strict
check "no status where one is promised: the relay is not heard" \
    has_not "$W/err" "< 220"
because "no status where one is promised" "it promises a status (OCSP)"
