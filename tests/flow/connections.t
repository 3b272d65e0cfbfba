# One courier for what he can carry, two for more, as "connections" says.
relay --delay 30 </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
window = 4
END
mail() {
	n=0
	while [ "$n" -lt "$1" ]; do
		echo "Subject: $n" | sendmail -odq a@example.com
		n=$((n + 1))
	done
}
wires() { find "$RECORD" -name 'wire.*' | wc -l; }
mail 20
run sendmail -q
arrived 20
check "one session for a few" test "$(wires)" -eq 1
mail 150
run sendmail -q
arrived 170
check "two for many" test "$(wires)" -eq 3
queued 0
