# What real programs wrote arrives: envelope, header, text and exit status are
# as expect.json says, with a relay that can do everything, with one that can do
# nothing, and with one that takes a single sender and no bare address.
command -v python3 >/dev/null || skip "there is no python3"
PYTHONDONTWRITEBYTECODE=1 python3 "$SRC/tests/real/replay.py" "$BUILD" \
    "$SRC/tests/real/clients" "$W/replay" >"$W/points" 2>"$W/err"
status=$?
exits 0
while read -r line; do
	case $line in
	"ok - "*) point 0 "${line#ok - }" ;;
	"not ok - "*) point 1 "${line#not ok - }" ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$W/points"
