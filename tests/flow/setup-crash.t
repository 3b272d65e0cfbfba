# SPDX-License-Identifier: ISC
# Whatever befalls minismtp setup while it writes, there is the old
# configuration or the new one, whole, and it can be read; a secret that is
# named is there.
[ -x "$BUILD/tests/crash" ] || skip "there is no tests/crash"
"$BUILD/tests/crash" "$W/crash" 0 1000000 kill true ||
    skip "no system call can be stopped here"
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
echo 'correct horse' >"$W/password"
chmod 600 "$W/password"
BESIDE=$W/config/minismtp/minismtp.password

setup() {	# address, N, what then
	"$BUILD/tests/crash" "$W/crash" 0 "$2" "$3" \
	    "$BUILD/minismtp-relay" --spool "$SPOOL" --config "$CONFIG" \
	    --setup -- "address=$1" relay=mx.example.com:465 offline=yes \
	    "password-file=$W/password" >"$W/out" 2>"$W/err"
}
afresh() {
	rm -rf "$W/config/minismtp"
	mkdir "$W/config/minismtp"
	cp -p "$W/old" "$CONFIG"
	echo 'battery staple' >"$BESIDE"
	chmod 600 "$BESIDE"
}
is_whole() {
	cmp -s "$CONFIG" "$W/old" || cmp -s "$CONFIG" "$W/new" || return
	grep -qx -e 'battery staple' -e 'correct horse' "$BESIDE" || return
	# who has the new one has the new password
	! cmp -s "$CONFIG" "$W/new" || grep -qx 'correct horse' "$BESIDE"
}

setup old@example.com 1000000 kill
cp -p "$CONFIG" "$W/old"
afresh
setup new@example.com 1000000 kill
cp -p "$CONFIG" "$W/new"
check "they differ" test "$(cmp "$W/old" "$W/new" | wc -l)" -eq 1
read -r calls _ <"$W/crash"
first=$((calls > 80 ? calls - 80 : 1))

for what in kill ENOSPC; do
	torn=0 changed=0
	n=$first
	while [ "$n" -le "$calls" ]; do
		afresh
		setup new@example.com "$n" "$what"
		is_whole || { torn=$((torn + 1)); echo "# $what at $n"; }
		! cmp -s "$CONFIG" "$W/new" || changed=$((changed + 1))
		n=$((n + 1))
	done
	check "$what: never half of one" test "$torn" -eq 0
	check "$what: some of them before, some behind the change" \
	    test "$changed" -gt 0 -a "$changed" -lt "$((n - first))"
done
