# The configurations of eight other programs become ours.  tests/flow/import has
# a directory for each case: what the program read, and what we make of it.
[ -x "$BUILD/minismtp-relay" ] || skip "there is no minismtp-relay"
cp -r "$SRC/tests/flow/import" "$W/import"
find "$W/import" -type d -exec chmod 755 {} +
find "$W/import" -type f -exec chmod 600 {} +
# two whose password everybody could read
chmod 644 "$W/import/dma-smarthost/auth.conf" "$W/import/ssmtp-tls/ssmtp.conf"

# Only where the file would be written to is ours.
generic() { sed "s|$W/config/minismtp/|CONFIG/|g" "$1"; }

for case in "$W"/import/*; do
	name=${case##*/}
	case $name in
	dma-*) file=dma.conf ;;
	esmtp*) file=esmtprc ;;
	exim-*) file=update-exim4.conf.conf ;;
	msmtp-*) file=msmtprc ;;
	nullmailer*) file=. ;;
	opensmtpd*) file=smtpd.conf ;;
	postfix-*) file=main.cf ;;
	ssmtp-*) file=ssmtp.conf ;;
	esac
	cd "$case" || exit 1
	run minismtp import --personal "$file"
	cd "$BUILD" || exit 1
	exits 0
	generic "$W/out" >"$W/is.conf"
	generic "$W/err" >"$W/is.remarks"
	check "$name: the configuration" \
	    diff "$case/expected.conf" "$W/is.conf"
	check "$name: the remarks" \
	    diff "$case/expected.remarks" "$W/is.remarks"
	cp "$W/out" "$W/new.conf"
	chmod 600 "$W/new.conf"
	check "$name: it is accepted" minismtp config --check "$W/new.conf"
	check "$name: no password is shown" has_not "$W/out" "secret\""
done

# Passwords are shown if one asks for them.
run minismtp import --personal --show-passwords \
    "$W/import/dma-smarthost/dma.conf"
exits 0
prints 'password = "not:a:secret"'

run sh -c 'minismtp import --personal "$1" >/dev/full' sh \
    "$W/import/dma-old/dma.conf"
exits 75
says "standard output: write: No space left on device"

run minismtp import "$W/import/dma-old/dma.conf" "$W/import/esmtp/esmtprc"
exits 64
run minismtp import --write --show-passwords "$W/import/dma-old/dma.conf"
exits 64
run minismtp import --format sendmail "$W/import/dma-old/dma.conf"
exits 64
says "opensmtpd, postfix and ssmtp"
run minismtp import --personal "$W/nothing"
exits 66
echo "Dear Sir or Madam," >"$W/letter"
run minismtp import --personal "$W/letter"
exits 78
says "the configuration of no program that is known here"
echo "myhostname = web1.example.com" >"$W/main.cf"
run minismtp import --personal "$W/main.cf"
exits 78
says "it names no relay"
says "main.cf:1: taken: myhostname as helo"
