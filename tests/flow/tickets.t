# The next run goes on with the TLS session of the last one; what that needs is
# readable for nobody else, and tls_resume = no keeps nothing.
relay --starttls <<'END'
END
send() {
	run sendmail -i a@example.com <<-'END'
	Subject: hi

	body
	END
	exits 0
	await "$1"
	queued 0
}
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
tls = "starttls"
tls_ca = "$RECORD/ca.pem"
tls_resume = no
END
send 1
check "nothing is kept" test -z "$(ls "$SPOOL/state" | grep -v run)"
sed -i '/tls_resume/d' "$CONFIG"
send 2
check "a ticket is kept, and is ours alone" \
    test "$(stat -c %a "$SPOOL"/state/tls-*)" = 600
check "the first handshake is whole" has_not "$RECORD/env.2" resumed
send 3
check "the second is not" has "$RECORD/env.3" resumed
head -c 300 /dev/urandom >"$W/noise"
cat "$W/noise" >"$(echo "$SPOOL"/state/tls-*)"
send 4
check "noise is no ticket" has_not "$RECORD/env.4" resumed
cp "$RECORD/ca.pem" "$W/ca.pem"
sed -i "s|^tls_ca = .*|tls_ca = \"$W/ca.pem\"|" "$CONFIG"
send 5
check "another file of authorities: no resumption" \
    has_not "$RECORD/env.5" resumed
send 6
check "the same: it is" has "$RECORD/env.6" resumed
cp -p "$W/ca.pem" "$W/new.pem"
mv "$W/new.pem" "$W/ca.pem"
send 7
check "the file was replaced: not" has_not "$RECORD/env.7" resumed
: >"$W/ca.pem"
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
queued 1
arrived 7
logged "$W/ca.pem: no certificate in it"
