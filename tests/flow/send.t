# minismtp send: a message from options, files and standard input.
relay <<'END'
always
on RCPT TO:<no@
	say 550 5.1.1 no such user
on RCPT TO:<later@
	say 451 4.2.0 come again
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
unset LC_ALL LC_CTYPE LANG VISUAL EDITOR
cd "$W" || exit 1

# -- what arrives
printf 'Hello\n.\nworld' >text
run minismtp send --from 'Ann <ann@example.com>' -s 'A text' \
    --to 'Bob <bob@example.net>, c@example.net' --cc d@example.net \
    --bcc secret@example.net --reply-to r@example.com \
    --header 'X-Ticket: 7' e@example.net <text
exits 0
is_silent
envelope 1 <<'END'
from <web1@example.com> SIZE=*
to <bob@example.net>
to <c@example.net>
to <e@example.net>
to <d@example.net>
to <secret@example.net>
over plain
bytes *
END
check "every field that is wanted, and no Bcc" sh -c '
tr -d "\r" <"$1" >"$2"
cat "$2"
for field in "Date: " "From: Ann <ann@example.com>" \
    "To: Bob <bob@example.net>, c@example.net, e@example.net" \
    "Cc: d@example.net" "Reply-To: r@example.com" "Subject: A text" \
    "Message-ID: <.*@.*>" "X-Ticket: 7" "X-Mailer: minismtp/" \
    "MIME-Version: 1.0" "Content-Type: text/plain; charset=us-ascii" \
    "Content-Transfer-Encoding: 7bit"; do
	[ "$(grep -c "^$field" "$2")" -eq 1 ] || { echo "? $field"; exit 1; }
done
! grep -qi -e ^bcc -e secret "$2"' - "$RECORD/msg.1" "$W/message"
check "the text, whole" sh -c '[ "$(sed "1,/^$/d" "$1")" = "Hello
.
world" ]' - "$W/message"

# -- what becomes of it
run minismtp send --wait -s x --body text bob@example.net no@example.net
exits 67
prints 'bob@example.net: sent: 250 '
is_silent
prints 'no@example.net: refused: recipient <no@example.net> refused: 550 5.1.1'
run minismtp send -s x --body text no@example.net
exits 67
says 'no@example.net: '
check "the refusal is said once" test "$(wc -l <"$W/err")" -eq 1
run minismtp send --wait -s x --body text later@example.net
exits 0
prints 'later@example.net: not yet, and tried again later: '
prints '451 4.2.0 come again'
queued 1

# -- what is not sent
refuses() {	# code, words, and the options
	code=$1 words=$2
	shift 2
	run minismtp send --dry-run "$@" </dev/null
	exits "$code"
	says "minismtp: send: $words"
	check "and one line" test "$(wc -l <"$W/err")" -eq 1
}
to=bob@example.net line=$(printf 'a\nBcc: x')
refuses 64 "no recipients: name them, or say --to"
refuses 65 "--to: bad address \"a@@b\" at position 3: " --to a@@b
refuses 65 "--cc: bad address \"\"c d\" at position 6: the '\"' is never" --cc 'a@b, "c d'
refuses 65 "--from: one address is wanted" $to --from 'a@b, c@d'
refuses 65 "--subject: a line break at position 2" $to -s "$line"
refuses 65 "--header 'X: a" \
    $to --header "X: $line"
refuses 64 "--header 'bcc: x': Bcc is not set so; say --bcc" \
    $to --header 'bcc: x'
refuses 65 "--header 'X': it wants 'Name: value'" $to --header X
refuses 66 "--attach: gone: No such file or directory" $to --attach gone
refuses 66 "--attach: .: Is a directory" $to --attach .
refuses 66 "--body: gone: No such file or directory" $to --body gone
refuses 66 "--html: gone: No such file or directory" $to --html gone
refuses 66 "--inline: gone: No such file or directory" $to --inline gone
printf '\000\001' >blob
refuses 65 "blob: it is no text; say --attach for a file" $to --body blob
printf '\344\n' >latin1
refuses 65 "latin1: it is not all us-ascii, as --charset says" $to \
    --body latin1 --charset us-ascii
