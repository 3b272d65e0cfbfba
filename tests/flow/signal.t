# A run that is told to end does so soon, and the message stays.
relay <<'END'
on DATA
	stall
on BDAT
	stall
always
on DATA
	stall
on BDAT
	stall
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
echo "Subject: hi" | sendmail -odq a@example.com
connection=0
for signal in TERM INT; do
	connection=$((connection + 1))
	# A shell without job control starts what is in the background deaf.
	env --default-signal=INT "$BUILD/minismtp-relay" --flush \
	    --spool "$SPOOL" --config "$CONFIG" 2>/dev/null &
	pid=$!
	tries=0
	until grep -q "RCPT" "$RECORD/wire.$connection" 2>/dev/null ||
	    [ "$((tries += 1))" -gt 100 ]; do sleep 0.05; done
	kill -HUP $pid
	sleep 0.1
	check "SIGHUP does not end it" kill -0 $pid
	kill -$signal $pid
	start=$(date +%s)
	wait $pid
	status=$?
	exits 75
	check "SIG$signal ends it soon" test $(($(date +%s) - start)) -le 8
	queued 1
	check "nobody has the message locked" flock -n \
	    "$(find "$SPOOL/cur" "$SPOOL/new" -type f)" true
done
arrived 0
logged "may be delivered twice"
