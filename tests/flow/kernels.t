# A kernel that lacks one half of the sandbox still sends, and says so aloud;
# sandbox = strict keeps the mail.
"$BUILD/tests/without" landlock true 2>/dev/null || skip "there is no seccomp"
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
printf 'Subject: hi\n\nbody\n' >"$W/mail"
run "$BUILD/tests/without" landlock "$BUILD/minismtp-relay" --version
prints "no Landlock in this kernel"
run "$BUILD/tests/without" landlock sendmail -i a@example.com <"$W/mail"
exits 0
arrived 1
run "$BUILD/tests/without" seccomp sendmail -i a@example.com <"$W/mail"
exits 0
arrived 2
# The submission and a report have a sandbox as well, with what there is.
run "$BUILD/tests/without" landlock sendmail -odq -i b@example.com <"$W/mail"
exits 0
run "$BUILD/tests/without" landlock mailq
prints "b@example.com"
run minismtp queue remove all
exits 0
echo 'sandbox = strict' >>"$CONFIG"
for what in landlock seccomp; do
	run "$BUILD/tests/without" $what sendmail -i a@example.com <"$W/mail"
	exits 0
done
arrived 2
queued 2
logged "<21>"	# a notice
logged "sandbox: no Landlock in this kernel"
logged ", no seccomp"
logged "sandbox = strict, and there is no"
