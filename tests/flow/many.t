# Many at once: submitters, and runs of the relay that do not know each other.
# MANY=5000 for as many messages; else fewer.
many=${MANY:-320} each=$((${MANY:-320} / 32))
many=$((each * 32))
relay --seconds 900 </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -odq a@example.com </dev/null	# makes the queue
submit() {
	n=0
	while [ "$n" -lt "$each" ]; do
		echo "Subject: mail $1-$n." | sendmail -odq a@example.com ||
		    echo "mail $1-$n" >>"$W/refused"
		n=$((n + 1))
	done
}
# One submitter that stands still in the middle holds up nobody.
mkfifo "$W/slow"
sendmail -odq -i a@example.com <"$W/slow" &
slow=$!
exec 9>"$W/slow"
echo "Subject: slow" >&9
kill -STOP $slow

pids=''
i=0
while [ "$i" -lt 32 ]; do
	submit "$i" &
	pids="$pids $!"
	i=$((i + 1))
done
runs=''
i=0
while [ "$i" -lt 3 ]; do
	(while [ ! -e "$W/over" ]; do
		"$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"
	done) >/dev/null 2>&1 &
	runs="$runs $!"
	i=$((i + 1))
done
wait $pids
: >"$W/over"
wait $runs
"$BUILD/minismtp-relay" --flush --spool "$SPOOL" --config "$CONFIG"
check "nobody was refused" test ! -e "$W/refused"
subjects() { cat "$RECORD"/msg.* | tr -d '\r' | sed -n 's/^Subject: mail //p'; }
check "each has arrived" test "$(subjects | sort -u | wc -l)" -eq $many
check "once" test "$(subjects | wc -l)" -eq $many
kill -CONT $slow
exec 9>&-
wait $slow
check "the slow one is taken in the end" test $? -eq 0
queued 1
