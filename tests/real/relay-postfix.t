# Postfix takes 200 letters, and each arrives as it is.
. "$here/../real/relays"
packages postfix libdb5.3 libicu72 libnsl2 libsasl2-2
strangers postfix postdrop reader
letters
free_port
D=$W/postfix
mkdir -p "$D/queue/pid" "$D/data" "$D/mail"
chown 60010 "$D/data"
chown 60012:60012 "$D/mail"
for name in active bounce corrupt defer deferred flush hold incoming private \
    saved trace; do
	mkdir "$D/queue/$name"
	chown 60010 "$D/queue/$name"
	chmod 700 "$D/queue/$name"
done
mkdir "$D/queue/public" "$D/queue/maildrop"
chown 60010:60011 "$D/queue/public" "$D/queue/maildrop"
chmod 710 "$D/queue/public"
chmod 730 "$D/queue/maildrop"
cat >"$D/main.cf" <<END
compatibility_level = 3.6
queue_directory = $D/queue
data_directory = $D/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
shlib_directory = /usr/lib/postfix
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost.example.net
mydestination =
alias_maps =
alias_database =
virtual_mailbox_domains = example.com
virtual_mailbox_base = $D
virtual_mailbox_maps = static:mail/
virtual_uid_maps = static:60012
virtual_gid_maps = static:60012
local_recipient_maps =
mailbox_size_limit = 0
virtual_mailbox_limit = 0
END
cat >"$D/master.cf" <<END
127.0.0.1:$port inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
END
serve "$port" /usr/lib/postfix/sbin/master -c "$D" -d
deliver "$port" "$D/mail"
