# What minismtp send writes pleases other people's programs.
command -v python3 >/dev/null || skip "there is no python3"
export PYTHONDONTWRITEBYTECODE=1
unset LC_ALL LC_CTYPE LANG VISUAL EDITOR
relay </dev/null
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
cd "$W" || exit 1
printf 'Good morning,\n\nthe report is attached, with the figures of October.
Please tell me by Friday what is missing.\n\nAnn\n' >text
printf 'Guten Morgen,\n\nanbei der Bericht f\303\274r Oktober. Bitte sagt mir
bis Freitag, was noch fehlt.\n\nGr\303\274\303\237e, Ann\n' >german
printf '\320\224\320\276\320\261\321\200\320\276\320\265 \321\203\321\202\321\200\320\276! \320\236\321\202\321\207\321\221\321\202 \320\262\320\276 \320\262\320\273\320\276\320\266\320\265\320\275\320\270\320\270.\n' >russian
printf '\304\317\302\322\317\305 \325\324\322\317\n' >koi8
printf '<!DOCTYPE html><html><head><title>Report</title></head><body>
<h1>October</h1><p>Good morning, here are the figures of this month, and what
they mean for all of us.</p><p><img src="cid:chart.png" alt="chart"></p>
<p>Please tell me by Friday what is missing.</p></body></html>\n' >page
# One grey point.
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\001\0\0\0\001\010\0\0\0\0:~\233U\0\0\0\nIDATx\234c(\0\0\0\202\0\201w\315r\266\0\0\0\0IEND\256B`\202' >chart.png
printf 'a;b\n1;2\n' >"$(printf 'Z\303\244hler und noch einiges mehr in einem langen Namen.csv')"
seq 1 5000 >log.txt
from='Ann Smith <ann@example.com>' to='Bob <bob@example.net>'
send() { minismtp send --from "$from" --to "$to" "$@" </dev/null 2>&1; }
for options in \
    "-s Report --body text" \
    "-s Report --body text --attach log.txt" \
    "-s Bericht --body german --attach chart.png" \
    "-s Report --body russian" \
    "-s Report --body koi8 --charset koi8-r" \
    "-s Report --html page --inline chart.png" \
    "-s Report --html page --body text --inline chart.png --attach log.txt" \
    "-s Report --body text --cc c@example.net --reply-to r@example.com"
do
	# shellcheck disable=SC2086
	check "send $options" send $options
done
check "send a subject and a name beyond ASCII" send --body german \
    -s "$(printf 'Bericht f\303\274r Oktober und alles andere, was noch wichtig sein k\303\266nnte')" \
    --attach Z*.csv
arrived 9
run timeout 80 python3 "$SRC/tests/real/composed.py" "$RECORD"/msg.*
exits 0
while read -r line; do
	case $line in
	"ok - "*) point 0 "${line#ok - }" ;;
	"not ok - "*) point 1 "${line#not ok - }" ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$W/out"
