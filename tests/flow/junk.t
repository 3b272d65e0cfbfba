# What is none of ours, or is torn, stops nobody: it is set aside, once.
relay </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
mail() { echo "Subject: $1" | sendmail -odq a@example.com; }
# The name of the message that came last.
last() { (cd "$SPOOL/new" && for f in *; do echo "$f"; done | tail -n 1); }

mail torn; torn=$(last)
mail bits; bits=$(last)
mail linked; linked=$(last)
mail named; named=$(last)
mail other; other=$(last)
mail year; year=$(last)
mail good; good=$(last)
cd "$SPOOL/new" || exit 1

# torn, and with a bit that has changed
size=$(wc -c <"$torn")
dd if="$torn" of=cut bs=1 count=$((size / 2)) 2>/dev/null
chmod 600 cut && mv cut "$torn"
sed 's/^Subject: bits/Subject: bitz/' "$bits" >flipped
chmod 600 flipped && mv flipped "$bits"
# names and links
ln "$linked" "$SPOOL/../link"
ln -s /etc/passwd a-symlink
ln -s "$good" "$(echo "$good" | tr 0-9A-Za-y 1-9A-Za-z)"
mkdir directory
: >'a name, with blanks'
: >"$(printf 'new\nline')"
: >.hidden
mkfifo fifo
mv "$named" "$(echo "$named" | tr 0-8 1-9)x"
cp "$other" "$(echo "$other" | rev)" && chmod 600 "$(echo "$other" | rev)"
head -c 5000 /dev/zero >00000000000000000
# the clock was set back a year: its time is far ahead
mv "$year" "$SPOOL/cur/$year,$(printf %010x $(($(date +%s) + 31536000)))"
: >"$SPOOL/cur/nothing of ours"
touch -d 'next year' "$good"
cd "$W" || exit 1

run timeout 20 sendmail -q
arrived 3
check "nothing is left to do" test -z "$(ls -A "$SPOOL/new" "$SPOOL/cur" |
    grep -v -e : -e '^$')"
check "all of it is kept" test "$(ls -A "$SPOOL/failed" | wc -l)" -ge 12
first=$(grep -c "set aside" "$RECORD/log")
run timeout 20 sendmail -q
logged "is set aside as junk,"
check "it is reported once" test "$(grep -c "set aside" "$RECORD/log")" -eq "$first"
not_logged "bounce"
