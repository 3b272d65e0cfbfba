# SPDX-License-Identifier: ISC
# minismtp setup where nobody is at a terminal: what is not said is found out,
# what does not work is not written, and the old configuration is kept.
umask 022
PASSWORD=$W/password
echo 'correct horse' >"$PASSWORD"
chmod 600 "$PASSWORD"
setup() { run minismtp setup --personal "$@"; }
nothing_is_there() {
	check "nothing is written" \
	    nothing_in_dir "$W/config/minismtp"
}
nothing_in_dir() {
	ls -A "$1"
	[ -z "$(ls -A "$1")" ]
}
mode() { check "$1 is $2" test "$(stat -c %a "$1")" = "$2"; }

# -- a relay with TLS and a login
relay --tls --user me@example.com --password 'correct horse'
setup --address me@example.com --relay "$RELAY" --tls implicit \
    --tls-ca "$RECORD/ca.pem" --password-file "$PASSWORD"
exits 0
says "$RELAY answers (TLS1."
says "logged in as me@example.com"
says "wrote $CONFIG"
check "and nothing else is said" test "$(wc -l <"$W/err")" -eq 4
mode "$CONFIG" 600
mode "$W/config/minismtp/minismtp.password" 600
check "the password has a file of its own" has_not "$CONFIG" horse
cat >"$W/want" <<END
# minismtp.conf - made by "minismtp setup"; minismtp.conf(5) explains it

relay = "$RELAY"
tls = implicit
tls_ca = "$RECORD/ca.pem"
sender = "me@example.com"
admin = "me@example.com"

user = "me@example.com"
password_file = "$W/config/minismtp/minismtp.password"
END
check "the configuration is short" same "$CONFIG" "$W/want"
run minismtp config --check
exits 0
run sendmail -odi -i a@example.com <<'END'
Subject: hi

body
END
exits 0
arrived 1

# -- to look at: the dialogue, and what would be written
setup --address other@example.com --relay "$RELAY" --tls implicit \
    --tls-ca "$RECORD/ca.pem" --password-file "$PASSWORD" --dry-run -v \
    --user me@example.com
exits 0
says "< 220 localhost ESMTP"
says "> EHLO "
says "logged in as me@example.com"
prints 'sender = "other@example.com"'
check "no secret is seen" has_not "$W/err" horse
check "nor printed" has_not "$W/out" horse
check "nothing is written" same "$CONFIG" "$W/want"

# -- once more: nothing changes, so nothing is kept
setup --address me@example.com --relay "$RELAY" --tls implicit \
    --tls-ca "$RECORD/ca.pem" --password-file "$PASSWORD"
exits 0
check "there are two files" \
    test "$(find "$W/config/minismtp" -type f | wc -l)" -eq 2

# -- from standard input; then another sender: the old one is kept
echo 'correct horse' >"$W/in"
run minismtp setup --address me@example.com --sender web1@example.com \
    --admin root@example.com --helo web1.example.com --relay "$RELAY" \
    --personal --tls=implicit --tls-ca "$RECORD/ca.pem" --password-file - \
    --test me@example.com <"$W/in"
exits 0
says "wrote $CONFIG; the old one is $CONFIG.old"
check "the old one is whole" same "$CONFIG.old" "$W/want"
mode "$CONFIG.old" 600
says ": sent"
arrived 2
check "in the name of the sender" \
    has "$RECORD/env.2" 'from <web1@example.com>'
check "it is the test message" has "$RECORD/msg.2" \
    'This is the test message of "minismtp setup".'

# -- a wrong password: the name before the @ is tried as well, and that is all
cp "$CONFIG" "$W/before"
echo 'battery staple' >"$PASSWORD"
setup --address me@example.com --relay "$RELAY" --tls implicit \
    --tls-ca "$RECORD/ca.pem" --password-file "$PASSWORD"
exits 77
says "the relay refuses the login for me@example.com"
says "minismtp: setup: relay 127.0.0.1"
says "the relay refuses the login for me "
check "nothing was changed" cmp "$W/before" "$CONFIG"
check "nor the password" has "$W/config/minismtp/minismtp.password" horse
check "it is nowhere" has_not "$W/err" battery

