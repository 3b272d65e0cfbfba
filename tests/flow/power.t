# What a power cut may leave of a file that was not synced: its name alone, a
# part of it, zeros.  Nobody was told "ok" for any of these; none of them is
# sent, and a message that is whole is not held up.
relay </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
i=0
while [ "$i" -lt 40 ]; do
	echo "line $i of a text that has to arrive as it was, or not at all"
	i=$((i + 1))
done >"$W/text"
mail() {
	{ echo "Subject: $1"; echo; cat "$W/text"; } |
	    sendmail -odq -i a@example.com
}
last() { (cd "$SPOOL/new" && for f in *; do echo "$f"; done | tail -n 1); }

mail whole
whole=$SPOOL/new/$(last)
size=$(wc -c <"$whole")
torn=0
block=256
next() {	# another one; its file is $file
	mail torn
	file=$SPOOL/new/$(last)
	torn=$((torn + 1))
}
zeros() {	# at, how many
	dd if=/dev/zero of="$file" bs=1 seek="$1" count="$2" conv=notrunc \
	    2>/dev/null
}
at=0
while [ "$at" -lt "$size" ]; do
	left=$((size - at))
	next		# the rest has not come to the disk
	truncate -s "$at" "$file"
	next		# the size has, the rest has not
	zeros "$at" "$left"
	next		# one block has not
	[ "$left" -lt "$block" ] || left=$block
	zeros "$at" "$left"
	at=$((at + block))
done
# One with its name after an attempt, as if that had been all that was synced.
next
truncate -s $((size / 2)) "$file"
mv "$file" "$SPOOL/cur/${file##*/},0000000000"
# The history behind the message may be torn: that is no harm.
mail history
file=$SPOOL/new/$(last)
printf 'try 40:17890' >>"$file"
# The name of a synced file that was not: it is still in tmp/.
mail name
mv "$SPOOL/new/$(last)" "$SPOOL/tmp"

run timeout 60 sendmail -q
arrived 2
check "all the others are set aside" test \
    "$(find "$SPOOL/failed" -name 'junk,*' | wc -l)" -eq "$torn"
echo "# $torn states"
for n in 1 2; do
	tr -d '\r' <"$RECORD/msg.$n" | sed '1,/^$/d' >"$W/body"
	check "message $n is whole" cmp "$W/body" "$W/text"
done
check "nothing is left to do" test -z \
    "$(find "$SPOOL/new" "$SPOOL/cur" -type f)"
check "and nobody got a report" test \
    "$(grep -c '<>' "$RECORD/wire.1")" -eq 0
