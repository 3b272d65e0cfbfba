#!/bin/sh
# SPDX-License-Identifier: ISC
# crash.sh - kill -9 at every system call of whole programs, and let each fail
#
# A submission (front and drop), one that is sent at once (the drop again) and a
# run of the relay (the run itself and its courier) are traced by tests/crash.  Then the queue is run again, in peace,
# and each message must have arrived, whole and once; twice only where the text
# was sent and the verdict had not been written down, and then the log says so,
# unless the one who writes it was killed.  Here a part of all points is tried;
# CRASH_STEP=1 tries all.
[ -x ./tests/crash ] || { echo "there is no tests/crash"; exit 77; }
step=${CRASH_STEP:-}
W=$(mktemp -d "${TMPDIR:-/tmp}/minismtp-crash.XXXXXX") || exit 1
relays=
tidy() {
	for pid in $relays; do kill "$pid"; wait "$pid"; done
	rm -rf "$W"
} 2>/dev/null
trap tidy EXIT
trap 'exit 143' HUP INT TERM
HOME=$W XDG_CONFIG_HOME=$W/config XDG_STATE_HOME=$W/state
ASAN_OPTIONS=detect_leaks=0
export HOME XDG_CONFIG_HOME XDG_STATE_HOME ASAN_OPTIONS
mkdir -p "$W/config/minismtp" "$W/state" "$W/bin"
ln -s "$PWD/minismtp" "$W/bin/sendmail"
spool=$W/state/minismtp conf=$W/config/minismtp/minismtp.conf
loops=0 killed=0 failed=0 twice=0 bad=0

./tests/crash "$W/out" 0 0 kill true
[ $? -eq 0 ] || { echo "processes cannot be traced here"; exit 77; }

# -- two relays: one for the run that is disturbed, one for the run in peace
start() {	# name, script on standard input
	mkdir "$W/$1" && mkfifo "$W/$1.where" && cat >"$W/$1.script"
	./tests/relay --seconds 3600 --into "$W/$1" "$W/$1.script" \
	    >"$W/$1.where" &
	relays="$relays $!"
	read -r where <"$W/$1.where"
	cat >"$W/$1.conf" <<END
relay = "$where"
helo = "web1.example.com"
sender = "web1@example.com"
END
	chmod 600 "$W/$1.conf"
}
start bad <<'END'
always
on RCPT TO:<later
	say 451 4.7.1 later
END
start good </dev/null
cp -p "$W/bad.conf" "$conf"

# 3,000 bytes, so that it is torn if it is torn.
i=0
while [ $i -lt 60 ]; do
	echo "line $i of a text that has to arrive as it was, all of it"
	i=$((i + 1))
done >"$W/text"

mail() {	# subject, recipients
	{ echo "Subject: $1"; echo; cat "$W/text"; } >"$W/mail.$1"
	subject=$1
	shift
	"$W/bin/sendmail" -odq -i "$@" <"$W/mail.$subject" || exit 1
}

# -- what has arrived, as lines "recipient subject"
arrivals() {
	for env in "$W"/bad/env.* "$W"/good/env.*; do
		[ -e "$env" ] || continue
		msg=${env%/*}/msg.${env##*/env.}
		subject=$(tr -d '\r' <"$msg" |
		    sed -n 's/^Subject: //p;/^$/q')
		tr -d '\r' <"$msg" | sed '1,/^$/d' >"$W/body"
		cmp -s "$W/body" "$W/text" || echo "TORN $msg"
		sed -n "s/^to <\([^>]*\)>.*/\1 $subject/p" "$env"
	done | sort
}

recover() {
	tries=0
	while [ -n "$(ls "$spool/new" "$spool/cur" 2>/dev/null |
	    sed '/:$/d;/^$/d')" ] && [ $tries -lt 4 ]; do
		./minismtp-relay --flush --spool "$spool" \
		    --config "$W/good.conf" >/dev/null 2>"$W/recovery"
		tries=$((tries + 1))
	done
}

trouble() {
	echo "process $1, call $2, $3 ($(cat "$W/out")): $4"
	sed 's/^/    /' "$W/err"
	bad=$((bad + 1))
}

