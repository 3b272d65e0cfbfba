# A relay that loses one connection in a few: everything arrives, and what
# arrives twice is in the log.  MANY=5000 for as many messages.
many=${MANY:-200}
{
	i=0
	while [ "$i" -lt $((many / 5 + 20)) ]; do
		case $((i % 4)) in
		0) printf 'on .\n\tdefault\n\treset\nconnection\n' ;;
		1) printf 'on .\n\tdefault\n\tclose\nconnection\n' ;;
		2) printf 'on RCPT\n\treset\nconnection\n' ;;
		3) printf 'on MAIL\n\tsay 421 4.3.2 later\n\tclose\nconnection\n' ;;
		esac
		i=$((i + 1))
	done
} >"$W/moods"
relay --seconds 900 <"$W/moods"
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
n=0
while [ "$n" -lt "$many" ]; do
	echo "Subject: mail $n." | sendmail -odq "$n@example.com"
	n=$((n + 1))
done
tries=0
while [ "$(in_spool)" -gt 0 ] && [ "$tries" -lt $((many / 4 + 30)) ]; do
	"$BUILD/minismtp-relay" --flush --spool "$SPOOL" \
	    --config "$CONFIG" --verbose >>"$W/runs" 2>&1 &
	first=$!
	"$BUILD/minismtp-relay" --flush --spool "$SPOOL" \
	    --config "$CONFIG" --verbose >>"$W/runs.2" 2>&1
	wait $first
	tries=$((tries + 1))
done
queued 0
cat "$RECORD"/msg.* | tr -d '\r' | sed -n 's/^Subject: mail //p' |
    sort >"$W/subjects"
check "each has arrived" test "$(sort -u "$W/subjects" | wc -l)" -eq "$many"
cat "$W/runs" "$W/runs.2" | sed -n 's/.*to=<\([0-9]*\)@.*delivered twice.*/\1./p' |
    sort -u >"$W/said"
uniq -d "$W/subjects" >"$W/twice"
comm -23 "$W/twice" "$W/said" >"$W/unsaid"
check "what came twice is in the log" nothing_in "$W/unsaid"
echo "# $(wc -l <"$W/twice") came twice, $(wc -l <"$W/said") may have"
