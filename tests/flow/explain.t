# minismtp config --explain shows what would become of a message, step by step,
# and what leaves is then just that; nothing is sent.
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "alerts@example.com"
force_sender = both
admin = "admin@example.com"
received = no
account "shop" {
	from = "*@shop.example"
	sender = "shop@example.com"
	redirect = "dev@example.com"
}
END
cat >"$W/mail" <<'END'
From: root (Cron Daemon)
To: root
Date: Fri, 27 Nov 2026 10:00:00 +0000
Message-ID: <1@host42.example>
Subject: hi
Bcc: carol@example.org

body
END
run minismtp config --explain "$W/mail"
exits 0
is_silent
cat >"$W/want" <<END
root
  root: local, to the admin admin@example.com
  to admin@example.com
carol@example.org
  carol@example.org: as it is
  to carol@example.org
by no account: none has a "from" that matches
from <alerts@example.com>: sender of the configuration
through $RELAY

- From: root (Cron Daemon)
- To: root
+ From: Cron Daemon on * <alerts@example.com>
+ X-Original-From: root@example.com (Cron Daemon)
+ To: root@example.com
  Date: Fri, 27 Nov 2026 10:00:00 +0000
  Message-ID: <1@host42.example>
  Subject: hi
- Bcc: carol@example.org
+ MIME-Version: 1.0
+ Content-Type: text/plain; charset=us-ascii
+ Content-Transfer-Encoding: 7bit
+ Auto-Submitted: auto-generated

The text goes as it is.
END
check "each step is shown" same "$W/out" "$W/want"
sed -n '/^$/,$s/^[+ ] //p' "$W/out" >"$W/leaves"

# What is queued is explained by what was noted then.
run sendmail -odq -t <"$W/mail"
exits 0
id=$(minismtp queue list --json | sed 's/^{"id":"\([^"]*\)".*/\1/')
run minismtp config --explain "$id"
exits 0
check "the same for a queued one" same "$W/out" "$W/want"
arrived 0
run sendmail -q
await 1
sed '/^.$/,$d' "$RECORD/msg.1" | tr -d '\r' >"$W/header"
check "and so it leaves" same "$W/header" "$W/leaves"

run minismtp config --explain -f boss@shop.example - bob@example.org <"$W/mail"
exits 0
prints 'by account shop: its "*@shop.example" matches the envelope sender'
prints "from <shop@example.com>: sender, forced by force_sender"
prints "  to dev@example.com, by redirect"
prints "+ X-Original-To: bob@example.org"
check "others are not recipients then" has_not "$W/out" "carol@example.org:"
run minismtp config --explain --account nosuch "$W/mail"
exits 78
says 'there is no account "nosuch"'
run minismtp config --explain "$W/nothing"
exits 66
says "No such file"
run minismtp config --explain 0123456789abcde
exits 66
says "there is no such message, and no such file"
run minismtp config --explain - <<'END'
Subject: hi
END
exits 0
prints "nobody: no recipient is named"
run minismtp config --explain
exits 64
run minismtp config --sender a@example.com
exits 64