# Each line of "expected" at least once; more than once only if it may.
judge() {	# process, call, what, may be twice without a word, must arrive
	loops=$((loops + 1))
	recover
	arrivals >"$W/arrived"
	uniq "$W/arrived" >"$W/once"
	grep -q TORN "$W/arrived" && trouble "$1" "$2" "$3" "a torn message"
	if [ "$5" = yes ]; then
		cmp -s "$W/once" "$W/expected" ||
		    trouble "$1" "$2" "$3" "lost: $(cat "$W/once" | tr '\n' ' ')"
	elif [ -s "$W/once" ]; then
		cmp -s "$W/once" "$W/expected" ||
		    trouble "$1" "$2" "$3" "half a message"
	fi
	if [ -n "$(uniq -d "$W/arrived")" ]; then
		twice=$((twice + 1))
		[ "$4" = yes ] || grep -q "delivered twice" "$W/err" ||
		    trouble "$1" "$2" "$3" "twice without a word"
	fi
	ls "$spool/failed" 2>/dev/null | grep -q . &&
	    trouble "$1" "$2" "$3" "something is in failed/"
	return 0
}

# -- the sweeps
clean() { rm -rf "$spool" "$W"/bad/msg.* "$W"/bad/env.* "$W"/good/msg.* \
    "$W"/good/env.* "$W"/bad/wire.* "$W"/good/wire.*; }

submit() {	# ..., when it is to be delivered
	clean
	timeout -k 1 30 ./tests/crash "$W/out" "$1" "$2" "$3" \
	    "$W/bin/sendmail" "${4:--odq}" -i a@example.com b@example.com \
	    <"$W/mail.sent" >/dev/null 2>"$W/err"
	status=$?
}
send() { submit "$@" -odi; }
deliver() {
	clean
	cp -a "$W/queue" "$spool"
	timeout -k 1 30 ./tests/crash "$W/out" "$1" "$2" "$3" ./minismtp-relay --verbose \
	    --spool "$spool" --config "$conf" >/dev/null 2>"$W/err"
	status=$?
}

one() {		# what is done, process, call, kill or error
	"$1" "$2" "$3" "$4"
	if [ "$status" -eq 124 ]; then
		trouble "$2" "$3" "$4" "no end in 30 seconds"
		return
	fi
	read -r calls hit <"$W/out"
	[ "$hit" != nothing ] || return 0
	must=yes may=no
	[ "$1" = deliver ] || [ "$status" -eq 0 ] || must=no
	if [ "$4" = kill ]; then
		killed=$((killed + 1))
		[ "$2" -ne 0 ] || may=yes
	else
		failed=$((failed + 1))
		[ "$status" -eq 0 ] || [ -s "$W/err" ] ||
		    trouble "$2" "$3" "$4" "no word, and exit $status"
	fi
	judge "$2" "$3" "$4" "$may" "$must"
}

sweep() {	# what is done, process, step, first
	"$1" "$2" 0 kill
	read -r all hit <"$W/out"
	[ "$all" -gt 0 ] || { echo "$1: no process $2"; bad=1; return; }
	echo "$1, process $2: $all system calls"
	n=$4
	# A few more: no two runs are quite the same.
	while [ "$n" -le $((all + 4)) ]; do
		one "$1" "$2" "$n" kill
		if [ -n "$step" ]; then
			for e in ENOSPC EIO EINTR EMFILE EDQUOT ENOMEM; do
				one "$1" "$2" "$n" $e
			done
		else
			case $((n / $3 % 6)) in
			0) e=ENOSPC ;; 1) e=EIO ;; 2) e=EINTR ;;
			3) e=EMFILE ;; 4) e=EDQUOT ;; *) e=ENOMEM ;;
			esac
			one "$1" "$2" "$((n + 1))" $e
		fi
		n=$((n + $3))
	done
}

mail sent a@example.com b@example.com
clean
printf '%s\n' "a@example.com sent" "b@example.com sent" >"$W/expected"
# The first three calls are the loader's, and it dies, as that of any program,
# where the third gives it no memory.
part=$(($(date +%s) % 11 + 2))
# The front and the drop; then the drop that tells a relay of it.
for process in ${CRASH_PROCESSES:-0 1}; do
	[ "${CRASH_WHAT:-submit}" = submit ] || continue
	sweep submit $process "${step:-17}" $((part + 1))
done
for process in ${CRASH_PROCESSES:-1}; do
	[ "${CRASH_WHAT:-send}" = send ] || continue
	sweep send $process "${step:-17}" $((part + 1))
done

clean
mail one a@example.com
mail two b@example.com later2@example.com
mail three later3@example.com
cp -a "$spool" "$W/queue"
printf '%s\n' "a@example.com one" "b@example.com two" \
    "later2@example.com two" "later3@example.com three" >"$W/expected"
# The run, and its courier.
for process in ${CRASH_PROCESSES:-0 1}; do
	[ "${CRASH_WHAT:-deliver}" = deliver ] || continue
	sweep deliver $process "${step:-17}" $((part + 1))
done
echo "$killed killed, $failed failed calls, $loops recoveries, $twice of them" \
    "with a message that arrived twice, $bad mistakes"
[ $bad -eq 0 ]
