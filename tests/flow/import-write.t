# From msmtp's configuration to the first mail, with one command.
relay --user ann --password 'correct horse' <<'END'
END
cat >"$HOME/.msmtprc" <<END
account default
host ${RELAY%:*}
port ${RELAY##*:}
domain web1.example.com
from ann@example.com
auth on
user ann
password "correct horse"
END
chmod 600 "$HOME/.msmtprc"
config <<'END'
relay = "old.example.com"
END

run minismtp import --personal --write
exits 0
says "$HOME/.msmtprc is imported"
says "$HOME/.msmtprc:8: taken: password as password_file"
says "$CONFIG is written; the old one is $CONFIG.old"
check "nothing is printed" nothing_in "$W/out"
check "the old configuration is kept" has "$CONFIG.old" "old.example.com"
secret=${CONFIG%.conf}.password
check "the password is in a file of its own" has "$secret" "correct horse"
check "and not in the configuration" has_not "$CONFIG" "correct"
check "which nobody else can read" \
    test "$(stat -c %a "$secret" "$CONFIG" | sort -u)" = 600
run minismtp config --check
exits 0

run sendmail -i a@example.com <<'END'
Subject: hi

body
END
exits 0
await 1
envelope 1 <<'END'
from <ann@example.com> SIZE=*
to <a@example.com>
login ann
over plain
bytes *
END
queued 0

# The same once more changes nothing.
run minismtp import --personal --write
exits 0
check "and keeps nothing" test ! -e "$CONFIG.old.2"

# What would not be read is not written.
echo "account default" >"$HOME/.msmtprc"
run minismtp import --personal --write
exits 78
check "the configuration is still there" has "$CONFIG" "ann@example.com"
