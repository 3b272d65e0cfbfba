# What is wrong with how a relay proves itself, and with how we do: each fault
# has its own sentence and the line that mends it.
. "$here/examine"
names

setup "all is well"
finds ok certificate "it is good for "
check "its pins can be copied" \
    grep -Eq 'its key:  tls_pin = "sha256:[A-Za-z0-9+/]{43}="' "$W/about"
check "the chain is a tree" has "$W/about" "  by CN=minismtp test authority"
key=$(sed -n 's/.*its key:  //p' "$W/about")
conf 'tls_verify = pin'
conf "$key"
finds ok certificate "it is good for "
wrong='tls_pin = "sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="'
conf "$wrong"
finds XX certificate "none of the tls_pin fits" "$key"

setup "STARTTLS that somebody has taken away"
stop
cat >"$W/script" </dev/null
relay --user web1 --password horse </dev/null
conf "relay = \"$RELAY\""
finds XX tls "the relay does not offer STARTTLS" 'relay = "127.0.0.1:465"'
check "no password went out" has_not "$RECORD/wire.1" "> AUTH"

setup "TLS where there is none"
conf 'tls = implicit'
finds XX tls "is no TLS" "tls = starttls"

setup "no TLS where there is one"
stop
relay --tls --cert lasting </dev/null
conf "relay = \"$RELAY\""
may_complain "TLS"
impatient
finds XX greeting "no answer in time" "tls = implicit"

# kind, words, mend
refused() {
	setup "$1" --cert "$1"
	finds XX certificate "$2" "$3"
	check "$1: no password went out" has_not "$RECORD/wire.1" "> AUTH"
	stop
}
refused expired "it has expired" "tls_verify = pin"
refused future "it is not valid yet" "timedatectl set-ntp true"
refused other-name "it is not for" 'relay = "other.example.com:'
refused client-only "it is not meant for servers" "tls_verify = pin"
refused self-signed "nobody we trust has issued it" 'tls_pin = "sha256:'

setup "a certificate that ends soon" --cert good
finds !! certificate "it is good, but ends in " "gnutls-cli"

setup "a certificate that nobody looks at"
conf 'tls_verify = no'
finds !! certificate "tls_verify = no: anybody could be this relay" \
    "tls_verify = pin"

setup "trust in a file that is not there"
conf "tls_ca = \"$W/nosuch.pem\""
finds XX tls "$W/nosuch.pem" 'tls_ca = ""'

setup "trust in a file without certificates"
conf "tls_ca = \"$W/aliases\""
finds XX tls "no certificate in it" 'tls_ca = ""'

setup "an own certificate that is not there"
conf "tls_cert = \"$W/nosuch.pem\""
finds XX tls "tls_cert $W/nosuch.pem" 'tls_cert = ""'

setup "TLS that is too old" --priority NORMAL:-VERS-TLS1.3
conf 'tls_min = "1.3"'
finds XX tls "TLS: " "gnutls-cli --starttls-proto=smtp"

setup "priorities that nobody understands"
conf 'tls_priority = "NORML"'
finds XX tls "tls_priority" 'tls_priority = ""'

# -- who we are

setup "no way to log in"
stop
relay --starttls --cert lasting </dev/null
conf "relay = \"$RELAY\""
conf "tls_ca = \"$RECORD/ca.pem\""
finds XX auth "the relay does not offer AUTH" "auth = off"

setup "the wrong password"
echo donkey >"$W/password"
finds XX login "user name or password is wrong" "\${EDITOR:-vi} $CONFIG"
check "it is not shown" has_not "$W/out" donkey

setup "a login that is refused for now" <<'END'
on AUTH
	say 454 4.7.0 Temporary authentication failure
END
finds XX login "454 4.7.0" "sendmail -q"

setup "a way to log in that the relay has not"
conf 'auth = "CRAM-MD5"'
finds XX auth "does not offer AUTH CRAM-MD5 but only PLAIN LOGIN" \
    "auth = auto"

setup "a user without a password"
sed -i /^password/d "$CONFIG"
finds XX auth "there is no password" "password_file = "
