# A typo in the configuration delays mail, it never loses it; mailq says why it
# waits, and the next run after the mend delivers.
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
helol = "typo"
END
for n in 1 2 3; do
	run sendmail -i a@example.com <<-'END'
	Subject: hi

	body
	END
	exits 0
done
queued 3
arrived 0
run mailq
prints "a@example.com"
prints "helol"
run minismtp queue list --json
prints '"reason":"'
prints "helol"
run sendmail -q
exits 78
queued 3
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
run sendmail -q
exits 0
arrived 3
queued 0
logged "helol"
# Once for the three, and once for the run.
check "not once for each" test "$(grep -c helol "$RECORD/log")" -le 2
