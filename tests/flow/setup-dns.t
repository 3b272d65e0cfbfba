# SPDX-License-Identifier: ISC
# minismtp setup finds the relay by what DNS says of the address's domain: SRV
# records first (RFC 6186, RFC 8314), then who takes in its mail.  A host outside
# of the domain is believed only when somebody says so.
[ "$(id -u)" -eq 0 ] || skip "only root can answer for DNS"
[ -n "${PRIVATE:-}" ] || skip "no mount namespace of our own"
command -v python3 >/dev/null || skip "there is no python3 to play DNS"
TERM=dumb
export TERM PYTHONDONTWRITEBYTECODE=1

address=127.0.53.54
echo "nameserver $address" >"$W/resolv.conf"
echo "hosts: files dns" >"$W/nsswitch.conf"
echo "127.0.0.1 localhost web1.example.com" >"$W/hosts"
for file in resolv.conf nsswitch.conf hosts; do
	mount --bind "$W/$file" "/etc/$file" || skip "cannot mount /etc/$file"
done
echo 'correct horse' >"$W/password"
chmod 600 "$W/password"
relay --tls --name relay.example.com --user me@example.com \
    --password 'correct horse'
PORT=${RELAY##*:}
cat >"$W/zone" <<END
_submissions._tcp.example.com SRV 0 1 1 dead.example.com
_submissions._tcp.example.com SRV 10 1 $PORT relay.example.com
dead.example.com A 127.0.0.1
_submission._tcp.example.com SRV 0 0 0 .
relay.example.com A 127.0.0.1
_submissions._tcp.other.example SRV 0 1 $PORT relay.example.com
_submission._tcp.many.example SRV 10 1 $PORT relay.example.com
_submissions._tcp.many.example SRV 20 1 $PORT relay.many.example
relay.many.example A 127.0.0.1
hosted.example MX 10 aspmx.l.google.com
hosted.example MX 20 alt1.aspmx.l.google.com
smtp.guess.example A 127.0.0.1
END
mkfifo "$W/ready"
python3 "$SRC/tests/flow/dns.py" "$address" "$W/zone" >"$W/ready" \
    2>"$W/dns.err" &
dns=$!
trap 'kill "$dns" 2>/dev/null; stop' EXIT
read -r word <"$W/ready" || skip "cannot answer on $address: $(tail -n 1 "$W/dns.err")"
setup() {
	rm -rf "$W/config/minismtp"
	run minismtp setup --personal --tls-ca "$RECORD/ca.pem" \
	    --password-file "$W/password" "$@"
}

setup --address me@example.com
exits 0
says "cannot reach dead.example.com:1"
says "relay.example.com:$PORT answers (TLS1."
says "logged in as me@example.com"
check "the relay is what DNS says" \
    has "$CONFIG" "relay = \"relay.example.com:$PORT\""
check "and so is its TLS" has "$CONFIG" "tls = implicit"

setup --address me@other.example
exits 64
says "DNS says that mail goes by relay.example.com:$PORT"
says "if that is right, say --relay"
check "nothing is written" test ! -e "$CONFIG"
run python3 "$SRC/tests/flow/terminal.py" minismtp setup --personal \
    --tls-ca "$RECORD/ca.pem" --user me@example.com <<END
? Your e-mail address:
! me@other.example
? DNS says that mail of that domain goes by relay.example.com:$PORT.
? Is that your provider? [yes]
! no
? Relay of your provider
! quit
END
exits 75
check "nothing is written" test ! -e "$CONFIG"
run python3 "$SRC/tests/flow/terminal.py" minismtp setup --personal \
    --tls-ca "$RECORD/ca.pem" --user me@example.com <<END
? Your e-mail address:
! me@other.example
? Is that your provider? [yes]
!
? Password:
! correct horse
? Send a test message
! no
END
exits 0
check "now it is" has "$CONFIG" "relay = \"relay.example.com:$PORT\""

setup --address me@hosted.example --offline --dry-run
exits 0
says "Gmail takes in the mail of that domain"
prints 'relay = "smtp.gmail.com:465"'
prints 'user = "me@hosted.example"'

setup --address me@guess.example
check "guesses are tried, and nobody is there" test "$status" -ne 0
says "smtp.guess.example:465"
says "mail.guess.example:587"
check "nothing is written" test ! -e "$CONFIG"
kill "$dns"
