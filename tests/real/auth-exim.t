# AUTH with Exim: every mechanism it knows, with TLS 1.2 and 1.3, and with
# either kind of key.
. "$here/../real/packages"
packages exim4-base exim4-daemon-heavy libmariadb3 libspf2-2
strangers Debian-exim
authority
vouch rsa serverAuth localhost -newkey rsa:2048
vouch ecdsa serverAuth localhost -newkey ec \
    -pkeyopt ec_paramgen_curve:prime256v1
vouch client clientAuth web1 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1
free_port
rsa=$port
free_port
ecdsa=$port
mkdir "$W/exim"
chown 60010:60010 "$W/exim"
chmod 755 "$W"

{ cat <<END
exim_path = /usr/sbin/exim4
primary_hostname = localhost
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = $rsa : $ecdsa
tls_advertise_hosts = *
tls_certificate = $W/\${if eq{\$received_port}{$rsa}{rsa}{ecdsa}}.pem
tls_privatekey = $W/\${if eq{\$received_port}{$rsa}{rsa}{ecdsa}}.key
tls_verify_certificates = $W/ca.pem
tls_try_verify_hosts = *
spool_directory = $W/exim
log_file_path = $W/exim/%slog
pid_file_path = $W/exim/pid
log_selector = +received_recipients
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
acl_smtp_rcpt = check
queue_only
host_lookup =
rfc1413_query_timeout = 0s
begin acl
check:
  accept authenticated = *
  deny
begin authenticators
END
cat <<END
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{web1}} \\
    {eq{\$auth3}{correct horse}}}}
  server_set_id = \$auth2
cram_md5:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = \${if eq{\$auth1}{web1}{correct horse}fail}
  server_set_id = \$auth1
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if and{{eq{\$auth1}{web1}} \\
    {eq{\$auth2}{correct horse}}}}
  server_set_id = \$auth1
external:
  driver = external
  public_name = EXTERNAL
  server_condition = \${if eq{\$tls_in_certificate_verified}{1}}
  server_set_id = \$auth1
END
} >"$W/exim.conf"
/usr/sbin/exim4 -C "$W/exim.conf" -bdf >"$W/exim.out" 2>&1 &
exim=$!
trap 'kill $exim 2>/dev/null; stop' EXIT
listens "$ecdsa" || { explain "$W/exim.out"; skip "Exim does not start"; }

offer() {	# mechanism, TLS version, port, further lines
	config <<END
relay = "127.0.0.1:$3"
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
	: >"$W/exim/mainlog"
	run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
}

taken() {	# mechanism, TLS version
	notes "$W/exim/mainlog" "A=$(echo "$1" | tr - _):web1 " &&
	    grep -q "X=TLS$2:" "$W/exim/mainlog" && return
	cat "$W/exim/mainlog" "$W/err"
	return 1
}

for version in 1.2 1.3; do
	for kind in rsa ecdsa; do
		eval "port=\$$kind"
		for mechanism in PLAIN LOGIN CRAM-MD5; do
			offer "$mechanism" "$version" "$port" \
			    "password = 'correct horse'"
			check "$mechanism with TLS $version and $kind" \
			    taken "$mechanism" "$version"
		done
		offer EXTERNAL "$version" "$port" "tls_cert = \"$W/client.pem\"
tls_key = \"$W/client.key\""
		check "EXTERNAL with TLS $version and $kind" \
		    taken EXTERNAL "$version"
	done
done
queued 0

offer auto 1.3 "$rsa" "password = 'correct horse'"
check "auto takes the strongest" taken CRAM-MD5 1.3
for mechanism in PLAIN LOGIN CRAM-MD5; do
	rm -rf "$SPOOL"
	offer "$mechanism" 1.3 "$rsa" "password = 'wrong horse'"
	check "$mechanism: a wrong password delays the mail" \
	    test "$status" -eq 0
	check "$mechanism: and nothing is sent" \
	    has_not "$W/err" "> MAIL"
	queued 1
done

# minismtp setup comes to terms with it: STARTTLS, and the login is what stands
# before the @.
rm -rf "$SPOOL" "$CONFIG"
echo 'correct horse' >"$W/password"
chmod 600 "$W/password"
: >"$W/exim/mainlog"
run minismtp setup --personal --address web1@example.com \
    --relay "127.0.0.1:$rsa" --tls starttls --tls-ca "$W/ca.pem" \
    --helo web1.example.com --password-file "$W/password" --test a@example.com
exits 0
says "refuses the login for web1@example.com"
says "logged in as web1"
says ": sent"
check "the test message is there" taken CRAM-MD5 1.3
run minismtp config --check
exits 0
