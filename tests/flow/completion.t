# SPDX-License-Identifier: ISC
# The shells offer what there is, and nothing else: the scripts are made from
# the rows that the parser reads.

for shell in bash fish zsh; do
	run minismtp completion $shell
	exits 0
	cp "$W/out" "$W/$shell"
	check "the build has the same for $shell" \
	    cmp "$W/out" "$BUILD/completions/$shell"
done
run minismtp completion
exits 64
says "for which shell: bash, fish or zsh?"
run minismtp completion csh
exits 64

config <<'END'
relay = "localhost:1"
account "work" {
	relay = "localhost:2"
}
account "works" {
	relay = "localhost:3"
}
END
sendmail -odq -i a@example.com <"$W/out"
ID=$(minismtp queue list --json | sed 's/^{"id":"\([^"]*\).*/\1/')
mkdir "$W/files" "$W/files/dir"
: >"$W/files/one file"
: >"$W/files/other"
cd "$W/files" || exit 1
verbs=$(minismtp --help | sed -n '/^Under the name/,$s/^  \([a-z][a-z]*\) .*/\1/p')

sane() {	# the script, parsed only
	check "$1 can read it" "$1" -n "$W/$1"
}

# offers WORDS... <<candidates: the last word is the one at the cursor
offers() {
	cat >"$W/want"
	if command -v "$1" >/dev/null; then
		# shellcheck disable=SC2016
		"offer_$1" "$@" 2>&1 | sort >"$W/offered"
		check "$*" cmp "$W/want" "$W/offered"
		cmp -s "$W/want" "$W/offered" || explain "$W/offered"
	else
		leave_out "$*" "there is no $1"
	fi
}

offer_bash() {
	shift
	bash -c '. "$1"; shift; COMP_WORDS=(minismtp "$@")
	    COMP_CWORD=$#; _minismtp; printf "%s\n" "${COMPREPLY[@]}"' \
	    bash "$W/bash" "$@"
}

offer_fish() {
	shift
	fish --no-config -c 'source $argv[1]
	    complete -C "minismtp $argv[2]"' -- "$W/fish" "$*" |
	    sed 's/	.*//'
}

# both WORDS...: the candidates are in $W/list, in any order
both() {
	sort "$W/list" >"$W/sorted"
	for shell in bash fish; do
		offers $shell "$@" <"$W/sorted"
	done
}

printf '%s\n' "$verbs" >"$W/list"
both ""
printf 'release\nremove\nretry\n' >"$W/list"
both queue re
echo --recipient >"$W/list"
both queue list --re
printf 'bash\nfish\nzsh\n' >"$W/list"
both completion ""
printf '%s\nall\n' "$ID" >"$W/list"
both queue hold ""
echo "$ID" >"$W/list"
both queue show --json "$ID"
echo exit-codes >"$W/list"
both help ex
printf 'work\nworks\n' >"$W/list"
both --account wo
echo --account >"$W/list"
both --ac
printf 'gandi\ngmail\ngmx\ngmx-com\n' >"$W/list"
both setup --provider g
printf 'implicit\n' >"$W/list"
both setup --tls i

# What bash makes of it: one word of three.
offers bash --account = wo <<'END'
work
works
END
offers bash config --check o <<'END'
one file
other
END
offers bash queue --config = "one" <<'END'
one file
END
offers bash queue -C oth <<'END'
other
END
offers bash queue --age 1 <<'END'

END
offers bash queue list -- --re <<'END'

END
offers bash frobnicate queue <<'END'

END
offers bash --json que <<'END'

END

# Every verb and every option is offered; the usage texts have them too.
for verb in $verbs; do
	minismtp "$verb" --help | sed -n 's/^ .*--\([a-z-]*\).*/--\1/p' |
	    sort >"$W/sorted"
	offers bash "$verb" -- <"$W/sorted"
done
for shell in bash fish zsh; do
	if command -v $shell >/dev/null; then
		sane $shell
	else
		leave_out "$shell can read it" "there is no $shell"
	fi
done

if command -v zsh >/dev/null; then
	cp "$W/zsh" "$W/files/_minismtp"
	zsh -f "$SRC/tests/flow/zsh-complete" "$W/files" \
	    'minismtp queue --rec' 'minismtp que' 'minismtp queue rel' \
	    'minismtp queue hold 1' >"$W/out" 2>&1
	for word in "minismtp queue --recipient" "minismtp queue " \
	    "minismtp queue release " "minismtp queue hold $ID "; do
		prints "$word"
	done
else
	leave_out "zsh completes" "there is no zsh"
fi
