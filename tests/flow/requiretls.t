# Who asks for TLS all the way gets it, or a refusal: never mail in clear.
mail() {
	printf '%s\r\n' 'EHLO me' 'MAIL FROM:<a@example.org> REQUIRETLS' \
	    'RCPT TO:<b@example.com>' DATA 'Subject: hi' '' body . QUIT \
	    >"$W/dialogue"
	run sendmail -bs -odq <"$W/dialogue"
	exits 0
	run "$BUILD/minismtp-relay" --flush --config "$CONFIG" --spool "$SPOOL"
}
settings() {
	config <<END
relay = "$RELAY"
helo = "web1.example.com"
tls = "starttls"
tls_ca = "$RECORD/ca.pem"
END
}
relay --starttls --offer 8BITMIME,REQUIRETLS </dev/null
settings
mail
arrived 1
check "the relay is asked for it" grep -q '^> MAIL .* REQUIRETLS$' \
    "$RECORD/wire.1"
queued 0

# This one does not promise it.  The report about it goes without.
relay --starttls --offer 8BITMIME </dev/null
settings
rm -f "$RECORD"/msg.* "$RECORD"/env.*
mail
run "$BUILD/minismtp-relay" --flush --config "$CONFIG" --spool "$SPOOL"
await 1
arrived 1
envelope 1 <<'END'
from <>*
to <a@example.org>
over TLS*
bytes *
END
check "it says why" grep -q "TLS" "$RECORD/msg.1"
queued 0
