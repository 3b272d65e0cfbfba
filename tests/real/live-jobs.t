# What runs by itself at night, as root and as a user: its output arrives.
. "$here/../real/callers"
callers anacron at bsd-mailx cron logwatch mdadm smartmontools sudo \
    unattended-upgrades

# Where jobs are kept, as the packages' scripts would have made it; and who may.
mount -t tmpfs none /var/spool && mount -t tmpfs none /run ||
    skip "cannot mount"
mkdir -p /var/spool/cron/crontabs /var/spool/cron/atjobs /var/spool/cron/atspool
: >/var/spool/cron/atjobs/.SEQ
chown -R daemon:daemon /var/spool/cron/atjobs /var/spool/cron/atspool
chmod 1770 /var/spool/cron/atjobs /var/spool/cron/atspool
{ cat /etc/shadow; echo 'caller:*:20000:0:99999:7:::'; } >"$W/etc/shadow"
echo 'Defaults !authenticate' >"$W/etc/sudoers"
chmod 440 "$W/etc/sudoers"
for name in shadow sudoers; do
	mount --bind "$W/etc/$name" "/etc/$name" 2>/dev/null
done

# A service, for as long as it takes until there is a message more.
serve() {	# command ...
	"$@" >"$W/served" 2>&1 &
	server=$!
	await "$NEXT"
	kill "$server" && wait "$server" 2>/dev/null
	[ -e "$RECORD/msg.$NEXT" ] || { cat "$W/served" >&2; false; }
}

crontab_of() {	# login
	table=/var/spool/cron/crontabs/$1
	printf '@reboot echo "%s"\n' "$TEXT" >"$table"
	chmod 600 "$table"
	chown "$1" "$table"
	serve cron -f
	came=$?
	rm -f "$table" /run/crond*
	return $came
}
TO=self FROM="Cron Daemon"
daemon cron "root caller" crontab_of

atjob_of() {	# login
	echo "echo $TEXT" >"$W/do"
	by "$1" at -f "$W/do" now && serve atd -f
}
TO=self
daemon at "root caller" atjob_of

TO=self
caller anacron "root caller" <<'END'
mkdir -p "$HOME/times"
printf '1 0 job echo "%s"\n' "$TEXT" >"$HOME/tab"
anacron -d -f -n -t "$HOME/tab" -S "$HOME/times"
END

HAS="COMMAND=/usr/bin/id"
caller sudo caller <<'END'
! sudo -n id
END

HAS="TestMessage event"
caller mdadm root <<'END'
echo MAILADDR root >"$HOME/mdadm.conf"
mdadm --monitor --test --oneshot --config="$HOME/mdadm.conf" /dev/md0
END

# What smartd runs for -M test.
caller smartmontools root bsd-mailx smartmontools <<'END'
export SMARTD_MAILER=/usr/share/smartmontools/smartd-runner
export SMARTD_ADDRESS=root SMARTD_DEVICE=/dev/sda SMARTD_FAILTYPE=EmailTest
export SMARTD_DEVICESTRING=/dev/sda SMARTD_DEVICETYPE=auto
export SMARTD_MESSAGE="$TEXT" SMARTD_PREVCNT=0 SMARTD_NEXTDAYS=
/usr/share/smartmontools/smartd_warning.sh
END

HAS="Logwatch"
caller logwatch root <<'END'
mkdir -p "$HOME/log"
echo 'Nov 21 01:00:00 vault sudo: alice : user NOT in sudoers ; TTY=pts/0 ;' \
    'PWD=/tmp ; USER=root ; COMMAND=/usr/bin/id' >"$HOME/log/auth.log"
logwatch --output mail --mailto root --format text --service sudo \
    --range all --detail high --logdir "$HOME/log"
END

caller unattended-upgrades root <<'END'
cat >"$HOME/summary.py" <<'PY'
import importlib.machinery, importlib.util, io, os
import apt_pkg
loader = importlib.machinery.SourceFileLoader("uu",
    "/usr/bin/unattended-upgrade")
uu = importlib.util.module_from_spec(
    importlib.util.spec_from_loader("uu", loader))
loader.exec_module(uu)
apt_pkg.init_config()
apt_pkg.config.set("Unattended-Upgrade::Mail", "root")
apt_pkg.config.set("Unattended-Upgrade::Sender", "root")
uu.send_summary_mail(["libc6"], True, os.environ["TEXT"], {}, [], [],
    io.StringIO(), "")
PY
/usr/bin/python3 "$HOME/summary.py"
END
