# Many at once: submitters, and runs of the relay that do not know each other.
# MANY=5000 for as many messages; else fewer.
. "$here/crowd"
relay --seconds 900 </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -odq a@example.com </dev/null	# makes the queue
# One submitter that stands still in the middle holds up nobody.
mkfifo "$W/slow"
sendmail -odq -i a@example.com <"$W/slow" &
slow=$!
exec 9>"$W/slow"
echo "Subject: slow" >&9
kill -STOP $slow

crowd "${MANY:-320}"
one_run 1
check "nobody was refused" test ! -e "$W/refused"
check "each has arrived" test "$(subjects | sort -u | wc -l)" -eq "$many"
check "once" test "$(subjects | wc -l)" -eq "$many"
kill -CONT $slow
exec 9>&-
wait $slow
check "the slow one is taken in the end" test $? -eq 0
queued 1
