# How often we wait for the relay: a far one costs a round trip for the
# greeting, one for EHLO and one for the mail, however many recipients it has;
# one more for AUTH, and two for STARTTLS.  QUIT waits for nobody.
trips() {	# name, waits, recipients; then options of the relay
	name=$1 waits=$2 recipients=$3
	shift 3
	rm -rf "$RECORD"
	mkdir "$RECORD"
	: >"$RECORD/log"
	relay --delay 300 "$@" </dev/null
	{
		printf 'relay = "%s"\n' "$RELAY"
		cat <<-'END'
		helo = "web1.example.com"
		sender = "web1@example.com"
		END
		case "$*" in *--user*)
			printf 'user = "web1"\npassword = "horse"\n' ;;
		esac
		case "$*" in *--starttls*)
			printf 'tls = "starttls"\ntls_ca = "%s/ca.pem"\n' \
			    "$RECORD" ;;
		esac
	} | config
	began=$(date +%s%3N)
	# shellcheck disable=SC2046
	run sendmail -i $(seq -f 'r%.0f@example.com' "$recipients") <<-'END'
	Subject: hi

	body
	END
	took=$(($(date +%s%3N) - began))
	stop
	echo "# $name, $recipients recipients: $waits waits, $took ms"
	check "$name, $recipients: it is sent" test "$status" -eq 0 -a \
	    "$(grep -c '^to ' "$RECORD/env.1")" -eq "$recipients"
	# the reply to QUIT is a flight as well, but nobody waits for it
	check "$name, $recipients: $waits waits" \
	    same "$RECORD/flights" - <<-END
	1 $((waits + 1))
	END
	check "$name, $recipients: and each of them is one" \
	    test "$took" -ge $((waits * 300))
}

for recipients in 1 20; do
	trips "plain" 3 "$recipients"
	trips "AUTH" 4 "$recipients" --user web1 --password horse
	trips "STARTTLS" 5 "$recipients" --starttls
	trips "STARTTLS and AUTH" 6 "$recipients" --starttls --user web1 \
	    --password horse
	trips "without CHUNKING" 4 "$recipients" --offer PIPELINING
done

relay <<'END'
on QUIT
	stall 30
END
config <<END
relay = "$RELAY"
helo = "web1.example.com"
sender = "web1@example.com"
END
began=$(date +%s)
run sendmail -odi -i a@example.com <<'END'
Subject: hi

body
END
exits 0
check "nobody waits for the reply to QUIT" \
    test $(($(date +%s) - began)) -le 5
queued 0
