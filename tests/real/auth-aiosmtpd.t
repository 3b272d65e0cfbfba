# SCRAM bound to TLS 1.2, with aiosmtpd and OpenSSL, and GNU SASL to judge it.
. "$here/../real/packages"
python=/usr/bin/python3
[ -x "$python" ] || skip "no python3"
"$python" -c 'import aiosmtpd, ctypes; ctypes.CDLL("libgsasl.so.18")' \
    >/dev/null 2>&1 || packages python3-aiosmtpd python3-public \
    python3-attr libgsasl18
authority
vouch rsa serverAuth localhost -newkey rsa:2048
vouch ecdsa serverAuth localhost -newkey ec \
    -pkeyopt ec_paramgen_curve:prime256v1
free_port

for kind in rsa ecdsa; do
	"$python" "$here/../real/scram_server.py" "$W/$kind.pem" \
	    "$W/$kind.key" web1 'correct horse' "$port" >>"$W/logins" \
	    2>"$W/server" &
	server=$!
	trap 'kill $server 2>/dev/null; stop' EXIT
	listens "$port" || { explain "$W/server"
	    skip "aiosmtpd does not start"; }
	for word in correct wrong; do
		for mechanism in SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS auto; do
			rm -rf "$SPOOL"
			: >"$W/logins"
			config <<END
relay = "127.0.0.1:$port"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = '$word horse'
auth = "$mechanism"
tls = "starttls"
tls_ca = "$W/ca.pem"
tls_resume = no
END
			run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
			[ "$mechanism" != auto ] ||
			    mechanism=SCRAM-SHA-256-PLUS
			if [ "$word" = correct ]; then
				check "$mechanism with $kind" has "$W/logins" \
				    "$mechanism web1 TLSv1.2"
				queued 0
			else
				check "$mechanism, wrong: no login" \
				    nothing_in "$W/logins"
				check "$mechanism, wrong: no mail" \
				    has_not "$W/err" "> MAIL"
				queued 1
			fi
		done
	done
	kill "$server"
	wait "$server" 2>/dev/null
	port=$((port + 1))
done
