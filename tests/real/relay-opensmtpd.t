# OpenSMTPD takes 200 letters, and each arrives as it is.
. "$here/../real/relays"
packages opensmtpd libdb5.3 libevent-2.1-7
strangers opensmtpd opensmtpq reader
letters
no_names
free_port
D=$W/opensmtpd
for place in /run /var/lib /var/spool; do
	mount -t tmpfs -o mode=755 none "$place" || skip "cannot mount"
done
mkdir -p /var/lib/opensmtpd/empty "$D" /var/spool/smtpd
mkdir "$D/mail"
chown 60012:60012 "$D/mail"
chmod 711 /var/spool/smtpd
cat >"$D/keep" <<END
#!/bin/sh
exec cat >"\$(mktemp "$D/mail/XXXXXXXX")"
END
chmod 755 "$D/keep"
cat >"$D/conf" <<END
listen on 127.0.0.1 port $port hostname localhost
table readers { "@example.com" = "reader" }
action "keep" mda "$D/keep" virtual <readers>
match from any for domain "example.com" action "keep"
END
serve "$port" /usr/sbin/smtpd -d -f "$D/conf"
deliver "$port" "$D/mail"
