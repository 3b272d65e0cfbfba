# What maps names of other alphabets is not there in a session that began
# without one, and cannot be fetched in its sandbox.  So such a message ends the
# session, untouched, and is the first of another.
relay --offer 'PIPELINING CHUNKING 8BITMIME' </dev/null
settings() {
	config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
connections = 1
sandbox = $1
END
}
mail() {	# recipient, To
	sendmail -odq -i "$1" <<END
From: web1@example.com
To: $2
Subject: hi

body
END
}
none_of() { ! grep -q "$@"; }
ehlos() { cat "$RECORD"/wire.* | grep -c '^> EHLO'; }

settings yes
mail a@example.com a@example.com
mail b@example.com b@example.com
mail c@bücher.example c@bücher.example
mail d@example.com "d@example.com, e@straße.example"
mail f@example.com f@example.com
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"
exits 0
arrived 5
queued 0
check "the recipient is mapped" grep -q 'to <c@xn--bcher-kva.example>' \
    "$RECORD"/env.*
check "so is who stands in the header" grep -q 'e@xn--strae-oqa.example' \
    "$RECORD"/msg.*
check "nothing goes as it was" none_of "$(printf '\303')" "$RECORD"/msg.* \
    "$RECORD"/env.*
check "that took another session" test "$(ehlos)" -eq 2
check "nobody has it twice" test \
    "$(cat "$RECORD"/env.* | grep '^to ' | sort -u | wc -l)" -eq 5

# Who is not locked up fetches it in the middle.
settings no
mail a@example.com a@example.com
mail c@bücher.example c@bücher.example
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"
exits 0
arrived 7
check "which takes none" test "$(ehlos)" -eq 3

# And one after the other it is the first each time.
settings yes
mail c@bücher.example c@bücher.example
mail c@bücher.example c@bücher.example
mail a@example.com a@example.com
run "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG"
exits 0
arrived 10
check "and then none either" test "$(ehlos)" -eq 4
