# The reply to a whole message has a patience of its own.
relay <<'END'
on .
	wait 2500
	default
END
configure() {	# data_timeout
	config <<-END
	relay = "$RELAY"
	helo = "web1.example.com"
	sender = "web1@example.com"
	reply_timeout = 1s
	data_timeout = $1
	END
}
configure 1s
run sendmail -odi -i a@example.com <<'END'
Subject: hi

body
END
exits 0
queued 1
logged "may be delivered twice"
rm -rf "$RECORD" "$SPOOL"
mkdir "$RECORD"
: >"$RECORD/log"
relay <<'END'
on .
	wait 2500
	default
END
configure 20s
run sendmail -odi -i a@example.com <<'END'
Subject: hi

body
END
exits 0
arrived 1
queued 0
