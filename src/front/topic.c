// SPDX-License-Identifier: ISC
/*
 * topic.c - what "minismtp help" can explain besides the verbs
 */
#include "front/topic.h"

#include <sysexits.h>

#include "base/table.h"
#include "front/help.h"

static const struct exit_code {
	int code;
	const char *words;
} exit_codes[] = {
	{ EX_OK, "the mail is safe: delivered, or on disk and tried again" },
	{ EX_USAGE, "the command line is wrong; nothing was read" },
	{ EX_DATAERR, "the message or an address is wrong; recipients that are"
	    " not named on standard error have got it" },
	{ EX_NOINPUT, "a file or a message is not there" },
	{ EX_NOUSER, "the relay does not know a recipient" },
	{ EX_NOHOST, "the relay does not know a recipient's host" },
	{ EX_UNAVAILABLE, "the relay refused the mail for good" },
	{ EX_SOFTWARE, "a mistake of ours" },
	{ EX_OSERR, "the system has no more of something" },
	{ EX_CANTCREAT, "a file cannot be made" },
	{ EX_IOERR, "reading or writing failed; nothing was sent" },
	{ EX_TEMPFAIL, "not now: the caller must keep the mail" },
	{ EX_PROTOCOL, "the SMTP client of -bs left within a message" },
	{ EX_NOPERM, "the relay wants rights that we do not have" },
	{ EX_CONFIG, "the configuration is wrong" },
};

static void
add_exit_codes(struct buf *out)
{
	struct buf code = { 0 };

	buf_puts(out, "Those of <sysexits.h>, under every name:\n\n");
	for (size_t i = 0; i < TABLE_COUNT(exit_codes); i++) {
		buf_reset(&code);
		buf_printf(&code, "%d", exit_codes[i].code);
		help_add(out, 8, buf_str(&code),
		    str_of(exit_codes[i].words));
	}
	buf_free(&code);
	buf_puts(out, "\n'minismtp queue check' has those of a monitor: 0, 1,"
	    " 2 and 3.\n");
	buf_free(&code);
}

