# A relay that closes after each message costs nothing but connections: what
# was not looked at goes into the next session.
relay --offer SIZE <<'END'
on .
	default
	close
always
on .
	default
	close
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
connections = 1
END
for n in 1 2 3 4 5 6 7 8; do
	echo "Subject: $n" | sendmail -odq a@example.com
done
queued 8
run sendmail -q
arrived 4
queued 4
not_logged "died"
