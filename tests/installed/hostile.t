# Whatever a caller leaves behind for the setgid drop, or for the front in front
# of it: the exit code is honest, the queue is sound, other people's mail is as
# it was, nothing hangs, and nobody but the relay ever opens the secret.
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
. "$SRC/tests/installed/mean"

# -- the environment: of the loader, libc, GnuTLS, p11-kit, Kerberos, resolver,
# locale, shell and service manager
variables="LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_DEBUG LD_DEBUG_OUTPUT LD_PROFILE
    LD_PROFILE_OUTPUT LD_BIND_NOW LD_ORIGIN_PATH LD_HWCAP_MASK
    LD_USE_LOAD_BIAS LD_WARN LD_VERBOSE LD_ASSUME_KERNEL
    MALLOC_CHECK_ MALLOC_PERTURB_ MALLOC_TRACE MALLOC_ARENA_MAX GLIBC_TUNABLES
    LIBC_FATAL_STDERR_ GCONV_PATH GETCONF_DIR NLSPATH LOCPATH PATH_LOCALE
    TZ TZDIR TMPDIR POSIXLY_CORRECT ARGP_HELP_FMT MEMUSAGE_OUTPUT
    SEGFAULT_SIGNALS PCPROFILE_OUTPUT
    LANG LANGUAGE LC_ALL LC_CTYPE LC_MESSAGES LC_TIME OUTPUT_CHARSET
    HOSTALIASES LOCALDOMAIN RES_OPTIONS RESOLV_HOST_CONF RESOLV_MULTI
    RESOLV_ADD_TRIM_DOMAINS NIS_PATH
    GNUTLS_SYSTEM_PRIORITY_FILE GNUTLS_DEBUG_LEVEL GNUTLS_CPUID_OVERRIDE
    GNUTLS_FORCE_FIPS_MODE GNUTLS_SKIP_FIPS_INTEGRITY_CHECKS
    GNUTLS_NO_EXPLICIT_INIT GNUTLS_NO_IMPLICIT_INIT SSLKEYLOGFILE SSL_CERT_FILE
    SSL_CERT_DIR OPENSSL_CONF
    P11_KIT_STRICT P11_KIT_DEBUG P11_KIT_NO_USER_CONFIG P11_KIT_SERVER_ADDRESS
    KRB5_CONFIG KRB5CCNAME KRB5_KTNAME KRB5_CLIENT_KTNAME KRB5_TRACE
    KRB5RCACHENAME KRB5RCACHEDIR KRB5RCACHETYPE GSS_MECH_CONFIG
    XDG_CONFIG_HOME XDG_STATE_HOME XDG_RUNTIME_DIR HOME USER LOGNAME
    IFS ENV BASH_ENV CDPATH SHELLOPTS
    CREDENTIALS_DIRECTORY NOTIFY_SOCKET WATCHDOG_USEC LISTEN_FDS LISTEN_PID"

# AddressSanitizer cannot live with this one.
watched=no
! grep -q __asan_init "$BUILD/minismtp" || watched=yes
[ $watched = yes ] || variables="$variables LD_DYNAMIC_WEAK"

all_of_them() {	# value
	for variable in $variables; do printf '%s=%s\n' "$variable" "$1"; done
}

for variable in $variables; do
	mails "$variable" env "$variable=/etc/passwd"
done
# These give the drop everything at once, and its own loader has to cope.
long=$(head -c 4000 /dev/zero | tr '\0' 'x')
for value in '' /etc/passwd %n%s%n ../../.. "$long"; do
	words="all of them are $(printf %.12s "$value")"
	all_of_them "$value" >"$W/all"
	set --
	while IFS= read -r line; do set -- "$@" "$line"; done <"$W/all"
	drops "$words" env "$@"
	mails "$words" env "$@"
done
drops "the loader shall only trace" env LD_TRACE_LOADED_OBJECTS=1
mails "no environment" env -i PATH="$PATH"
drops "no environment" env -i
# Nor does the relay that it becomes hear of any.
run as_caller env "$@" sendmail -t -i <"$W/mail"
exits 0
await 1
arrived 1

