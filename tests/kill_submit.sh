#!/bin/sh
# SPDX-License-Identifier: ISC
# kill_submit.sh - kill -9 at every system call of a submission
#
# strace(1) lets each call of the program die at its n-th use, then fail.
# Afterwards there is a whole message or none, and a whole one if "ok" was
# said.  What is killed leaves garbage in tmp/ at most.
command -v strace >/dev/null || { echo "there is no strace"; exit 77; }
[ -x ./minismtp-drop ] || { echo "there is no minismtp-drop"; exit 77; }
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
dir=$(mktemp -d "$PWD/kill_submit.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
spool=$dir/spool
drop="./minismtp-drop --spool $spool store"
tail='
end minismtp '
loops=0 bad=0

# 100,000 bytes: some are on disk before the message is complete.
head -c 100000 /dev/zero | tr '\0' 'x' >"$dir/text"
{
	printf 'rcpt 15:bob@example.net\nwait 4:none\ndata 100000:'
	cat "$dir/text"
	printf '\nend 0:\n'
} >"$dir/stream"

strace -o "$dir/trace" true 2>/dev/null ||
    { echo "strace may not trace here"; exit 77; }

# The stream comes through a pipe, as it does from minismtp.
# (The shell would tell of each one that was killed.)
submit() {
	rm -rf "$spool"
	cat "$dir/stream" 2>/dev/null |
	    { strace -f -qq -o "$dir/trace" "$@" $drop >"$dir/answer"; : ; } 2>/dev/null
}

# Is what is in new/ a message, from the first byte to the last?
is_whole() {
	{ cat "$dir/text"; printf '%s%s\n' "$tail" "${1##*/}"; } >"$dir/want"
	tail -c "$(wc -c <"$dir/want")" "$1" | cmp -s - "$dir/want" &&
	    grep -aq '^size 20:00000000000000100000$' "$1" &&
	    ! grep -aq '^sum 16:0000000000000000$' "$1"
}

check() {
	loops=$((loops + 1))
	said=no
	grep -q '^ok ' "$dir/answer" && said=ok
	set -- "$1" "$spool"/new/*
	if [ ! -e "$2" ]; then
		[ $said = no ] || { echo "$1: ok, and no mail"; bad=1; }
	elif [ $# -ne 2 ]; then
		echo "$1: two messages"; bad=1
	elif ! is_whole "$2"; then
		echo "$1: a torn message"; bad=1
	elif grep -q '^err ' "$dir/answer"; then
		echo "$1: refused, and mail"; bad=1
	fi
}

submit
check "as it is"
grep -q '^ok ' "$dir/answer" || { echo "it does not even work"; exit 1; }
sed -n 's/^[0-9]* *\([a-z][a-z0-9_]*\)(.*/\1/p' "$dir/trace" |
    grep -v -e '^execve$' -e '^exit_group$' | sort | uniq -c >"$dir/calls"
while read -r count call; do
	n=1
	while [ $n -le "$count" ]; do
		submit -e trace="$call" \
		    -e inject="$call":signal=KILL:when=$n
		check "kill at $call $n"
		case $call in
		brk | mmap | munmap | mprotect | exit | rt_sig* | arch_prctl) ;;
		close) ;;	# a real one closes all the same, this one does not
		*)
			submit -e trace="$call" \
			    -e inject="$call":error=EIO:when=$n
			check "EIO from $call $n" ;;
		esac
		n=$((n + 1))
	done
done <"$dir/calls"
echo "$loops submissions, $(awk '{ n += $1 } END { print n }' "$dir/calls")" \
    "system calls"
exit $bad
