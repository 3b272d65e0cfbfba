# A secret is nowhere: not in what is printed, traced, logged or kept, not in
# the arguments or the environment of any of the three programs, and not in a
# core, even where root takes one by force in the midst of a session.
secret=Xq7-vW3.kT9_zR5-mB1.hJ8
all='PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-1-PLUS
SCRAM-SHA-256-PLUS XOAUTH2 OAUTHBEARER'
hex() { od -An -v -tx1 | tr -d ' \n'; }
# Base64 of it looks different with each place it may begin at.
letters() {	# bytes before it, first and last letter that are its own
	printf "%.$1s%s" 000 "$secret" | base64 -w 0 | cut -c"$2-$3"
}
{
	echo "$secret"
	echo "$secret" | rev
	printf %s "$secret" | hex
	echo
	printf %s "$secret" | hex | tr a-f A-F
	echo
	letters 0 1 28
	letters 1 3 28
	letters 2 4 28
} >"$W/forms"
check "it knows seven forms of it" test "$(wc -l <"$W/forms")" -eq 7
found_in() {
	grep -l -a -F -f "$W/forms" "$@" /dev/null
}
for known in "$secret" "$(echo "$secret" | rev)" \
    "$(printf '\0web1\0%s' "$secret" | base64)" \
    "$(printf 'x%s' "$secret" | base64)" "$(printf %s "$secret" | base64)"; do
	echo "$known" >"$W/known"
	check "and would find it" found_in "$W/known"
done

hold() {	# a relay that is slow with its answer to MAIL
	relay --starttls --user web1 --password "$secret" \
	    --mechanisms "$(echo $all)" "$@" <<'END'
on MAIL
	wait 9000
END
}
processes() {
	for process in /proc/[0-9]*; do
		grep -aqs -e "$SPOOL" "$process/cmdline" &&
		    echo "${process#/proc/}"
	done
}
await_mail() {
	tries=0
	while ! grep -qs '^> MAIL' "$RECORD"/wire.*; do
		[ "$((tries += 1))" -lt 100 ] || return 1
		sleep 0.05
	done
}
snapshot() {	# pid, whose
	cat "/proc/$1/cmdline" >"$W/shots/$2.cmdline"
	cat "/proc/$1/environ" >"$W/shots/$2.environ"
	cat "/proc/$1/limits" >"$W/limits.$2"
	[ -z "$gcore" ] || gcore -o "$W/shots/$2.core" "$1" >>"$W/gcore" 2>&1 &
	shots="$shots $!"
}
# A sanitizer keeps copies of its own of everything.
gcore=
[ "$(id -u)" -ne 0 ] || ! command -v gcore >/dev/null ||
    grep -q __asan_init "$BUILD/minismtp-relay" || gcore=yes

# So that nobody thinks that it was gone anyway: with the pages that the kernel
# leaves out of a core, there it is.
where_it_may_be() {
	for process; do
		gdb -q -batch -ex 'set dump-excluded-mappings on' -p "$process" \
		    -ex "generate-core-file $W/whole.$process" \
		    >>"$W/gcore" 2>&1
	done
	grep -l -a -F -e "$secret" "$W"/whole.* >"$W/found" 2>/dev/null
	check "it is in pages that no core has" test -s "$W/found"
	rm -f "$W"/whole.*
}

# In the midst of a session.
session() {	# words, lines of the configuration
	rm -rf "$W/shots" "$SPOOL" "$RECORD"/wire.*
	: >"$RECORD/log"
	mkdir "$W/shots"
	config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
tls = "starttls"
tls_ca = "$RECORD/ca.pem"
trace = yes
$2
END
	sendmail -v -X "$W/shots/trace" -i a@example.com >"$W/out" \
	    2>"$W/err" <<'END' &
Subject: hi

body
END
	front=$! shots=
	check "$1: it has come as far as MAIL" await_mail
	snapshot "$front" front
	number=0
	for process in $(processes); do
		snapshot "$process" "relay.$((number += 1))"
	done
	wait $shots
	check "$1: there are a run and a courier" test "$number" -eq 2
	if [ -n "$gcore" ]; then
		check "$1: there are three cores, and not empty ones" test \
		    "$(grep -l -a -F web1@example.com "$W"/shots/relay.*.core.* |
		    wc -l; ls "$W"/shots/front.core.* | wc -l)" = "2
1"
	else
		leave_out "$1: cores" "not root, no gcore, or a sanitizer"
	fi
	[ -z "$gcore" ] || [ "$1" != PLAIN ] || where_it_may_be $(processes)
	kill -9 $(processes) 2>/dev/null
	wait "$front"
	kill -9 "$relay_pid"		# its children as well
	wait "$relay_pid" 2>/dev/null
	relay_pid=
	cp "$W/err" "$W/shots/err"
	cp "$W/out" "$W/shots/out"
	cp -r "$SPOOL" "$W/shots/spool"
	cp "$RECORD/log" "$W/shots/log"
	check "$1: the dialogue was shown" has "$W/err" "> ..."
	check "$1: and written" has "$W/shots/trace" "> ..."
	[ -z "$PRIVATE" ] ||
	    check "$1: and logged" has "$W/shots/log" "> ..."
	found_in -r "$W/shots" >"$W/found"
	check "$1: and the secret is nowhere" nothing_in "$W/found"
}
for mechanism in $all; do
	hold
	session "$mechanism" "auth = \"$mechanism\"
password = '$secret'"
done
for limits in "$W"/limits.relay.*; do
	check "the relay may not leave a core" \
	    grep -q '^Max core file size *0 *0 ' "$limits"
done

echo "$secret" >"$W/secret"
chmod 600 "$W/secret"
hold
session "password_file" "auth = PLAIN
password_file = '$W/secret'"
hold
session "password_command" "auth = PLAIN
password_command = 'cat $W/secret'"

# While the drop takes the message in, and nobody knows the secret yet.
rm -rf "$W/shots"
mkdir "$W/shots"
mkfifo "$W/slow"
sendmail -odq -v -i a@example.com <"$W/slow" >/dev/null 2>&1 &
front=$! shots=
exec 9>"$W/slow"
printf 'Subject: hi\n\nbody\n' >&9
tries=0
while [ -z "$(processes)" ] && [ "$((tries += 1))" -lt 60 ]; do
	sleep 0.05
done
snapshot "$front" front
for process in $(processes); do
	check "this is the drop" has "/proc/$process/comm" minismtp-drop
	snapshot "$process" drop
done
wait $shots
exec 9>&-
wait "$front"
found_in -r "$W/shots" >"$W/found"
check "neither front nor drop knows it" nothing_in "$W/found"
