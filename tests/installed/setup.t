# SPDX-License-Identifier: ISC
# minismtp setup by root writes the machine's configuration: root owns it, the
# group that carries the mail can read it, and everybody's mail goes by it.
installed
relay --tls --user web1@example.com --password 'correct horse'
echo 'correct horse' >"$W/password"
chmod 600 "$W/password"
cp "$CONFIG" "$W/before"
cp "$RECORD/ca.pem" "$W/etc/ca.pem"
chmod 644 "$W/etc/ca.pem"

run minismtp setup --address web1@example.com --relay "$RELAY" \
    --tls implicit --tls-ca "$W/etc/ca.pem" --password-file "$W/password" \
    --test admin@example.com
exits 0
says "logged in as web1@example.com"
says "wrote $CONFIG; the old one is $CONFIG.old"
says ": sent"
arrived 1
for file in "$CONFIG" "$SYSCONFDIR/minismtp.password"; do
	is=$(stat -c '%a %U:%G' "$file")
	check "$file: $is" test "$is" = "640 root:$MAIL_GROUP"
done
check "the old one is kept" cmp "$CONFIG.old" "$W/before"
check "as it was" \
    test "$(stat -c '%a %U:%G' "$CONFIG.old")" = "640 root:$MAIL_GROUP"
run as_caller cat "$SYSCONFDIR/minismtp.password"
check "a caller cannot read it" test "$status" -ne 0
run as_caller sendmail -odi -i a@example.com <<'END'
Subject: hi

body
END
exits 0
arrived 2

# A caller makes a configuration of his own.
echo 'correct horse' >"$W/home.caller/password"
chmod 600 "$W/home.caller/password"
chown 60002 "$W/home.caller/password"
run as_caller minismtp setup --address web1@example.com --relay "$RELAY" \
    --tls implicit --tls-ca "$W/etc/ca.pem" \
    --password-file "$W/home.caller/password"
exits 0
own=$W/home.caller/.config/minismtp
for file in "$own/minismtp.conf" "$own/minismtp.password"; do
	is=$(stat -c '%a %u' "$file")
	check "$file: $is" test "$is" = "600 60002"
done
rm -f "$CONFIG.old"
