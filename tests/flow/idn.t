# Names of other alphabets may stand in the configuration; the wire has ASCII
# (IDNA 2008), and a relay need not know SMTPUTF8.
relay --offer 8BITMIME </dev/null
settings() {
	config <<END
relay = "$1"
helo = "wéb.example.com"
sender = "alerts@bücher.example"
force_sender = $2
END
}
settings "$RELAY" envelope
run sendmail -i a@bücher.example <<'END'
From: root
To: root, b@bücher.example
Subject: hi

body
END
exits 0
is_silent
arrived 1
check "our own name" grep -q '^> EHLO xn--wb-bja.example.com$' "$RECORD/wire.1"
envelope 1 <<'END'
from <alerts@xn--bcher-kva.example>*
to <a@xn--bcher-kva.example>
over plain
bytes *
END
check "a login in From" has "$RECORD/msg.1" \
    "From: root@xn--bcher-kva.example"
check "and in To" has "$RECORD/msg.1" \
    "To: root@xn--bcher-kva.example, b@xn--bcher-kva.example"
check "nothing else" has_not "$RECORD/msg.1" "$(printf '\303')"

settings "$RELAY" both
run sendmail -i a@example.com <<'END'
From: me@example.com
Subject: hi

body
END
exits 0
arrived 2
check "a forced From" has "$RECORD/msg.2" "<alerts@xn--bcher-kva.example>"

# There is no such relay, and what was asked for is in the reason.
settings "bücher.invalid" envelope
run sendmail -i a@example.com <<'END'
body
END
exits 0
run mailq
prints 'no host "xn--bcher-kva.invalid"'
