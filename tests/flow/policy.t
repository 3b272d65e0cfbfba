# What the configuration says of recipients and header is what arrives: redirect,
# header, remove_headers, mailer, undisclosed, auto_submitted, domain, patterns
# in sender; and discard: is the end of the mail, but for a line in the log.
relay
host=$(uname -n)
login=$(id -un)
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "%u+%h@example.com"
domain = "corp.example"
local_domains = "old.example"
received = no
redirect = { "dev@example.com", "ops@example.com" }
header "X-Site" = "one, two"
header "X-Kept" = "not this"
remove_headers = { "X-Secret", "x-mailer" }
mailer = yes
auto_submitted = no
END
mail='Date: Fri, 27 Nov 2026 10:00:00 +0000
Message-ID: <1@x.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii
Content-Transfer-Encoding: 7bit'
run sendmail -i -t carol@example.org <<END
From: root
Sender: daemon@old.example
To: bob@localhost, "Al, I" <al@example.org>
Cc: Cron Daemon <cron>
Bcc: dave
Reply-To: me
Subject: hi
X-Secret: 42
X-Mailer: other 1.0
X-Kept: this
$mail

body
END
exits 0
is_silent
envelope 1 <<END
from <$login+${host%%.*}@example.com>*
to <dev@example.com>*
to <ops@example.com>*
over plain
bytes *
END
message 1 <<END
From: root@corp.example
Sender: daemon@corp.example
To: bob@corp.example, "Al, I" <al@example.org>
Cc: Cron Daemon <cron@corp.example>
Reply-To: me@corp.example
Subject: hi
X-Kept: this
$mail
X-Original-To: carol@example.org
X-Original-To: bob@localhost
X-Original-To: al@example.org
X-Original-To: cron
X-Original-To: dave
X-Mailer: minismtp/*
X-Site: one, two

body
END

# Nobody shows: then that is said, or not.
printf 'From: a@example.com\n%s\n\nbody\n' "$mail" >"$W/mail"
config <<END
relay = "$RELAY"
helo = "web1.example.com"
received = no
account "quiet" { undisclosed = no }
END
run sendmail -i -f a@example.com x@example.org <"$W/mail"
run sendmail -i -f a@example.com -a quiet x@example.org <"$W/mail"
await 3
check "undisclosed = yes" grep -q "^To: undisclosed-recipients:;" \
    "$RECORD/msg.2"
check "undisclosed = no" has_not "$RECORD/msg.3" "To:"
envelope 3 <<END
from <a@example.com>*
to <x@example.org>*
over plain
bytes *
END

config <<END
relay = "discard:"
helo = "web1.example.com"
sender = "web1@example.com"
END
run minismtp config
exits 0
prints 'domain = "example.com"'
prints 'force_sender = envelope'
prints 'lifetime = 5d'
run minismtp config --json
prints '"domain": "example.com"'
run sendmail -i a@example.com b@example.com <"$W/mail"
exits 0
is_silent
queued 0
arrived 3
logged "to=<b@example.com>, relay=discard, "
logged "status=sent (discarded)"
