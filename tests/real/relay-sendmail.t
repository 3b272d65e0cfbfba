# Sendmail takes 200 letters, and each arrives as it is.
. "$here/../real/relays"
packages sendmail-base sendmail-cf sendmail-bin libdb5.3 libldap-2.5-0 \
    liblockfile1 libnsl2 libsasl2-2 libwrap0
command -v m4 >/dev/null || skip "there is no m4 for its configuration"
strangers smmta smmsp reader
letters
no_names
free_port
D=$W/sendmail
mkdir -p "$D/queue" "$D/mail"
chown 60012:60012 "$D/mail"
chmod 700 "$D/queue"
cat >"$D/keep" <<END
#!/bin/sh
exec cat >"\$(mktemp "$D/mail/XXXXXXXX")"
END
chmod 755 "$D/keep"
printf 'hosts\tfiles\naliases\tfiles\n' >"$D/switch"
echo '127.0.0.2 example.com web1.example.com' >>"$W/hosts"
cat >"$D/mc" <<END
divert(-1)
define(\`_CF_DIR_',\`/usr/share/sendmail/cf/')
include(\`/usr/share/sendmail/cf/m4/cf.m4')
OSTYPE(\`linux')
define(\`confSERVICE_SWITCH_FILE',\`$D/switch')
define(\`QUEUE_DIR',\`$D/queue')
define(\`STATUS_FILE',\`$D/status')
define(\`confPID_FILE',\`$D/pid')
define(\`confDOMAIN_NAME',\`localhost.example.net')
define(\`confDONT_BLAME_SENDMAIL',\`GroupWritableDirPathSafe')
define(\`confTO_IDENT',\`0')
define(\`confREFUSE_LA',\`0')
define(\`confQUEUE_LA',\`999')
define(\`confDEF_USER_ID',\`60012:60012')
define(\`ALIAS_FILE',\`')
FEATURE(\`no_default_msa')
FEATURE(\`accept_unresolvable_domains')
FEATURE(\`accept_unqualified_senders')
DAEMON_OPTIONS(\`Name=MTA, Addr=127.0.0.1, Port=$port')
LOCAL_DOMAIN(\`example.com')
MAILER_DEFINITIONS
Mkeep, P=$D/keep, F=lsnDFMS8, U=60012:60012, L=0, A=keep \$u, T=DNS/RFC822/X-Unix
LOCAL_RULE_0
R\$+ < @ \$* > \$*	\$#keep \$: \$1
LOCAL_CONFIG
END
m4 "$D/mc" >"$D/cf" 2>"$W/m4" || skip "no configuration: $(head -n 1 "$W/m4")"
serve "$port" /usr/libexec/sendmail/sendmail -C "$D/cf" -bD
deliver "$port" "$D/mail"
