# The machine loses its power after each step of a submission, and of a run:
# every spool that a journalling file system may bring back is run in peace.
command -v python3 >/dev/null || skip "there is no python3"
strace -o /dev/null true 2>/dev/null || skip "no strace that may trace here"
mkdir "$W/cut"
run timeout 90 python3 "$SRC/tests/power.py" "$BUILD" "$W/cut"
exits 0
prints "# submission: "
prints "# delivery: "
cat "$W/out"