# -- its state
for way in umask=0 umask=0777 blocked ignored storm=300 descriptors=10000 \
    close=2; do
	mails "$way" "$SPOIL" "$way" --
	drops "$way" "$SPOIL" "$way" --
done
mails "no output" "$SPOIL" close=12 --
mails "no current directory" "$SPOIL" "gone=$W/home.caller/gone" --
drops "no current directory" "$SPOIL" "gone=$W/home.caller/gone" --
check "all of that sends, but what only traces" test "$refused" -le 1
mails "no descriptor at all" "$SPOIL" close=012 --
drops "no descriptor at all" "$SPOIL" close=012 --
for program in "$BINDIR/minismtp" "$SBINDIR/minismtp-drop" \
    "$SBINDIR/minismtp-relay"; do
	run as_caller timeout 20 "$SPOIL" arguments -- "$program" <"$W/mail"
	check "no argument, not even a name: $program" test "$status" -eq 64 \
	    -o "$status" -eq 75 -o $watched = yes
	honest "no arguments: ${program##*/}"
done

# -- its input
run as_caller sh -c 'exec sendmail -odq -t -i <&-'
honest "no input"
run as_caller timeout 20 sendmail -odq -t -i </
honest "a directory for input"
run as_caller timeout 20 sendmail -odq -i a@example.com </dev/null
honest "nothing for input"
run as_caller timeout 20 "$SPOIL" socket -- sendmail -odq -i a@example.com
honest "a socket for input"
run timeout 20 "$SPOIL" "terminal=$W/mail" -- setpriv --reuid 60002 \
    --regid 60002 --clear-groups sendmail -odq -t
honest "a terminal for input"
check "what was typed is sent" test "$status" -eq 0
run as_caller sh -c 'ulimit -f 20000; exec timeout 60 sendmail -odq -i \
    a@example.com </dev/zero'
check "zeros without end are refused" test "$status" -ne 0
honest "zeros for input"
for input in / /dev/zero /dev/null "$W/mail"; do
	run as_caller timeout 20 "$SBINDIR/minismtp-drop" put <"$input"
	check "the drop does not read $input" test "$status" -eq 74
	honest "$input for the drop"
done
run timeout 20 "$SPOIL" "terminal=$W/stream" -- setpriv --reuid 60002 \
    --regid 60002 --clear-groups "$SBINDIR/minismtp-drop" put
check "nor from a terminal" test "$status" -eq 74

# -- the log
for log in 0 200; do
	run timeout 60 "$SPOIL" "log=$log:$W/log.slow" -- sh -c '
	    mount --bind "$1/log.slow" "$1/log.sock" && shift && exec "$@"' \
	    sh "$W" setpriv --reuid 60002 --regid 60002 --clear-groups \
	    sendmail -t -i <"$W/mail"
	check "a log that takes a line in $log ms: $status" test "$status" -eq 0
	umount "$W/log.sock"
done
await 3
arrived 3
rm /dev/log
run as_caller sendmail -t -i <"$W/mail"
exits 0
await 4
arrived 4
ln -s "$W/log.sock" /dev/log

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
	strace -f -o "$W/trace" -u caller -e trace=%file,fsync \
	    "$SBINDIR/sendmail" -t -i <"$W/mail" >"$W/strace" 2>&1
	await 5
	arrived 5
	check "the submission is traced to the relay" grep -qE \
	    'execve\("[^"]*minismtp-relay".*(\) *= 0|<unfinished \.\.\.>)$' \
	    "$W/trace"
	check "the secret is opened" has "$W/trace" "\"$CONFIG\""
	check "but only behind that exec" nothing_on_input <<-END
	$(awk -v config="\"$CONFIG\"" '
	/execve\("[^"]*minismtp-relay"/ { relay[$1] = 1; any = 1 }
	index($0, config) && !any { print }' "$W/trace")
	END
	check "by a process without arguments of the caller" nothing_on_input \
	    <<-END
	$(grep 'execve(.*minismtp-relay"' "$W/trace" |
	    grep -v '"--deliver", "-"\], 0x[0-9a-f]* /\* 0 vars \*/')
	END
else
	leave_out "nobody opens the secret" "there is no strace"
fi
