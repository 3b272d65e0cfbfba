# fold = time: a job that fails every minute sends one mail and then one for
# all, which says for how many it stands.
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
fold = "1h"
END
mail() {	# subject, text
	printf 'Subject: %s\nMessage-ID: <%s@x.example>\n\n%s\n' "$1" \
	    "$((number += 1))" "$2" >"$W/mail"
	run sendmail -i a@example.com <"$W/mail"
	exits 0
	is_silent
}
number=0
mail "disk full" "/var"
arrived 1
for n in 1 2 3; do
	mail "disk full" "/var"
done
arrived 1
queued 1
run mailq
prints "waits for others of its kind"
prints "(stands for 3)"
run minismtp queue list --json
prints '"folded":3'

# What differs in anything goes at once.
mail "disk full" "/tmp"
mail "disk fill" "/var"
run sendmail -i a@example.com b@example.com <"$W/mail"
exits 0
run sendmail -i -f x@example.com a@example.com <"$W/mail"
exits 0
arrived 5
queued 1

id=$(minismtp queue list --json | sed 's/^{"id":"\([^"]*\)".*/\1/')
run minismtp config --explain "$id"
prints "+ Subject: disk full (3 times)"
run sendmail -q
exits 0
arrived 6
queued 0
check "it stands for three" grep -q "^Subject: disk full (3 times)" \
    "$RECORD/msg.6"
check "and it is the first of them" grep -q "^Message-ID: <2@" "$RECORD/msg.6"
# The time is not over: what comes now waits, for itself.
mail "disk full" "/var"
arrived 6
queued 1
# A report is never folded, nor is what is to be sent once more.
run sendmail -i -f '<>' a@example.com <"$W/mail"
run sendmail -i -f '<>' a@example.com <"$W/mail"
arrived 8
queued 1
run sendmail -q
check "one is one" grep -q "^Subject: disk full.\$" "$RECORD/msg.9"
logged ", which stands for 3"
