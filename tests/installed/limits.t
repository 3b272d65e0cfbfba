# A caller's limits, each at small values: less can be done, and that is said;
# nothing is torn, and 0 is never a lie.
installed
relay
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
. "$SRC/tests/installed/mean"

both() {	# limit
	mails "$1" "$SPOIL" "limit=$1" --
	drops "$1" "$SPOIL" "limit=$1" --
}

for n in 0 1 2 100 200 1000 4096; do both "fsize=$n"; done
for n in 0 3 4 5 6 7 8 9 10 12 15 16 17 24; do both "nofile=$n"; done
for n in 0 1 2 3 4 6 9; do both "nproc=$n"; done
for n in 0 1; do both "cpu=$n"; done
for n in 100000 1000000 2000000 3000000 4000000 6000000 9000000; do
	both "as=$n"
done
for n in 4096 65536 200000; do both "stack=$n"; done
both "memlock=0"

# What a relay gets that the drop becomes: it waits where it cannot work.
for n in "fsize=4096" "nofile=16" "nproc=3" "as=9000000" "memlock=0"; do
	run as_caller timeout 20 "$SPOIL" "limit=$n" -- sendmail -t -i <"$W/mail"
	check "$n: a whole delivery, or none: $status" test "$status" -ne 124
done
minismtp queue release all >/dev/null 2>&1
run timeout 60 sendmail -q
exits 0
queued 0
check "each of those that were taken arrives once" nothing_on_input <<END
$(find "$RECORD" -name 'msg.*' -exec grep -h '^Message-I[dD]:' {} + |
    sort | uniq -d)
END
