#!/bin/sh
# SPDX-License-Identifier: ISC
# front.sh - the sendmail face as a whole, with a drop that we play ourselves
#
# The front takes the drop that stands beside it.  Ours writes down what it is
# told, says what the case wants it to say, and does not keep anything.
[ -x ./minismtp ] || { echo "there is no minismtp yet"; exit 77; }
./minismtp --help 2>/dev/null | grep -q '^usage' ||
    { echo "minismtp does not take options yet"; exit 77; }
w=$(mktemp -d "${TMPDIR:-/tmp}/minismtp-front.XXXXXX") || exit 1
trap 'rm -rf "$w"' EXIT
cp ./minismtp "$w/minismtp"
ln -s minismtp "$w/sendmail"
: >"$w/conf"
export HOME="$w"
bad=0 count=0

# What the drop says before it listens, and behind the end of a submission.
drop() {
	{
		echo '#!/bin/sh'
		echo "printf '$1'"
		echo "sed -u '/^end 0:\$/q' >'$w/got'"
		echo "tail -n 1 '$w/got' | grep -q '^end 0:\$' || exit 1"
		echo "printf '$2'"
		echo "$3"
	} >"$w/minismtp-drop"
	chmod 755 "$w/minismtp-drop"
}

# try STATUS ARGUMENT...: standard input is $w/in
try() {
	want=$1
	shift
	rm -f "$w/got"
	count=$((count + 1))
	"$w/sendmail" -C "$w/conf" "$@" <"$w/in" >"$w/out" 2>"$w/err"
	status=$?
	[ "$status" -eq "$want" ] || fail "$* exits $status, not $want"
}

fail() {
	echo "$*"
	cat "$w/err"
	bad=1
}

got() { grep -qF -e "$1" "$w/got" || fail "the drop has not heard: $1"; }
not_got() { ! grep -qF -e "$1" "$w/got" || fail "the drop has heard: $1"; }
said() { grep -qF -e "$1" "$w/err" || fail "stderr does not say: $1"; }
quiet() { [ ! -s "$w/err" ] || fail "stderr should be empty"; }
nothing() { [ ! -e "$w/got" ] || not_got 'end 0:'; }

printf 'To: a@x.example, b\nBcc: c@x.example\nSubject: s\n\none\n' >"$w/in"

# -- what is said
drop '' 'ok 2:ID\ndone 1:0\n'
try 0 -t
quiet
got 'rcpt 11:a@x.example' && got 'rcpt 1:b' && got 'rcpt 11:c@x.example'
not_got 'sender'
try 0 d
got 'rcpt 1:d' && not_got 'rcpt 11:a@x.example'
try 0 -t d b
got 'rcpt 1:d' && got 'rcpt 1:b' && got 'rcpt 11:a@x.example'
[ "$(grep -c '^rcpt 1:b' "$w/got")" -eq 1 ] || fail "b is there twice"
try 0 -f e@x.example -f '' d
got 'sender 0:'
try 0 -f '<>' d
got 'sender 0:'
try 0 -r 'Al <al@x.example>' -F 'Al' d
got 'sender 12:al@x.example' && got 'name 2:Al'
try 0 -f A -t B -i
got 'sender 1:A' && got 'rcpt 1:B'
try 0 -N failure -R hdrs -V id -B 8BITMIME --account work d
got 'notify 7:failure' && got 'ret 4:hdrs' && got 'envid 2:id'
got 'body 8:8bitmime' && got 'account 4:work'
try 0 -odq d
got 'wait 4:none'

# -- what is wrong before standard input is touched
for line in '-Z' '-f' '-t -be' '-N x d' '-q d' ''; do
	# shellcheck disable=SC2086
	rest=$({ "$w/sendmail" $line 2>/dev/null; echo $?; cat; } <"$w/in")
	[ "$rest" = "64
$(cat "$w/in")" ] || fail "'$line' is not refused with 64 before reading"
	count=$((count + 1))
done
try 65 -f "$(printf 'a@x>\r\nRCPT TO:<b')" d
nothing
try 65 '|/bin/sh'
nothing
try 66 -C /nonexistent/conf d
nothing
try 73 -X /nonexistent/x d
nothing

# -- what is wrong in the message
try 65 d 'a@@x'
got 'rcpt 1:d' && said '@@'
printf 'Subject: s\n\nTo: body@x.example\n' >"$w/in"
try 65 -t
nothing
said 'no recipients'
: >"$w/in"
try 0 d
got 'end 0:'
rm -f "$w/got"
"$w/sendmail" -C "$w/conf" d <"$w" 2>"$w/err"
[ $? -eq 74 ] || fail "a directory is no message"
nothing
rm -f "$w/got"
"$w/sendmail" -C "$w/conf" d <&- 2>"$w/err"
[ $? -eq 74 ] || fail "a closed standard input is no empty message"
nothing

# -- dots
printf 'a\n.\nb\n.\n' >"$w/in"
try 0 d
got 'data 6:a'
try 0 -i d
got 'data 8:a'
try 0 -oi d
got 'data 8:a'

# -- what is heard
drop '' 'err 12:65 no thanks\n'
try 65 d
said 'minismtp: no thanks'
drop '' 'err 7:75 full\n'
try 75 d
drop 'err 7:75 full\n' ''
try 75 d
said 'full'
drop '' ''
try 75 d
said 'without a word'
drop '' 'ok 2:ID\npatience 1:0\n' 'sleep 1; printf "done 6:69 bad"'
try 0 d
quiet
no='ok 2:ID\nrcpt 16:failed d@x 550 x\ndone 8:67 550 x\n'
drop '' "$no"
try 67 d
said 'minismtp: d@x: 550 x'
[ "$(wc -l <"$w/err")" -eq 1 ] || fail "the refusal is said once"
try 67 -oem d
said '550 x' && got 'oe 1:m'
try 67 -oeq d
quiet
try 0 -oee d
quiet
try 0 -odb d
quiet
try 0 -odq d
drop '' 'ok 2:ID\ntrace 5:< 220\ntrace 8:> <?php>\ndone 1:0\n'
try 0 -v d
said '< 220'
try 0 -X "$w/x" d
quiet
grep -qF '> <\?php>' "$w/x" || fail "-X has not written the dialogue"
rm "$w/minismtp-drop"

echo "$count cases"
exit $bad
