# Mail for names on this machine, as root and a user send it: aliases first, then
# ~/.forward where that is wanted, then the administrator, and newaliases says
# what is wrong with the file.
installed
relay
mkdir "$W/lists"
echo "x@example.org, caller" >"$W/lists/people"
cat >"$W/aliases" <<END
root: postmaster, "al i"
postmaster: post@example.com
"al i": al@example.com
people: :include:$W/lists/people
default: lost@example.com
END
chmod 644 "$W/aliases" "$W/lists/people"
settings() {
	config <<-END
	relay = "$RELAY"
	helo = "web1.example.com"
	sender = "web1@example.com"
	admin = "admin@example.com"
	aliases = "$W/aliases"
	${1:-}
	END
}
goes_to() {	# local name, addresses ...
	number=$((number + 1))
	run as_caller sendmail -i "$1" <"$W/mail"
	exits 0
	await "$number"
	shift
	{ echo 'from <web1@example.com>*'; printf 'to <%s>*\n' "$@"
	    printf 'over plain\nbytes *\n'; } >"$W/expected"
	envelope "$number" <"$W/expected"
}
number=0
printf 'Subject: hi\n\nbody\n' >"$W/mail"
settings
goes_to root post@example.com al@example.com
goes_to "root@$(uname -n)" post@example.com al@example.com
goes_to people x@example.org admin@example.com
goes_to caller lost@example.com

printf '%s\n' '\caller, caller@home.example' >"$W/home.caller/.forward"
chown caller "$W/home.caller/.forward"
goes_to caller lost@example.com
settings "forward = yes"
goes_to caller caller@home.example admin@example.com
goes_to people x@example.org caller@home.example admin@example.com
# Somebody else could have written it.
chmod 666 "$W/home.caller/.forward"
goes_to caller lost@example.com
chmod 600 "$W/home.caller/.forward"

run as_caller sendmail -bv root
exits 78
says "$CONFIG"
run sendmail -bv root
exits 0
prints "  root -> postmaster"
run newaliases
exits 0
prints "5 aliases, no mistake"
printf 'a: b\nb: a\nc: |/bin/sh\nd e\n' >"$W/aliases"
run newaliases
exits 65
says "$W/aliases:1: "
says "$W/aliases:3: "
says "$W/aliases:4: "
