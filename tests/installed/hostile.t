# Whatever a caller leaves behind for the setgid drop: the exit code is honest,
# the queue is sound, and nobody but the relay ever opens the secret.
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
printf 'To: a@example.com\nSubject: hi\n\nbody\n' >"$W/mail"
sent=0

nothing_on_input() { ! grep . ; }

# 0 and the mail is there, or not 0 and it is not.
honest() {	# words
	want=$sent
	[ "$status" -ne 0 ] || want=$((sent + 1))
	found=$(in_spool)
	check "$1: $status, and that is true" test "$found" -eq "$want"
	sent=$found
}

mails() {	# words, command ... around sendmail
	about=$1
	shift
	run as_caller "$@" sendmail -odq -t -i <"$W/mail"
	honest "$about"
}

for variable in LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_DEBUG MALLOC_CHECK_ \
    GLIBC_TUNABLES TZ TZDIR LOCPATH LANGUAGE LC_ALL NLSPATH GCONV_PATH \
    HOSTALIASES LOCALDOMAIN RES_OPTIONS RESOLV_HOST_CONF TMPDIR IFS PATH_LOCALE \
    GNUTLS_SYSTEM_PRIORITY_FILE GNUTLS_DEBUG_LEVEL SSLKEYLOGFILE \
    P11_KIT_STRICT KRB5_CONFIG KRB5CCNAME CREDENTIALS_DIRECTORY \
    NOTIFY_SOCKET; do
	mails "$variable" env "$variable=/etc/passwd"
done
mails "no environment" env -i PATH="$PATH"
mails "umask 0" sh -c 'umask 0; exec "$@"' sh
mails "umask 0777" sh -c 'umask 0777; exec "$@"' sh
mails "signals ignored" sh -c 'trap "" HUP INT TERM CHLD PIPE ALRM USR1 XFSZ
    exec "$@"' sh
mails "no standard error" sh -c 'exec "$@" 2>&-' sh
mails "no output" sh -c 'exec "$@" >&- 2>&-' sh
mails "no current directory" sh -c 'mkdir "$HOME/gone"; cd "$HOME/gone"
    rmdir "$HOME/gone"; exec "$@"' sh
for limit in "-f 0" "-f 1" "-n 4" "-n 8" "-n 20" "-t 1" "-c unlimited" \
    "-s 64" "-v 20000" "-v 2000"; do
	mails "ulimit $limit" sh -c "ulimit $limit; exec \"\$@\"" sh
done
run as_caller sh -c 'exec sendmail -odq -t -i <&-'
honest "no input"
run as_caller sendmail -odq -t -i </
honest "a directory for input"
run as_caller sendmail -odq -i a@example.com </dev/null
honest "nothing for input"

check "what is queued belongs to who sent it" nothing_on_input <<END
$(find "$SPOOL/new" -type f ! -uid 60002)
END
check "and only the group may touch it" nothing_on_input <<END
$(find "$SPOOL/new" -type f ! -perm 0660)
END
check "no torn message is left" nothing_on_input <<END
$(find "$SPOOL/tmp" -type f)
END

if command -v strace >/dev/null; then
	# strace makes the setgid bit void, unless root traces for the caller.
	strace -f -o "$W/trace" -u caller -e trace=open,openat,execve \
	    "$SBINDIR/sendmail" -odq -t -i <"$W/mail" >"$W/strace" 2>&1
	check "the submission is traced" has "$W/trace" minismtp-drop
	check "and none of it opens the configuration" \
	    has_not "$W/trace" "$CONFIG"
else
	leave_out "nobody opens the secret" "there is no strace"
fi
