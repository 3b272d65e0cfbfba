# All mistakes are said at once, each with its line; what is right is silent.
config <<END
relay = "relay.example.com"
helo = "web1.example.com"
sender = "web1@example.com"
aliases = "$W/aliases"
END
cat >"$W/aliases" <<'END'
root: ops@example.com
web: |/bin/sh
a: b
b: a
disk: /var/mail/disk, ops@example.com
END
run newaliases
exits 65
cat >"$W/want" <<END
$W/aliases:2: no program is run for an alias
$W/aliases:2: this alias stands for nobody
$W/aliases:3: the aliases run in a circle: a -> b -> a
$W/aliases:4: the aliases run in a circle: b -> a -> b
$W/aliases:5: *
END
check "each mistake has its line" same "$W/err" "$W/want"
echo 'root: ops@example.com' >"$W/aliases"
run sendmail -bi
exits 0
is_silent
prints "$W/aliases: 1 aliases, no mistake"
rm "$W/aliases"
run newaliases
exits 0
mkdir "$W/aliases"
run newaliases
exits 65
says "$W/aliases"

run sendmail -bC
exits 0
is_silent
run minismtp config --check
exits 0
is_silent
run minismtp config
exits 0
prints 'helo = "web1.example.com"'
run minismtp config --json
exits 0
prints '"helo": "web1.example.com"'

cat >"$W/bad.conf" <<'END'
relay = "relay.example.com"
sendre = "web1@example.com"
patience = "soon"
password = "sesame"
END
chmod 600 "$W/bad.conf"
run minismtp config --check "$W/bad.conf"
exits 78
says "$W/bad.conf:2: there is no key 'sendre'; did you mean 'sender'?"
says "$W/bad.conf:3: "
run sendmail -C "$W/bad.conf" -bC
exits 78
says "$W/bad.conf:3: "
check "it shows no secret" has_not "$W/err" sesame
run minismtp config --check "$W/bad.conf" "$CONFIG" "$W/nosuch.conf"
exits 78
says "cannot open $W/nosuch.conf"

config <<'END'
relay = "relay.example.com"
user = "me"
password = "sesame"
END
run minismtp config
exits 0
prints 'password = "..."'
check "it shows no secret" has_not "$W/out" sesame
run minismtp config --json
check "nor as JSON" has_not "$W/out" sesame
run minismtp config --defaults
exits 0
prints "#relay"
run minismtp config --nosuch
exits 64
says "usage: minismtp config"
run minismtp config --json more
exits 64
