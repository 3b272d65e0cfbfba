# Who must know hears of it: a report in the form of RFC 3464, once, never about
# a report, and only if he wants one.
rules='on RCPT TO:<gone@
	say 550 5.1.1 no such user
on RCPT TO:<dead@
	say 550 5.1.1 nobody here
on RCPT TO:<busy@
	say 451 4.7.1 later'
relay --offer PIPELINING,8BITMIME <<END
$rules
always
$rules
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
force_sender = no
warn_after = 3
retry = { 1h, 1h }
END
cat >"$W/mail" <<'END'
Message-ID: <one@example.com>
Subject: the cause of it all
To: gone@example.com

the text
END
cat >"$W/report.py" <<'END'
import email, email.policy, sys
path, action, status, rcpt = sys.argv[1:]
m = email.message_from_binary_file(open(path, "rb"),
    policy=email.policy.default)
assert m.get_content_type() == "multipart/report", m.get_content_type()
assert m.get_param("report-type") == "delivery-status"
assert m["Auto-Submitted"] == "auto-replied" and m["Date"], m.items()
assert m["In-Reply-To"] == "<one@example.com>", m["In-Reply-To"]
assert not m.defects, m.defects
words, about, original = m.get_payload()
assert words.get_content_type() == "text/plain"
assert rcpt in words.get_content(), words.get_content()
assert about.get_content_type() == "message/delivery-status"
whole, *each = about.get_payload()
assert whole["Reporting-MTA"].startswith("dns;") and whole["Arrival-Date"]
assert len(each) == 1, each
assert each[0]["Action"] == action, each[0]["Action"]
assert each[0]["Status"].startswith(status), each[0]["Status"]
assert each[0]["Final-Recipient"] == "rfc822; " + rcpt
assert each[0]["Diagnostic-Code"]
assert original.get_content_type() == "message/rfc822"
assert original.get_payload()[0]["Subject"] == "the cause of it all"
assert "the text" in original.get_payload()[0].get_content()
END
report() {
	check "message $1 is a report: $2" python3 "$W/report.py" \
	    "$RECORD/msg.$1" "$2" "$3" "$4"
	check "it is from nobody to the sender" \
	    grep -q '^from <>' "$RECORD/env.$1"
	check "its sender gets it" has "$RECORD/env.$1" "to <me@example.com>"
}

run sendmail -i -f me@example.com gone@example.com <"$W/mail"
exits 67
queued 0

run sendmail -i -odb -f me@example.com gone@example.com <"$W/mail"
exits 0
queued 1
run sendmail -q
await 1
report 1 failed 5.1.1 gone@example.com
queued 0

run sendmail -i -oem -f me@example.com gone@example.com <"$W/mail"
exits 67
run sendmail -q
await 2
report 2 failed 5.1.1 gone@example.com
queued 0

run sendmail -i -odb -N never -f me@example.com gone@example.com <"$W/mail"
queued 0
run sendmail -i -odb -N delay -f me@example.com gone@example.com <"$W/mail"
queued 0
arrived 2

run sendmail -i -N success -f me@example.com a@example.com <"$W/mail"
exits 0
await 3
run sendmail -q
await 4
report 4 relayed 2. a@example.com
queued 0

run sendmail -i -f me@example.com busy@example.com <"$W/mail"
exits 0
queued 1
sleep 4
run sendmail -q
run sendmail -q
await 5
report 5 delayed 4.7.1 busy@example.com
queued 1
run sendmail -q
arrived 5
run minismtp queue remove all
queued 0

run sendmail -i -odb -f dead@example.com gone@example.com <"$W/mail"
queued 1
run sendmail -q
arrived 5
check "the report is kept in failed/" test -n "$(ls "$SPOOL/failed")"
run minismtp queue list --json
prints '"state":"failed"'
run minismtp queue check
exits 1
run minismtp queue remove all
queued 0
logged "a report to <dead@example.com> cannot be delivered"
