# sendmail -bv says what would happen to an address, and why; nothing is sent.
relay <<'END'
END
cat >"$W/aliases" <<'END'
root: admin
admin: ops@example.com, eve
boss: \boss
a: b
b: a
END
config <<END
relay = { "$RELAY", "relay2.example.com" }
helo = "web1.example.com"
sender = "%u-web1@example.com"
aliases = "$W/aliases"
account "work" {
	from = "*@work.example"
	relay = "relay.work.example:465"
	user = "me"
	hold = yes
}
account "lab" { redirect = "dev@example.com" }
END
run sendmail -bv root bob@example.org
exits 0
is_silent
login=$(id -un)
cat >"$W/want" <<END
root
  root -> admin
  admin -> ops@example.com
  admin -> eve
  eve: local, nobody else is known, so eve@example.com
  to ops@example.com
  to eve@example.com
bob@example.org
  bob@example.org: as it is
  to bob@example.org
by no account: none has a "from" that matches
from <$login-web1@example.com>: sender of the configuration
through $RELAY
else relay2.example.com
END
check "each step is shown" same "$W/out" "$W/want"

run sendmail -bv -f me@work.example alice@example.org
exits 0
prints 'by account work: its "*@work.example" matches the envelope sender'
prints "through relay.work.example:465"
prints "as user me"
prints "and held until it is released: hold"

run sendmail -bv --account lab alice@example.org
exits 0
prints "  to dev@example.com, by redirect"

run sendmail -bv --account nosuch alice@example.org
exits 78
says 'there is no account "nosuch"'

run sendmail -bv a 'b <' c@example.net
exits 75
says "the aliases run in a circle: a -> b -> a"
says "bad address"
prints "  to c@example.net"

run sendmail -bv
exits 64
queued 0
arrived 0