# -- a certificate that nobody vouches for
echo 'correct horse' >"$PASSWORD"
setup --address me@example.com --relay "$RELAY" --tls implicit \
    --password-file "$PASSWORD"
check "it exits with a failure" test "$status" -ne 0
says "certificate"
check "nothing was changed" cmp "$W/before" "$CONFIG"

# -- a password that others may read
chmod 644 "$PASSWORD"
setup --address me@example.com --relay "$RELAY" --tls implicit \
    --tls-ca "$RECORD/ca.pem" --password-file "$PASSWORD"
exits 78
says "chmod o-rwx $PASSWORD"
chmod 600 "$PASSWORD"

# -- the login is what stands before the @
relay --starttls --user me --password 'correct horse'
rm -rf "$W/config/minismtp"
setup --address me@example.com --relay "$RELAY" --tls starttls \
    --tls-ca "$RECORD/ca.pem" --password-file "$PASSWORD"
exits 0
says "logged in as me"
check "and it is written" has "$CONFIG" 'user = "me"'
rm -rf "$W/config/minismtp"
setup --address me@example.com --relay "$RELAY" --tls starttls \
    --tls-ca "$RECORD/ca.pem" --password-command "cat $PASSWORD" --user me
exits 0
check "the program is written" has "$CONFIG" 'password_command = "cat '
check "and no password" test ! -e "$W/config/minismtp/minismtp.password"

# -- nobody is there to ask
rm -rf "$W/config/minismtp"
mkdir "$W/config/minismtp"
setup
exits 64
says "minismtp: setup: there is nobody to ask; say --address"
setup --address nonsense
exits 64
says "--address: an address is someone@example.com"
setup --address me@example.com --relay "$RELAY" --tls starttls \
    --tls-ca "$RECORD/ca.pem"
exits 64
says "say --password-file"
setup --address me@example.com --relay "$RELAY" --tls sometimes
check "it exits with a failure" test "$status" -ne 0
says "sometimes"
setup --address me@example.com extra
exits 64
says "minismtp: setup: extra: what is that?"
setup --adress me@example.com
exits 64
says "--adress: no such option (--address?)"
nothing_is_there

# -- a relay that wants no login
relay
setup --sender '%u@web1.example.com' --relay "$RELAY"
exits 0
says "$RELAY answers, without TLS"
says "it wants no login"
check "it has what is needed" has "$CONFIG" 'sender = "%u@web1.example.com"'
check "and no user" has_not "$CONFIG" user
rm "$CONFIG"
setup --address me@example.com --relay "$RELAY" --password-file "$PASSWORD"
exits 69
says "offers no login"
setup --address me@example.com --relay "$RELAY" --no-login --user me
exits 64
nothing_is_there

# -- nobody is there
stop
setup --address me@example.com --relay "$RELAY" --password-file "$PASSWORD"
check "it exits with a failure" test "$status" -ne 0
says "refused"
nothing_is_there

# -- providers, without trying them
setup --providers
exits 0
for name in gmail outlook microsoft365 yahoo aol icloud fastmail gmx yandex \
    mailru rambler zoho proton ses sendgrid mailgun postmark; do
	prints "$name "
done
setup --address someone@gmail.com --offline --dry-run \
    --password-file "$PASSWORD"
exits 0
prints "# Gmail wants an app password"
prints 'relay = "smtp.gmail.com:465"'
prints 'user = "someone@gmail.com"'
prints 'force_sender = both'
prints 'limit = "500/d"'
setup --address alerts@example.com --provider sendgrid --offline \
    --password-file "$PASSWORD"
exits 0
check "the user is fixed" has "$CONFIG" 'user = "apikey"'
rm -rf "$W/config/minismtp"
mkdir "$W/config/minismtp"
setup --address me@example.com --provider gmial
exits 64
says "(gmail?)"
setup --address someone@tuta.com
exits 69
says "Tuta: it has no SMTP"
setup --address alerts@example.com --provider ses --offline \
    --relay email-smtp.eu-central-1.amazonaws.com \
    --password-file "$PASSWORD"
exits 64
says "say --user"
nothing_is_there
