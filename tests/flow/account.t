# Which account: the one asked for, else by the envelope sender, else by From.
relay <<'END'
END
config <<END
relay = "127.0.0.1:1"
helo = "web1.example.com"
account "work" {
	from = "*@work.example"
	relay = "$RELAY"
	sender = "work@work.example"
}
account "home" {
	from = "me@home.example"
	relay = "$RELAY"
	sender = "home@home.example"
}
END
run sendmail -i a@example.com <<'END'
From: "Me, Myself" <me+news@HOME.example>
Subject: hi

From: me@work.example
END
exits 0
await 1
check "by From" has "$RECORD/env.1" "from <home@home.example>"
run sendmail -i -f boss@work.example a@example.com <<'END'
From: me@home.example

body
END
exits 0
await 2
check "the envelope sender comes first" has "$RECORD/env.2" \
    "from <work@work.example>"
run sendmail -i --account work a@example.com <<'END'
From: me@home.example

body
END
exits 0
await 3
check "what is asked for comes before all" has "$RECORD/env.3" \
    "from <work@work.example>"
run sendmail -i a@example.com <<'END'
From: somebody@else.example, me@home.example

body
END
exits 0
queued 1

# A bare name has the domain behind it; where nobody is named, the login counts.
config <<END
relay = "127.0.0.1:1"
helo = "web1.example.com"
domain = "example.com"
account "cron" {
	from = { "cronie@*", "$(id -un)@example.com" }
	relay = "$RELAY"
	sender = "alerts@example.com"
}
END
run sendmail -i a@example.com <<'END'
From: cronie (Cron Daemon)

body
END
exits 0
await 4
check "a bare From" has "$RECORD/env.4" "from <alerts@example.com>"
run sendmail -i -f cronie a@example.com </dev/null
exits 0
await 5
check "a bare sender" has "$RECORD/env.5" "from <alerts@example.com>"
run sendmail -i a@example.com </dev/null
exits 0
await 6
check "the login" has "$RECORD/env.6" "from <alerts@example.com>"
run sendmail -bv a@example.com
prints "by account cron"
run sendmail -i -f '<>' a@example.com </dev/null
exits 0
run sendmail -i a@example.com <<'END'
From: somebody@else.example

body
END
exits 0
queued 3
arrived 6
