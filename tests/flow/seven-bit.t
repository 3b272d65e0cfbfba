# A relay without 8BITMIME gets no 8-bit byte, in whatever part it was.
relay --offer "PIPELINING,SIZE 1000000"
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END

# What is text is encoded; what nobody is shown is not worth a refusal.
run sendmail -i a@example.com <<'END'
Subject: parts
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

für alte Programme
--b
Content-Type: text/plain; charset=utf-8

Käse
--b--
für niemanden
END
exits 0
await 1
check "no byte above 127" has_not "$RECORD/msg.1" "$(printf '\303')"
check "the preamble is still one" grep -q '^f??r alte Programme' \
    "$RECORD/msg.1"
check "the text is whole" grep -q '^K=C3=A4se' "$RECORD/msg.1"
check "SIZE is exact" sh -c "grep -q \
    \"SIZE=\$(sed -n 's/^bytes //p' '$RECORD/env.1')\$\" '$RECORD/env.1'"

# Of this text each byte becomes three.
run sendmail -i a@example.com <<'END'
Subject: letters

ЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖ
END
exits 0
await 2
check "SIZE is exact there, too" sh -c "grep -q \
    \"SIZE=\$(sed -n 's/^bytes //p' '$RECORD/env.2')\$\" '$RECORD/env.2'"
rm "$RECORD/msg.2" "$RECORD/env.2"

# What is signed must not be changed, however deep it is.
signed() {
	cat <<'END'
Subject: signed inside
Content-Type: multipart/mixed; boundary=a

--a
Content-Type: multipart/signed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Käse
--b--
--a--
END
}
signed >"$W/signed"
run sendmail -i a@example.com <"$W/signed"
exits 69
says "the relay takes no 8-bit text"
arrived 1
queued 0

# And who did not wait hears of it, by a report that the same relay takes.
run sendmail -i -odq a@example.com <"$W/signed"
exits 0
run "$BUILD/minismtp-relay" --flush --config "$CONFIG" --spool "$SPOOL"
run "$BUILD/minismtp-relay" --flush --config "$CONFIG" --spool "$SPOOL"
await 3
check "the report says why" grep -q '8-bit' "$RECORD/msg.3"
check "and has the header" grep -q '^Subject: signed inside' "$RECORD/msg.3"
check "but no 8-bit byte" has_not "$RECORD/msg.3" "$(printf '\303')"
arrived 2
queued 0

# A report about an address that this relay cannot have goes all the same.
run sendmail -i -odq 'ä@example.com' <<'END'
To: ä@example.com
Subject: Grüße

Käse
END
exits 0
run "$BUILD/minismtp-relay" --flush --config "$CONFIG" --spool "$SPOOL"
run "$BUILD/minismtp-relay" --flush --config "$CONFIG" --spool "$SPOOL"
await 4
check "it names it in ASCII" has "$RECORD/msg.4" \
    'Final-Recipient: utf-8; \x{E4}@example.com'
check "and has no 8-bit byte" has_not "$RECORD/msg.4" "$(printf '\303')"
queued 0
