# The AppArmor profiles are understood by its own parser, and each program of
# ours has one.
. "$here/../real/packages"
packages apparmor
over /etc
mkdir "$W/profiles"
for profile in "$SRC"/etc/apparmor/*; do
	name=${profile##*/}
	sed -e 's|@sbindir@|/usr/sbin|g' -e 's|@bindir@|/usr/bin|g' \
	    -e 's|@sysconfdir@|/etc|g' -e 's|@spooldir@|/var/spool/minismtp|g' \
	    "$profile" >"$W/profiles/$name"
	run apparmor_parser --skip-kernel-load --skip-cache --quiet \
	    "$W/profiles/$name"
	exits 0
	run apparmor_parser --names "$W/profiles/$name"
	prints "$name"
	check "no word is left to fill in" has_not "$W/profiles/$name" "@sbindir@"
done
for program in minismtp minismtp-drop minismtp-relay; do
	check "there is one for $program" test -s "$W/profiles/$program"
done
