# A relay that failed is left alone for a while, across runs; the next one of
# the list is asked, but never because a message was refused.
send() {
	run sendmail -i a@example.com <<-'END'
	Subject: hi

	body
	END
	exits 0
}

relay <<'END'
END
config <<END
relay = { "127.0.0.1:1", "$RELAY" }
helo = "web1.example.com"
sender = "web1@example.com"
END
send
await 1
arrived 1
cat "$SPOOL"/state/relay-* >"$W/first" 2>&1
check "the failure is noted" has "$W/first" "failures 1:1"
check "and which it was" has "$W/first" "relay 11:127.0.0.1:1"
send
await 2
arrived 2
check "it was not asked again" cmp "$W/first" "$SPOOL"/state/relay-*
queued 0
rm -rf "$SPOOL/state"

# What a message is refused with says nothing about the relay.
relay <<'END'
on RCPT
	say 451 4.7.1 greylisted
END
config <<END
relay = { "$RELAY", "127.0.0.1:1" }
helo = "web1.example.com"
sender = "web1@example.com"
END
mkdir -m 700 "$SPOOL/state"
send
queued 1
check "nothing is noted" test -z "$(ls "$SPOOL/state" | grep -v run)"
rm "$SPOOL"/cur/*

rm "$RECORD"/msg.* "$RECORD"/wire.*
relay <<'END'
on connect
	say 421 4.3.2 not now
	close
always
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
send
queued 1
send
queued 2
for entry in "$SPOOL"/cur/*; do tail -n 1 "$entry"; done >"$W/history"
check "the reason is with the message" has "$W/history" \
    "left alone for"
check "with the words that led to it" has "$W/history" "4.3.2 not now"
run sendmail -q
exits 0
arrived 2
queued 0
check "a relay that works is forgotten" test -z "$(ls "$SPOOL/state" | grep -v run)"
check "two connections were enough" test ! -e "$RECORD/wire.3"

# Whatever lies there, mail goes out.
relay <<'END'
on connect
	say 421 4.3.2 not now
	close
always
END
sed -i "s/^relay.*/relay = \"$RELAY\"/" "$CONFIG"
send
name=$(cd "$SPOOL/state" && ls relay-*)
rm "$SPOOL"/cur/*
for evil in 'mkdir' 'mkfifo' 'ln -s /etc/passwd' 'cp /etc/passwd' \
    "sh -c 'sed s/until.*/until\ 10:9999999999/ >\"\$0\" <$W/good'" \
    "sh -c 'head -c 9999999 /dev/zero >\"\$0\"'"; do
	[ -e "$W/good" ] || cp "$SPOOL/state/$name" "$W/good"
	rm -rf "$SPOOL/state/$name"
	eval "$evil" '"$SPOOL/state/$name"'
	send
	queued 0
done
