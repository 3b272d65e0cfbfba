# --etrn asks the relay for what it holds; its answer is said in words.
relay --offer 'ETRN' <<'END'
on ETRN here.example
	say 252 OK, pending messages for node here.example started
always
on ETRN busy.example
	say 458 Unable to queue messages
on ETRN
	say 459 not for you
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
END
etrn() {
	run "$BUILD/minismtp-relay" --config "$CONFIG" --spool "$SPOOL" \
	    --etrn "$1"
}
etrn here.example
exits 0
prints "the relay has begun to send what is pending: "
etrn busy.example
exits 75
says "the relay cannot look into its queue now: 458 Unable to queue messages"
etrn @else.example
exits 75
says "the relay does not do this for this name: 459 not for you"
etrn 'two words'
exits 64
relay <<'END'
END
sed -i "s/^relay.*/relay = \"$RELAY\"/" "$CONFIG"
etrn here.example
exits 69
says "the relay does not offer ETRN"
sed -i 's/^relay.*/relay = "127.0.0.1:1"/' "$CONFIG"
etrn here.example
exits 75
says "Connection refused"
