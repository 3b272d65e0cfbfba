# Where much waits and nothing is due, a run does not read all the names again;
# and it misses nothing that becomes due.
relay <<'END'
once RCPT
	say 451 4.7.1 greylisted
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
one_run() { "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"; }

run sendmail -i a@example.com </dev/null
exits 0
arrived 0
queued 1
entry=$(ls "$SPOOL/cur")

# Others that wait till tomorrow: only their names are looked at.
next=$(printf '%010x' "$(($(date +%s) + 86400))")
(cd "$SPOOL/cur" && i=1000 &&
    while [ "$i" -lt 2200 ]; do
	echo "ABCDEFGHIJK$i,$next"
	i=$((i + 1))
    done | xargs touch)

# It has to have been left alone for a moment.
calm=$SPOOL/state/calm,$(id -u) tries=0
until [ -s "$calm" ] || [ "$tries" -gt 100 ]; do
	one_run
	sleep 0.1
	tries=$((tries + 1))
done
check "a run leaves how long it is calm" grep -q '^wake ' "$calm"
cp "$calm" "$W/calm"
one_run
check "the next one believes it" cmp "$calm" "$W/calm"
arrived 0

# What is handed in meanwhile goes out, and cur is still as it was.
sendmail -odq b@example.com </dev/null
one_run
arrived 1
check "and it is as calm as before" cmp "$calm" "$W/calm"

# What somebody wants now, and what is put back, goes at once.
mv "$SPOOL/cur/$entry" "$SPOOL/cur/${entry%,*},0000000001"
one_run
arrived 2
check "the others have not been touched" \
    test "$(ls "$SPOOL/cur" | wc -l)" -eq 1200
