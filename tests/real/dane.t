# A relay that DNS vouches for, signed up to the root: libunbound looks at the
# signatures, NSD answers, and ldns has signed.
. "$here/../real/packages"
"$BUILD/minismtp-relay" --version | grep -q 'DANE yes' ||
    skip "built without DANE"
[ "$(id -u)" -eq 0 ] && [ -n "${PRIVATE:-}" ] ||
    skip "no mount namespace of our own"
command -v openssl >/dev/null || skip "no openssl to read a certificate"
packages nsd ldnsutils libldns3 libevent-2.1-7 libfstrm0 libprotobuf-c1

# The only zone in this world is the root.  It answers on loopback.
dns=127.0.53.53
echo "nameserver $dns" >"$W/resolv.conf"
echo "hosts: files dns" >"$W/nsswitch.conf"
mount --bind "$W/resolv.conf" /etc/resolv.conf &&
    mount --bind "$W/nsswitch.conf" /etc/nsswitch.conf ||
    skip "cannot have a resolver of our own"
mkdir -p "$W/zone"
(cd "$W/zone" && ldns-keygen -a ECDSAP256SHA256 -k . >name) 2>"$W/keygen" ||
    skip "no key for the zone: $(cat "$W/keygen")"
key=$W/zone/$(cat "$W/zone/name")
mkdir -p "$W/root/share/dns" && cp "$key.ds" "$W/root/share/dns/root.key" &&
    mount -t overlay overlay -o "lowerdir=$W/root:/usr" /usr ||
    skip "cannot have a root of our own"
cat >"$W/nsd.conf" <<END
server:
	ip-address: $dns@53
	username: ""
	zonesdir: "$W/zone"
	database: ""
	logfile: "$W/nsd.log"
	pidfile: "$W/nsd.pid"
	xfrdfile: ""
	zonelistfile: "$W/zone/list"
	server-count: 1
remote-control:
	control-enable: no
zone:
	name: "."
	zonefile: signed
END

# What the zone says about the relay; "unsigned" is without signatures.
serve() {	# lines
	[ -z "${nsd:-}" ] || { kill "$nsd"; wait "$nsd" 2>/dev/null; }
	cat >"$W/zone/plain" <<END
\$TTL 5
. IN SOA ns.dane. root.dane. 1 600 600 3600 5
. IN NS ns.dane.
ns.dane. IN A $dns
mx.dane. IN A 127.0.0.1
$1
END
	(cd "$W/zone" && ldns-signzone -n -f signed plain "$key") \
	    >"$W/sign" 2>&1 || skip "cannot sign: $(cat "$W/sign")"
	[ "${2:-}" != unsigned ] || cp "$W/zone/plain" "$W/zone/signed"
	nsd -d -c "$W/nsd.conf" >>"$W/nsd.out" 2>&1 &
	nsd=$!
	trap 'kill $nsd 2>/dev/null; stop' EXIT
	tries=0
	while ! getent ahostsv4 mx.dane >/dev/null; do
		[ "$((tries += 1))" -lt 60 ] ||
		    skip "no answer from nsd: $(tail -n 3 "$W/nsd.out")"
		sleep 0.05
	done
}

try() {	# what is sent
	rm -rf "$SPOOL"
	run sendmail -v -i a@example.com <<END
Subject: $1

body
END
	exits 0
}
checked() {	# mark, row
	LC_ALL=C minismtp check >"$W/checked"
	check "minismtp check: $2" grep "^  $1 $2 " "$W/checked"
}
refused() {	# words, row of minismtp check
	check "no password" has_not "$W/err" "> AUTH"
	queued 1
	run mailq
	prints "$1"
	checked XX "$2"
	check "it says what mends it" has "$W/checked" "=> tls_verify = yes"
}

relay --starttls --name mx.dane --user web1 --password 'correct horse' <<'END'
END
port=${RELAY##*:}
config <<END
relay = "mx.dane:$port"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
password = "correct horse"
tls = "starttls"
tls_verify = dane
END
hash=$(openssl x509 -in "$RECORD/cert.pem" -noout -pubkey |
    openssl pkey -pubin -outform DER 2>/dev/null | sha256sum | cut -d' ' -f1)
other=$(echo other | sha256sum | cut -d' ' -f1)
at=_$port._tcp.mx.dane.

serve "$at IN TLSA 3 1 1 $hash"
try "named by DNS, and by nobody else"
arrived 1
queued 0
checked '!!' certificate	# it ends soon

serve "$at IN TLSA 3 1 1 $other"
try "another is named"
refused "none of its TLSA records" certificate

serve "$at IN TLSA 3 1 1 $hash" unsigned
try "anybody could have said so"
refused "TLSA records of _$port._tcp.mx.dane: " tls

serve ""
try "nothing is said"
refused "TLSA records of _$port._tcp.mx.dane: there are none" tls
arrived 1