refuses 65 "latin1: it is no utf-8, as --charset says" $to --body latin1 \
    --charset utf-8
run minismtp send --charset 'a;b' $to </dev/null
exits 64
run minismtp send --body a --body b $to </dev/null
exits 64
says "--body: there can be one only"
if [ "$(id -u)" -ne 0 ]; then
	: >closed && chmod 0 closed
	refuses 66 "--attach: closed: Permission denied" $to --attach closed
fi
queued 1

# -- a file that changes between the two readings
echo old >changing
mkfifo page.fifo
(exec 3>page.fifo; echo newer >>changing; echo '<p>x' >&3) &
run minismtp send --html page.fifo --attach changing $to
wait "$!"
exits 65
says "changing: it has grown while it was read"
queued 1

# -- what others read
command -v python3 >/dev/null || {
	leave_out "Python's email reads it" "there is no python3"
	return 0
}
composed() {
	python3 "$SRC/tests/flow/composed.py" "$W/message" "$@"
}
dry() {
	minismtp send --dry-run "$@" $to >"$W/message" 2>"$W/err"
}
printf '\211PNG\r\n\032\n\000\001' >'my cat.png'
printf '<p>Gr\303\274\303\237e</p><img src="cid:my%%20cat.png">' >page
long=$(printf 'pr\303\251cis et si long que la ligne ne suffit pas.csv')
printf 'a;b\n\303\244;c\n' >"$long"
printf 'no end' >'a "note".txt'
seq 1 20000 >numbers
: >empty
dry -s "$(printf 'Gr\303\274\303\237e')" --html page --inline 'my cat.png' \
    --attach "$long" -a 'a "note".txt' -a numbers -a empty \
    --from "$(printf 'J\303\266rg')<j@example.org>"
check "it complains of nothing" nothing_in "$W/err"
check "Python's email reads HTML, picture and files" composed \
    multipart/mixed multipart/alternative text/plain multipart/related \
    text/html "image/png:my cat.png" "text/csv:$long" \
    'text/plain:a "note".txt' text/plain:numbers \
    application/octet-stream:empty
dry --html page --inline 'my cat.png' --inline numbers
says "the HTML has no cid:numbers"
dry -s x --attach "$long" <latin1
check "a text of nobody knows what" composed multipart/mixed text/plain \
    "text/csv:$long"
check "is called so" has "$W/message" "charset=unknown-8bit"
dry -s x --body latin1 --charset iso-8859-1
check "and by its name if somebody says it" has "$W/message" \
    "text/plain; charset=iso-8859-1"
seq 1 50 | dry --body text --attach /dev/fd/0
check "a pipe is attached" composed multipart/mixed text/plain text/plain
printf 'Subject: inner\n\nhello\n' >inner.eml
dry --body text --attach inner.eml
check "a message in a message" composed multipart/mixed text/plain \
    message/rfc822 text/plain
# -- a hundred megabytes, and no more memory than for one
truncate -s 100M large
cat >peak.py <<'END'
import os, resource, subprocess, sys
status = subprocess.call(["minismtp", "send", "--dry-run", "--body", "text",
                          "--attach", "large", "a@example.com"],
                         stdout=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print("%d kB" % peak)
sys.exit(status or (peak > 24 * 1024 and "sanitized" not in sys.argv))
END
sanitized=
! grep -q __asan_init "$BUILD/minismtp" || sanitized=sanitized
check "100 MB in less than 24 MB of memory" python3 peak.py $sanitized

if command -v mshow >/dev/null; then
	dry -s x --body text --attach "$long" -a 'my cat.png'
	check "mblaze finds the files by their names" sh -c '
	HOME=$1 mshow -t "$2" >"$1/list" 2>&1
	cat "$1/list"
	grep -qF "$3" "$1/list" && grep -qF "my cat.png" "$1/list"' - \
	    "$HOME" "$W/message" "$long"
else
	leave_out "mblaze finds the files" "there is no mblaze"
fi
