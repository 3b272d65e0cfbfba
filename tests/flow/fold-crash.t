# A run that is killed at any system call while it counts a message into another
# one loses neither: the message is there, or it is counted.
[ -x "$BUILD/tests/crash" ] || skip "there is no tests/crash"
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
"$BUILD/tests/crash" "$W/o" 0 0 kill true || skip "processes cannot be traced"
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
fold = "1h"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"
run sendmail -i a@example.com <"$W/mail"
run sendmail -i a@example.com <"$W/mail"
run sendmail -odq -i a@example.com <"$W/mail"
queued 2
arrived 1
id=$(cd "$SPOOL/new" && echo *)
cp -a "$SPOOL" "$W/seed"

disturbed() {	# at which call
	rm -rf "$SPOOL"
	cp -a "$W/seed" "$SPOOL"
	"$BUILD/tests/crash" "$W/o" 0 "$1" kill "$BUILD/minismtp-relay" \
	    --spool "$SPOOL" --config "$CONFIG" --deliver "$id" >/dev/null 2>&1
	read -r calls what <"$W/o"
}
lost='' n=1 there=0 counted=0
disturbed 0
all=$calls
# The beginning of a run is not about this message.
n=$((all / 3))
while [ "$n" -le "$all" ]; do
	disturbed "$n"
	if grep -qa '^folded 1:2' "$SPOOL"/cur/*; then
		counted=$((counted + 1))
	elif [ -e "$SPOOL/new/$id" ]; then
		there=$((there + 1))
	else
		lost="$lost $n"
	fi
	n=$((n + 1 + all / 200))
done
echo "# $all calls: $there times it was there, $counted times counted"
check "nothing is lost" test -z "$lost"
check "both have been seen" test "$there" -gt 0 -a "$counted" -gt 0
disturbed 0
queued 1
arrived 1
