# tls_verify = no: whoever the relay is, it gets the mail; each session has a
# warning in the log that says so.
relay --starttls --cert self-signed </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
tls = "starttls"
tls_verify = no
tls_resume = no
END
for n in 1 2; do
	run sendmail -i a@example.com <<'END'
Subject: hi

body
END
	exits 0
	await "$n"
	queued 0
done
arrived 2
logged "the certificate is not verified (tls_verify = no)"
if [ -n "$PRIVATE" ]; then
	check "a warning for each session" test \
	    "$(grep -c '^<20>.*certificate is not verified' "$RECORD/log")" -eq 2
fi
