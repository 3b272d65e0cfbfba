# Nobody can take TLS away by hiding STARTTLS, or by putting words behind it.
relay --user web1 --password 'correct horse' <<'END'
connection
on STARTTLS
	raw "220 2.0.0 go ahead\r\n250 2.0.0 evil\r\n"
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = "correct horse"
tls = "starttls"
END
run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
queued 1
run sendmail -q
stop
for c in 1 2; do
	[ -f "$RECORD/wire.$c" ] || continue
	check "$c: no password" has_not "$RECORD/wire.$c" "AUTH PLAIN A"
	check "$c: no mail" has_not "$RECORD/wire.$c" "MAIL"
done
arrived 0
queued 1
