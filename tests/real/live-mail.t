# What people write letters with, as root and as a user: all of it arrives, from
# an address that the relay takes.
. "$here/../real/callers"
callers alpine bsd-mailx emacs-nox git-email mailutils mpack mutt neomutt nmh \
    procmail s-nail

caller bsd-mailx "root caller" <<'END'
echo "$TEXT" | bsd-mailx -s "$SUBJECT" root
END

caller s-nail "root caller" <<'END'
echo "$TEXT" | s-nail -n -s "$SUBJECT" root
END

caller mailutils "root caller" <<'END'
echo "$TEXT" | mail.mailutils -s "$SUBJECT" root
END

caller mutt "root caller" <<'END'
echo "$TEXT" | mutt -n -s "$SUBJECT" root
END

caller neomutt "root caller" <<'END'
echo "$TEXT" | neomutt -n -s "$SUBJECT" root
END

# It speaks SMTP to sendmail -bs.
caller nmh "root caller" <<'END'
mkdir -p "$HOME/Mail"
printf 'Path: Mail\n' >"$HOME/.mh_profile"
printf 'From: %s\nTo: root\nSubject: %s\n\n%s\n' "$LOGNAME" "$SUBJECT" \
    "$TEXT" >"$HOME/draft"
/usr/bin/mh/send -mts sendmail/smtp "$HOME/draft"
END

# So does this one, behind a screen.
TYPIST=$here/../real/typist.py
export TYPIST
caller alpine "root caller" alpine python3-minimal <<'END'
printf 'user-domain=example.com\ndefault-fcc=""\n' >"$HOME/.pinerc"
TERM=vt100 /usr/bin/python3 "$TYPIST" 15 \
    "$TEXT" '\x18' "Send message?" y "Alpine finished" "" -- \
    alpine -i -url "mailto:root?subject=hi&body=$(echo "$TEXT" |
    sed 's/ /%20/g')"
END

HAS=c3Vic2NyaWJlcg
caller mpack "root caller" <<'END'
printf subscriber >"$HOME/file"
mpack -s "$SUBJECT" "$HOME/file" root
END

caller procmail "root caller" <<'END'
printf ':0\n! root\n' >"$HOME/.procmailrc"
printf 'From: %s\nTo: %s\nSubject: %s\n\n%s\n' "$LOGNAME" "$LOGNAME" \
    "$SUBJECT" "$TEXT" | procmail "$HOME/.procmailrc"
END

FROM=carol@example.org
caller git-email "root caller" <<'END'
git init -q "$HOME/project"
cd "$HOME/project"
git config user.name Carol
git config user.email carol@example.org
echo one >file
git add file
git commit -q -m "$TEXT"
git send-email --to root --confirm never --quiet -1
END

caller emacs-nox "root caller" <<'END'
cat >"$HOME/letter.el" <<'EL'
(setq send-mail-function 'sendmail-send-it)
(mail nil "root" (getenv "SUBJECT"))
(mail-text)
(insert (getenv "TEXT") "\n")
(mail-send)
EL
emacs -Q --batch -l "$HOME/letter.el"
END