static const struct topic topics[] = {
	{ "accounts", "several relays, and which mail goes by which",
	    "The file may have further accounts:\n"
	    "\n"
	    "  account \"work\" {\n"
	    "          from = { \"*@work.example\" }\n"
	    "          relay = \"smtp.work.example\"\n"
	    "          user = \"me\"\n"
	    "          password_file = \"/etc/minismtp.work.password\"\n"
	    "  }\n"
	    "\n"
	    "A message goes by the account that --account names, else by the"
	    " one whose\n"
	    "\"from\" fits the envelope sender (-f), else the From field, else"
	    " by the top\n"
	    "level.  \"sendmail -bv -f ADDRESS someone@example.com\" says which"
	    " and why.\n", NULL },
	{ "aliases", "who gets the mail for root and other local names",
	    "A recipient without a domain, or at this host, is local.  Local"
	    " mail goes\n"
	    "where the alias file says (/etc/aliases), else to \"admin\" of the"
	    "\n"
	    "configuration:\n"
	    "\n"
	    "  root:     admin@example.com\n"
	    "  www-data: root, web@example.com\n"
	    "  *:        root                    everybody else\n"
	    "\n"
	    "  newaliases            says every mistake of the file;"
	    " there is no database\n"
	    "  sendmail -bv root     says what becomes of an address, and why\n"
	    "\n"
	    "Programs and files as targets are refused.\n", NULL },
	{ "configuration", "/etc/minismtp.conf, and how to see what it does",
	    "Three lines are enough:\n"
	    "\n"
	    "  relay = \"mail.example.com\"        who takes our mail\n"
	    "  helo = \"web1.example.com\"         who we are\n"
	    "  sender = \"web1@example.com\"       in whose name we write\n"
	    "\n"
	    "and most relays want a login:\n"
	    "\n"
	    "  user = \"web1@example.com\"\n"
	    "  password_file = \"/etc/minismtp.password\"\n"
	    "\n"
	    "  minismtp setup              makes it: finds the relay, tries the"
	    " login\n"
	    "  minismtp import             takes over another program's\n"
	    "  minismtp config             prints what is in force\n"
	    "  minismtp config --check     says every mistake with its line\n"
	    "  minismtp config --defaults  explains every key\n"
	    "  minismtp config --explain FILE    what a message would become,"
	    " and why\n"
	    "\n"
	    "A mistake delays mail and never loses it.  minismtp.conf(5) says"
	    " all.\n", NULL },
	{ "exit-codes", "what an exit status says", NULL, add_exit_codes },
	{ "password", "where a password may be, and who can see it",
	    "One of these, best the first:\n"
	    "\n"
	    "  password_file = \"/etc/minismtp.password\"     root:"
	    MAIL_GROUP " 0640\n"
	    "  password_command = \"pass show smtp\"          no shell\n"
	    "  credential = \"smtp-password\"                 systemd's"
	    " LoadCredential=\n"
	    "  password = 'secret'                          and the file 0640,"
	    " too\n"
	    "\n"
	    "and for personal use ~/.netrc.  A password goes out under TLS to a"
	    " relay that\n"
	    "has proved who it is, or not at all.  Large providers want a"
	    " password of its\n"
	    "own for each program (an \"app password\"), not the one of the"
	    " web site.\n", NULL },
	{ "personal", "a configuration and a queue of one's own",
	    "If ~/.config/minismtp/minismtp.conf is there, is yours and can be"
	    " written by\n"
	    "nobody else, your mail goes by it, with a queue in\n"
	    "~/.local/state/minismtp and all programs running as you.  -C FILE"
	    " does the\n"
	    "same for one command.\n"
	    "\n"
	    "The machine's timer does not know your queue:"
	    " share/minismtp/systemd/user has\n"
	    "units for it, and \"sendmail -q\" tries it now.\n", NULL },
	{ "queue", "what happens to mail that cannot go now",
	    "Mail is on disk before the caller is told that it is safe.  What"
	    " the relay\n"
	    "does not take now is tried again after a minute, then less and"
	    " less often, up\n"
	    "to once an hour; after 4 hours the sender is told that it is late,"
	    " after 5\n"
	    "days that it could not be delivered.  minismtp.timer of systemd,"
	    " cron, or\n"
	    "\"minismtp-relay --watch\" does that.\n"
	    "\n"
	    "  mailq                 what waits, and why\n"
	    "  sendmail -q           try it now\n", NULL },
	{ "sender", "in whose name mail goes out",
	    "Most relays take only mail in the name of the account that logs"
	    " in.\n"
	    "\n"
	    "  sender = \"web1@example.com\"   our address; %u is the login of"
	    " the submitter\n"
	    "  force_sender = envelope       only the envelope: the default\n"
	    "  force_sender = both           From as well: for Gmail and its"
	    " like\n"
	    "  force_sender = no             -f and From stay as they are\n"
	    "\n"
	    "A From that was replaced is kept in Reply-To or X-Original-From."
	    "\n", NULL },
	{ "tls", "how the way to the relay is kept private",
	    "Port 465 is TLS from the first byte, all others begin with"
	    " STARTTLS; a relay\n"
	    "without it gets no mail.  Its certificate must be for its name and"
	    " from an\n"
	    "authority that this system trusts.\n"
	    "\n"
	    "  tls_ca = \"/etc/ssl/ours.pem\"  a relay of an own authority\n"
	    "  tls_pin = \"sha256:...\"        exactly this key\n"
	    "  tls = off                     none; then no password either\n",
	    NULL },
	{ "trouble", "where to look when mail does not arrive",
	    "  minismtp check                 what is wrong, and what mends it?"
	    "\n"
	    "  mailq                          is it waiting, and what did the"
	    " relay say?\n"
	    "  minismtp config --check        is the configuration right?\n"
	    "  sendmail -bv ADDRESS           where would it go, in whose name?"
	    "\n"
	    "  minismtp config --explain ID   what becomes of one that waits?\n"
	    "  echo hello | sendmail -v you@example.com\n"
	    "                                 watch the dialogue with it\n"
	    "  journalctl -t minismtp-relay   what became of earlier mail;\n"
	    "                                 elsewhere in /var/log/mail.log\n",
	    NULL },
};

const struct topic *
topic_at(size_t i)
{
	return i < TABLE_COUNT(topics) ? &topics[i] : NULL;
}

const struct topic *
topic_find(struct str name)
{
	return TABLE_FIND(topics, name);
}

const char *
topic_nearest(struct str name)
{
	return TABLE_NEAREST(topics, name);
}

void
topic_add(struct buf *out, const struct topic *t)
{
	buf_printf(out, "%s: %s\n\n", t->name, t->words);
	if (t->add != NULL)
		t->add(out);
	else
		buf_puts(out, t->text);
}
