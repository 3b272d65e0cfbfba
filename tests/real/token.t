# A key that never leaves its token: our certificate's, in SoftHSM.
. "$here/../real/packages"
[ "$(id -u)" -eq 0 ] && [ -n "${PRIVATE:-}" ] ||
    skip "no mount namespace of our own"
command -v openssl >/dev/null || skip "no openssl to make a certificate"
packages softhsm2
mkdir -p "$W/etc/softhsm" "$W/tokens"
cat >"$W/etc/softhsm/softhsm2.conf" <<END
directories.tokendir = $W/tokens
objectstore.backend = file
END
over /etc "$W/etc" || skip "cannot lay a configuration over /etc"

authority
vouch own clientAuth web1 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1
{ softhsm2-util --init-token --free --label tests --so-pin 8642 --pin 2468 &&
    openssl pkcs8 -topk8 -nocrypt -in "$W/own.key" -out "$W/own.p8" &&
    softhsm2-util --import "$W/own.p8" --token tests --label own --id 01 \
    --pin 2468; } >"$W/token" 2>&1 || skip "$(tail -n 1 "$W/token")"
rm "$W/own.key" "$W/own.p8"

relay --starttls --user web1 --password none --mechanisms EXTERNAL \
    --ask-certificate </dev/null
try() {	# key, further line
	rm -rf "$SPOOL"
	config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
user = "web1"
tls = "starttls"
tls_ca = "$RECORD/ca.pem"
tls_cert = "$W/own.pem"
tls_key = "$1"
${2:-}
END
	run sendmail -v -i a@example.com <<'END'
Subject: hi

body
END
}
url='pkcs11:token=tests;object=own;type=private'
try "$url?pin-value=2468"
exits 0
check "EXTERNAL with it" grep -q '^> AUTH EXTERNAL' "$RECORD/wire.1"
arrived 1
queued 0

printf 2468 >"$W/pin"
chmod 600 "$W/pin"
try "$url?pin-source=$W/pin"
exits 0
arrived 2
queued 0

try "$url?pin-value=1357"
exits 0
check "a wrong PIN: no mail" has_not "$W/err" "> MAIL"
queued 1
run mailq
prints "tls_key"
check "the PIN is not in the reason" has_not "$W/out" 1357
run minismtp config
prints "tls_key"
check "nor in the configuration that is shown" has_not "$W/out" 1357

# Its library wants files and a lock in the middle of the handshake.
try "$url?pin-value=2468" "sandbox = strict"
exits 0
queued 1
run mailq
prints "sandbox = strict does not go with a key in a token"
arrived 2
not_logged 1357
logged "no sandbox: it does not go with a key in a token"
