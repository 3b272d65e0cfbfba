# A relay that loses each second connection, and a crowd: everything arrives,
# and what arrives twice is in the log.  MANY=5000 for as many messages.
. "$here/crowd"
{
	i=0
	while [ "$i" -lt $((${MANY:-320} / 5 + 20)) ]; do
		case $((i % 8)) in
		0) printf 'on .\n\tdefault\n\tswallow\n\treset\nconnection\n' ;;
		2) printf 'on .\n\tdefault\n\tswallow\n\tclose\nconnection\n' ;;
		4) printf 'on RCPT\n\treset\nconnection\n' ;;
		6) printf 'on MAIL\n\tsay 421 4.3.2 later\n\tclose\nconnection\n' ;;
		*) printf 'connection\n' ;;
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
crowd "${MANY:-320}"
tries=0
while [ "$(in_spool)" -gt 0 ] && [ "$tries" -lt $((many / 4 + 30)) ]; do
	one_run 2 &
	second=$!
	one_run 1
	wait $second
	tries=$((tries + 1))
done
check "nobody was refused" test ! -e "$W/refused"
queued 0
subjects >"$W/subjects"
check "each has arrived" test "$(sort -u "$W/subjects" | wc -l)" -eq "$many"
cat "$W"/runs.* |
    sed -n 's/.*to=<\([0-9-]*\)@.*delivered twice.*/\1./p' | sort -u >"$W/said"
uniq -d "$W/subjects" >"$W/twice"
comm -23 "$W/twice" "$W/said" >"$W/unsaid"
check "what came twice is in the log" nothing_in "$W/unsaid"
check "and something did" test -s "$W/twice"
echo "# $(wc -l <"$W/twice") came twice, $(wc -l <"$W/said") may have"
