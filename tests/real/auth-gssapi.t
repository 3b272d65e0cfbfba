# Kerberos: a ticket instead of a password, with MIT's KDC and Dovecot.
. "$here/../real/packages"
"$BUILD/minismtp-relay" --version | grep -q GSSAPI ||
    skip "libgsasl was built without GSSAPI"
packages krb5-kdc krb5-admin-server krb5-user dovecot-core \
    dovecot-submissiond dovecot-gssapi
realm=CASTLE.EXAMPLE
K=$W/kerberos D=$W/dovecot
mkdir -p "$W/kerberos-etc" "$K" "$D/home"
free_port
kdc_port=$port
cat >"$W/kerberos-etc/krb5.conf" <<END
[libdefaults]
	default_realm = $realm
	dns_lookup_kdc = false
	dns_lookup_realm = false
	dns_canonicalize_hostname = false
	rdns = false
	udp_preference_limit = 1
	default_ccache_name = FILE:$K/tickets
[realms]
	$realm = {
		kdc = 127.0.0.1:$kdc_port
	}
[domain_realm]
	localhost = $realm
END
over /etc "$W/kerberos-etc"
strangers dovecot dovenull
cat >"$K/kdc.conf" <<END
[realms]
	$realm = {
		database_name = $K/principal
		key_stash_file = $K/stash
		acl_file = $K/acl
		kdc_listen = 127.0.0.1:$kdc_port
		kdc_tcp_listen = 127.0.0.1:$kdc_port
	}
END
export KRB5_KDC_PROFILE="$K/kdc.conf"
{
	kdb5_util create -s -P master -r "$realm" &&
	    kadmin.local -q "addprinc -randkey smtp/localhost" &&
	    kadmin.local -q "addprinc -randkey web1" &&
	    kadmin.local -q "ktadd -k $K/server smtp/localhost" &&
	    kadmin.local -q "ktadd -k $K/client web1"
} >"$K/made" 2>&1 || { explain "$K/made"; skip "no realm of our own"; }
chmod 644 "$K/server"
krb5kdc -n -P "$K/pid" >"$K/out" 2>&1 &
kdc=$!
trap 'kill $kdc 2>/dev/null; stop' EXIT
listens "$kdc_port" || { explain "$K/out"; skip "the KDC does not start"; }

authority
vouch rsa serverAuth localhost -newkey rsa:2048
relay </dev/null
port=$((port + 1))
free_port
chown 60010:60010 "$D/home"
cat >"$D/conf" <<END
base_dir = $D/run
state_dir = $D/state
log_path = $D/log
protocols = submission
listen = 127.0.0.1
hostname = localhost
ssl = required
ssl_cert = <$W/rsa.pem
ssl_key = <$W/rsa.key
auth_mechanisms = gssapi plain
auth_gssapi_hostname = "\$ALL"
auth_krb5_keytab = $K/server
auth_realms = $realm
auth_default_realm = $realm
auth_username_format = %n
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
  driver = static
  args = password=none
}
userdb {
  driver = static
  args = uid=60010 gid=60010 home=$D/home
}
END
/usr/sbin/dovecot -F -c "$D/conf" >"$D/out" 2>&1 &
dovecot=$!
trap 'kill $kdc $dovecot 2>/dev/null; stop' EXIT
listens "$port" || { explain "$D/out" "$D/log"; skip "Dovecot does not start"; }

try() {	# further lines
	config <<END
relay = "localhost:$port"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
tls = "starttls"
tls_ca = "$W/ca.pem"
$1
END
	: >"$D/log"
	run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
	exits 0
}
taken() {
	notes "$D/log" "Login: method=GSSAPI, user=<web1>" &&
	    grep -q ": sent$" "$W/err" && return
	cat "$D/log" "$W/err"
	return 1
}

try 'auth = "GSSAPI"'
check "without a ticket no mail" has_not "$W/err" "> MAIL"
queued 1
run mailq
prints "is there a valid ticket"
rm -rf "$SPOOL"

kinit -k -t "$K/client" web1 >"$K/kinit" 2>&1 || skip "$(cat "$K/kinit")"
try 'auth = "GSSAPI"'
check "with one it goes" taken
queued 0
rm -rf "$SPOOL"
try ''
check "and by itself, where there is no password" taken
queued 0
logged "no sandbox: it does not go with Kerberos"

try 'auth = "GSSAPI"
sandbox = strict'
check "not where the sandbox counts more" has_not "$W/err" "> MAIL"
queued 1
