# One courier for what he can carry, and more for more, as "connections" says.
relay --delay 30 </dev/null
settings() {
	config <<-END
	relay = "$RELAY"
	helo = "web1.example.com"
	sender = "web1@example.com"
	window = 4
	END
}
mail() {
	n=0
	while [ "$n" -lt "$1" ]; do
		echo "Subject: $n" | sendmail -odq a@example.com
		n=$((n + 1))
	done
}
wires() { find "$RECORD" -name 'wire.*' | wc -l; }
settings
mail 20
run sendmail -q
arrived 20
check "one session for a few" test "$(wires)" -eq 1
mail 150
run sendmail -q
arrived 170
check "three for many" test "$(wires)" -eq 4
queued 0

# Where the relay wants but one, that one carries everything.
rm "$RECORD"/msg.* "$RECORD"/wire.*
relay <<'END'
on NOOP
	default
connection
on connect
	say 421 4.7.0 too many of you
	close
always
on connect
	say 421 4.7.0 too many of you
	close
END
settings
mail 150
run sendmail -q
exits 0
arrived 150
queued 0
check "and it is known that it works" test -z "$(ls "$SPOOL/state" | grep -v run)"
