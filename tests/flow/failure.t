# What the unit minismtp-failure@ does, without systemd: a mail with the status
# and the last lines of the log; of itself and its kin it says nothing.
unit=$SRC/etc/systemd/minismtp-failure@.service
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
admin = "admin@example.com"
END
mkdir "$W/fake"
cat >"$W/fake/systemctl" <<'END'
#!/bin/sh
echo "* backup.service - the status, asked with: $*"
exit 3
END
cat >"$W/fake/journalctl" <<'END'
#!/bin/sh
printf '%s\n' "the journal, asked with: $*" '.' 'From the last line'
END
chmod 755 "$W/fake/systemctl" "$W/fake/journalctl"
PATH=$W/fake:$PATH

# A line of the unit as its shell gets it: quotes, $$, %%, and who failed.
words_of() {	# key
	sed -n "s/^$1=\/bin\/sh -c '\(.*\)' sh .*/\1/p" "$unit" |
	    sed -e 's/\$\$/$/g' -e 's/%%/%/g' \
	    -e "s|@sbindir@/sendmail|sendmail|" -e 's/\\n/\\n/g'
}

check "it knows both" test -n "$(words_of ExecStart)" -a \
    -n "$(words_of ExecCondition)"
run sh -c "$(words_of ExecStart)" sh backup.service web1.example.com
exits 0
is_silent
queued 1
arrived 0
run sendmail -q
await 1
arrived 1
envelope 1 <<'END'
from *
to <admin@example.com>*
over *
bytes *
END
check "the subject says it" has "$RECORD/msg.1" \
    "Subject: backup.service failed on web1.example.com"
check "the status is in it" has "$RECORD/msg.1" \
    "the status, asked with: status --full --no-pager -n 0 -- backup.service"
check "and the journal, to its end" has "$RECORD/msg.1" "the last line"
check "of that unit" has "$RECORD/msg.1" "-u backup.service"

# It is safe against its own failure.
for name in minismtp.service minismtp-drop@1.service \
    minismtp-failure@backup.service.service; do
	run sh -c "$(words_of ExecCondition)" sh "$name"
	check "nothing about $name" test "$status" -eq 1
done
run sh -c "$(words_of ExecCondition)" sh backup.service
exits 0
check "nobody is told of it" grep -qx 'OnFailure=' "$unit"
check "three an hour of one unit" test "$(grep -cxe 'StartLimitBurst=3' \
    -e 'StartLimitIntervalSec=1h' "$unit")" -eq 2
check "it waits for nobody" grep -q -e '-odq' "$unit"
check "and ends" grep -q '^TimeoutStartSec=' "$unit"
