# AUTH with Dovecot's submission service: SCRAM, OAuth and the rest, with TLS
# 1.2 and 1.3, and with either kind of key.
. "$here/../real/packages"
packages dovecot-core dovecot-submissiond
strangers dovecot dovenull
authority
vouch rsa serverAuth localhost -newkey rsa:2048
vouch ecdsa serverAuth localhost -newkey ec \
    -pkeyopt ec_paramgen_curve:prime256v1
vouch client clientAuth web1 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1
relay </dev/null
free_port
D=$W/dovecot
mkdir -p "$D/keys/default/HS256" "$D/home"
chown 60010:60010 "$D/home"
chmod 755 "$W"
echo 'web1:{PLAIN}correct horse:60010:60010::::' >"$D/passwd"
printf 'a key for one afternoon' | base64 >"$D/keys/default/HS256/default"
cat >"$D/oauth2" <<END
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$D/keys/
username_attribute = sub
END
cat >"$D/conf" <<END
base_dir = $D/run
state_dir = $D/state
log_path = $D/log
protocols = submission
listen = 127.0.0.1, 127.0.0.2
hostname = localhost
ssl = required
ssl_cert = <$W/rsa.pem
ssl_key = <$W/rsa.key
ssl_ca = <$W/ca.pem
ssl_require_crl = no
ssl_verify_client_cert = yes
local 127.0.0.2 {
  ssl_cert = <$W/ecdsa.pem
  ssl_key = <$W/ecdsa.key
}
auth_ssl_username_from_cert = yes
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer external
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
login_log_format_elements = method=%m user=<%u> %k
mail_location = maildir:$D/home/mail
submission_relay_host = 127.0.0.1
submission_relay_port = ${RELAY##*:}
service submission-login {
  inet_listener submission {
    port = $port
  }
}
passdb {
  driver = oauth2
  args = $D/oauth2
  mechanisms = xoauth2 oauthbearer
}
passdb {
  driver = static
  args = user=%u nopassword=y
  mechanisms = external
}
passdb {
  driver = passwd-file
  args = $D/passwd
  mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
}
userdb {
  driver = static
  args = uid=60010 gid=60010 home=$D/home
}
END
/usr/sbin/dovecot -F -c "$D/conf" >"$D/out" 2>&1 &
dovecot=$!
trap 'kill $dovecot 2>/dev/null; stop' EXIT
listens "$port" || { explain "$D/out" "$D/log"; skip "Dovecot does not start"; }

# A token that Dovecot can check without asking anybody (RFC 7519).
url() { base64 -w 0 | tr '+/' '-_' | tr -d =; }
token() {	# subject
	head=$(printf '{"alg":"HS256","typ":"JWT"}' | url)
	body=$(printf '{"sub":"%s","iat":%d,"exp":%d}' "$1" \
	    "$(($(date +%s) - 60))" "$(($(date +%s) + 600))" | url)
	sum=$(printf %s "$head.$body" | openssl dgst -sha256 -binary \
	    -hmac 'a key for one afternoon' | url)
	echo "$head.$body.$sum"
}

offer() {	# mechanism, TLS version, address, further lines
	config <<END
relay = "$3:$port"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
auth = "$1"
tls = "starttls"
tls_ca = "$W/ca.pem"
tls_resume = no
tls_priority = "NORMAL:-VERS-ALL:+VERS-TLS$2"
$4
END
	: >"$D/log"
	run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
}

taken() {	# mechanism, TLS version
	notes "$D/log" "Login: method=$1, user=<web1>, TLSv$2 " &&
	    grep -q ": sent$" "$W/err" && return
	cat "$D/log" "$W/err"
	return 1
}

token=$(token web1)
for version in 1.2 1.3; do
	for kind in rsa ecdsa; do
		address=127.0.0.1
		[ "$kind" = rsa ] || address=127.0.0.2
		for mechanism in PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 \
		    SCRAM-SHA-256 XOAUTH2 OAUTHBEARER; do
			secret='correct horse'
			case $mechanism in *AUTH*) secret=$token ;; esac
			offer "$mechanism" "$version" "$address" \
			    "password = '$secret'"
			check "$mechanism with TLS $version and $kind" \
			    taken "$mechanism" "$version"
		done
		offer EXTERNAL "$version" "$address" \
		    "tls_cert = \"$W/client.pem\"
tls_key = \"$W/client.key\""
		check "EXTERNAL with TLS $version and $kind" \
		    taken EXTERNAL "$version"
	done
done
queued 0

offer auto 1.3 127.0.0.1 "password = 'correct horse'"
check "auto takes the strongest" taken SCRAM-SHA-256 1.3
LC_ALL=C minismtp check >"$W/out"
prints "we take SCRAM-SHA-256"
prints "ok login        it takes web1 and the password"
for mechanism in PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2 \
    OAUTHBEARER; do
	rm -rf "$SPOOL"
	offer "$mechanism" 1.3 127.0.0.1 "password = 'wrong horse'"
	check "$mechanism: a wrong password delays the mail" \
	    test "$status" -eq 0
	check "$mechanism: and nothing is sent" has_not "$W/err" "> MAIL"
	queued 1
done
