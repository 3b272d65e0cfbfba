# What is wrong with names: those of the relay, of the sender, and our own.  A
# name service of our own knows what is there.
command -v python3 >/dev/null || skip "there is no python3"
[ "$(id -u)" -eq 0 ] && [ -n "${PRIVATE:-}" ] ||
    skip "no mount namespace of our own"
. "$here/examine"

: >"$W/records"
dns=127.0.53.55
mkfifo "$W/dns"
python3 "$here/dns.py" "$dns" "$W/records" >"$W/dns" 2>"$W/dns.err" &
dns_pid=$!
trap 'kill $dns_pid 2>/dev/null; stop' EXIT
read -r word <"$W/dns" ||
    skip "no name service: $(tail -n 1 "$W/dns.err")"
printf 'nameserver %s\noptions timeout:5\n' "$dns" \
    >"$W/resolv.conf"
echo 'hosts: files dns' >"$W/nsswitch.conf"
echo '127.0.0.1 localhost' >"$W/hosts"
for name in resolv.conf nsswitch.conf hosts; do
	mount --bind "$W/$name" "/etc/$name" ||
	    skip "cannot have a resolver of our own"
done

knows() {	# records
	cat >"$W/records" <<-END
	web1.example.com A 127.0.0.1
	example.com MX 10 relay.example.com
	END
	[ $# -eq 0 ] || printf '%s\n' "$@" >>"$W/records"
}
named() {	# words, relay as configured, records
	setup "$1" --name relay.example.com
	port=${RELAY##*:}
	conf "relay = \"$(echo "$2" | sed "s/PORT/$port/")\""
	shift 2
	knows "$@"
	sed -i "s/PORT/$port/" "$W/records"
}

knows "probe.example.com A 127.0.0.1"
getent ahosts probe.example.com >/dev/null ||
    skip "names cannot be looked up without a network"

named "all is well" relay.example.com:PORT "relay.example.com A 127.0.0.1"
finds ok resolve "relay.example.com is 127.0.0.1 ("
finds ok domain "example.com exists"
finds ok helo-name "web1.example.com resolves"
finds ok rcpt "none was sent"

named "one address that is closed" relay.example.com:PORT \
    "relay.example.com A 127.0.0.1" "relay.example.com A 127.0.0.2"
finds !! connect "not all addresses answer"
check "which one does" grep -Eq '127\.0\.0\.1 [0-9]+ in [0-9]+ ms' "$W/about"
check "which one does not" \
    grep -Eq '127\.0\.0\.2 [0-9]+: .*Connection refused' "$W/about"
finds ok rcpt "none was sent"

named "SRV" srv:example.com \
    "_submission._tcp.example.com SRV 0 1 PORT relay.example.com" \
    "relay.example.com A 127.0.0.1"
finds ok resolve "relay.example.com is 127.0.0.1 ("
finds ok rcpt "none was sent"

named "a domain without SRV" srv:example.com "relay.example.com A 127.0.0.1"
finds XX resolve "srv:example.com names no relay in the name service" \
    'relay = "mail.example.com"'

named "MX" mx:example.com "relay.example.com A 127.0.0.1"
finds ok resolve "relay.example.com is 127.0.0.1 ("

named "a relay with a typo" rleay.example.com:PORT
finds XX resolve 'there is no host "rleay.example.com"' \
    "getent ahosts rleay.example.com"

named "a sender whose domain does not exist" relay.example.com:PORT \
    "relay.example.com A 127.0.0.1"
conf 'sender = "web1@nosuch.example.net"'
finds !! domain "there is no domain nosuch.example.net" \
    'sender = "you@example.com"'

named "a name for EHLO that does not exist" relay.example.com:PORT \
    "relay.example.com A 127.0.0.1"
conf 'helo = "web9.example.com"'
finds !! helo-name "web9.example.com, with which we greet, does not resolve" \
    'helo = "'

named "a name service that is silent" relay.example.com:PORT \
    "relay.example.com SILENT -" "web1.example.com SILENT -"
impatient
finds XX resolve "relay.example.com" "cat /etc/resolv.conf"
finds -- helo-name "the name service does not answer"
