# A relay that cannot prove who it is gets neither a password nor a mail.
for kind in expired future other-name client-only self-signed; do
	rm -rf "$SPOOL" "$RECORD"/*
	relay --starttls --cert "$kind" --user web1 --password 'correct horse'
	config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = "correct horse"
tls = "starttls"
tls_ca = "$RECORD/ca.pem"
END
	run sendmail -i a@example.com <<'END'
Subject: hi

body
END
	exits 0
	stop
	check "$kind: no password" has_not "$RECORD/wire.1" "AUTH PLAIN A"
	check "$kind: no mail" has_not "$RECORD/wire.1" "MAIL"
	arrived 0
	queued 1
done
