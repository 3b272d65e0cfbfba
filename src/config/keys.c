// SPDX-License-Identifier: ISC
/*
 * keys.c - every key there is, each in one row
 */
#include "config/keys.h"

#include <syslog.h>

#include "base/table.h"
#include "config/config.h"
#include "config/word.h"

#define TOP(member) offsetof(struct config, member)
#define ACC(member) offsetof(struct account, member)
#define HOUR 3600
#define DAY (24 * HOUR)
#define YEAR (366 * DAY)

static const struct key_word tls_words[] = {
	{ "starttls", TLS_STARTTLS }, { "implicit", TLS_IMPLICIT },
	{ "off", TLS_OFF }, { NULL, 0 },
}, verify_words[] = {
	{ "yes", VERIFY_YES }, { "pin", VERIFY_PIN },
	{ "dane", VERIFY_DANE }, { "no", VERIFY_NO }, { NULL, 0 },
}, force_words[] = {
	{ "no", FORCE_NO }, { "envelope", FORCE_ENVELOPE },
	{ "header", FORCE_HEADER }, { "both", FORCE_BOTH }, { NULL, 0 },
}, auto_words[] = {
	{ "auto", AUTO_SUBMITTED_AUTO }, { "no", AUTO_SUBMITTED_NO },
	{ NULL, 0 },
}, sandbox_words[] = {
	{ "yes", SANDBOX_YES }, { "no", SANDBOX_NO },
	{ "strict", SANDBOX_STRICT }, { NULL, 0 },
}, deliver_words[] = {
	{ "now", DELIVER_NOW }, { "queue", DELIVER_QUEUE }, { NULL, 0 },
}, facility_words[] = {
	{ "mail", LOG_MAIL }, { "user", LOG_USER }, { "daemon", LOG_DAEMON },
	{ "local0", LOG_LOCAL0 }, { "local1", LOG_LOCAL1 },
	{ "local2", LOG_LOCAL2 }, { "local3", LOG_LOCAL3 },
	{ "local4", LOG_LOCAL4 }, { "local5", LOG_LOCAL5 },
	{ "local6", LOG_LOCAL6 }, { "local7", LOG_LOCAL7 }, { NULL, 0 },
};

static const char *
check_min(struct str s)
{
	return str_eq(s, STR("1.2")) || str_eq(s, STR("1.3")) ? NULL :
	    "there is 1.2 and 1.3";
}

static const struct key keys[] = {
	/* Where to */
	{ "relay", KEY_RELAYS, KEY_OF_RELAY, ACC(relay), "",
	    "where mail goes: one or several, the first that works",
	    .others = "mailhub host remotes smarthost relayhost" },
	{ "command", KEY_ARGV, KEY_OF_RELAY, ACC(command), "",
	    "a program that speaks SMTP on its stdin and stdout, "
	    "instead of relay", .check = word_text },
	{ "helo", KEY_STRING, KEY_ANYWHERE, ACC(helo), "",
	    "the name to greet with; empty: the host's own",
	    .check = word_helo, .others = "hostname heloname ehlo" },
	{ "source_address", KEY_STRINGS, KEY_ANYWHERE, ACC(source_address),
	    "", "local addresses to connect from", .check = word_ip,
	    .others = "source_ip bind" },
	{ "proxy", KEY_PROXY, KEY_ANYWHERE, ACC(proxy), "",
	    "a SOCKS5 proxy, host:port; it resolves the relay's name",
	    .others = "proxy_host" },
	/* Who we are there */
	{ "user", KEY_STRING, KEY_OF_RELAY, ACC(user), "",
	    "the name to log in with", .check = word_text,
	    .others = "login authuser username" },
	{ "password", KEY_SECRET, KEY_OF_RELAY, ACC(password), "",
	    "the password itself, best in 'single quotes'",
	    .others = "pass authpass" },
	{ "password_file", KEY_STRING, KEY_OF_RELAY, ACC(password_file), "",
	    "a file with the password in its first line",
	    .check = word_path, .others = "passwordfile" },
	{ "password_command", KEY_ARGV, KEY_OF_RELAY, ACC(password_command),
	    "", "a program that prints the password; no shell",
	    .check = word_text, .others = "passwordeval" },
	{ "credential", KEY_STRING, KEY_OF_RELAY, ACC(credential), "",
	    "the name of a systemd credential with the password",
	    .check = word_file_name },
	{ "auth", KEY_STRING, KEY_OF_RELAY, ACC(auth), "auto",
	    "auto, off, or the one mechanism to use",
	    .check = word_mechanism, .others = "authmethod" },
	{ "auth_without_tls", KEY_BOOL, KEY_OF_RELAY, ACC(auth_without_tls),
	    "no", "log in although anybody can listen",
	    .check = NULL },
	/* TLS */
	{ "tls", KEY_ENUM, KEY_OF_RELAY, ACC(tls), "",
	    "starttls, implicit or off; empty: implicit on port 465, else "
	    "starttls", .words = tls_words,
	    .others = "use_tls usetls usestarttls tls_starttls secure" },
	{ "tls_verify", KEY_ENUM, KEY_OF_RELAY, ACC(tls_verify), "yes",
	    "how the relay proves itself: yes, pin, dane or no",
	    .words = verify_words, .others = "tls_certcheck" },
	{ "tls_ca", KEY_STRING, KEY_ANYWHERE, ACC(tls_ca), "",
	    "trusted certificates, file or directory; empty: the system's",
	    .check = word_path, .others = "tls_trust_file tls_ca_file" },
	{ "tls_crl", KEY_STRING, KEY_ANYWHERE, ACC(tls_crl), "",
	    "a file of revoked certificates", .check = word_path,
	    .others = "tls_crl_file" },
	{ "tls_pin", KEY_STRINGS, KEY_OF_RELAY, ACC(tls_pin), "",
	    "sha256:DIGEST of the relay's key or certificate",
	    .check = word_pin, .others = "tls_fingerprint" },
	{ "tls_cert", KEY_STRING, KEY_OF_RELAY, ACC(tls_cert), "",
	    "our own certificate, a file or pkcs11: URL",
	    .check = word_tls_file, .others = "tls_cert_file certfile" },
	{ "tls_key", KEY_STRING, KEY_OF_RELAY, ACC(tls_key), "",
	    "the key of tls_cert; empty: in the same place",
	    .check = word_tls_file, .others = "tls_key_file" },
	{ "tls_min", KEY_STRING, KEY_ANYWHERE, ACC(tls_min), "1.2",
	    "the oldest TLS, 1.2 or 1.3", .check = check_min },
	{ "tls_priority", KEY_STRING, KEY_ANYWHERE, ACC(tls_priority), "",
	    "algorithms in GnuTLS's words", .check = word_text,
	    .others = "tls_priorities" },
	{ "tls_resume", KEY_BOOL, KEY_ANYWHERE, ACC(tls_resume), "yes",
	    "take up old TLS sessions again",
	    .check = NULL },
	/* In whose name */
	{ "sender", KEY_STRING, KEY_ANYWHERE, ACC(sender), "",
	    "our own address; %u login, %h host, %f full host name",
	    .check = word_sender, .others = "from mailfrom revaliases" },
	{ "force_sender", KEY_ENUM, KEY_ANYWHERE, ACC(force_sender), "",
	    "where sender replaces another: no, envelope, header, both; "
	    "empty: envelope if there is a sender", .words = force_words,
	    .others = "fromlineoverride masquerade set_from_header" },
	{ "domain", KEY_STRING, KEY_ANYWHERE, ACC(domain), "",
	    "what bare addresses get behind their @; empty: sender's",
	    .check = word_host,
	    .others = "maildomain rewritedomain mailname defaulthost" },
	/* To whom */
	{ "local_domains", KEY_STRINGS, KEY_TOP, TOP(local_domains), "",
	    "further names of this machine", .check = word_host,
	    .others = "mydestination" },
	{ "aliases", KEY_STRING, KEY_TOP, TOP(aliases), "/etc/aliases",
	    "the file of aliases; empty: none", .check = word_path },
	{ "admin", KEY_STRINGS, KEY_TOP, TOP(admin), "",
	    "who gets mail for local users without alias, and bounces",
	    .check = word_address, .others = "root adminaddr postmaster" },
	{ "forward", KEY_BOOL, KEY_TOP, TOP(forward), "no",
	    "obey ~/.forward of local users",
	    .check = NULL },
	{ "redirect", KEY_STRINGS, KEY_ANYWHERE, ACC(redirect), "",
	    "everything goes there instead", .check = word_address },
	/* The header */
	{ "header", KEY_HEADERS, KEY_ANYWHERE, ACC(header), "",
	    "header \"Name\" = \"value\": a field to add",
	    .check = NULL },
	{ "remove_headers", KEY_STRINGS, KEY_ANYWHERE, ACC(remove_headers),
	    "", "names of fields to take out", .check = word_header_name },
	{ "mailer", KEY_BOOL, KEY_ANYWHERE, ACC(mailer), "no",
	    "add X-Mailer: minismtp/VERSION",
	    .check = NULL },
	{ "received", KEY_BOOL, KEY_ANYWHERE, ACC(received), "yes",
	    "add a Received field",
	    .check = NULL },
	{ "undisclosed", KEY_BOOL, KEY_ANYWHERE, ACC(undisclosed), "yes",
	    "add To: undisclosed-recipients:; where no recipient shows",
	    .others = "undisclosed_recipients" },
	{ "auto_submitted", KEY_ENUM, KEY_ANYWHERE, ACC(auto_submitted),
	    "auto", "say of mail from cron and its like that it is "
	    "automatic: auto or no", .words = auto_words },
	/* When */
	{ "hold", KEY_BOOL, KEY_ANYWHERE, ACC(hold), "no",
	    "keep all mail in the queue until it is released",
	    .check = NULL },
	{ "deliver", KEY_ENUM, KEY_TOP, TOP(deliver), "now",
	    "now, or queue: only the service delivers",
	    .words = deliver_words, .others = "defer" },
	{ "patience", KEY_DURATION, KEY_TOP, TOP(patience), "10s",
	    "how long a caller waits for the relay", .max = HOUR },
	{ "retry", KEY_RETRY, KEY_TOP, TOP(retry_min), "1m, 1h",
	    "the first and the longest wait between attempts",
	    .min = 1, .max = 7 * DAY },
	{ "lifetime", KEY_DURATION, KEY_TOP, TOP(lifetime), "5d",
	    "how long mail is tried", .min = 60, .max = YEAR,
	    .others = "maximal_queue_lifetime queuelifetime" },
	{ "bounce_lifetime", KEY_DURATION, KEY_TOP, TOP(bounce_lifetime),
	    "1d", "the same for bounces", .min = 60, .max = YEAR },
	{ "warn_after", KEY_DURATION, KEY_TOP, TOP(warn_after), "4h",
	    "when the sender is told of a delay; 0: never", .max = YEAR,
	    .others = "delay_warning_time" },
	{ "fold", KEY_DURATION, KEY_TOP, TOP(fold), "0",
	    "identical mail within this time is sent once; 0: no",
	    .max = 7 * DAY },
	/* How much */
	{ "size_limit", KEY_SIZE, KEY_ANYWHERE, ACC(size_limit), "0",
	    "larger messages are refused; 0: the relay decides",
	    .max = (int64_t)1 << 50,
	    .others = "message_size_limit" },
	{ "limit", KEY_RATES, KEY_TOP, TOP(limit), "",
	    "how much one user may send: 100/h, 25M/d; the rest waits",
	    .check = NULL },
	/* Some providers allow one user three sessions, and no more. */
	{ "connections", KEY_INT, KEY_ANYWHERE, ACC(connections), "3",
	    "sessions at a time to one relay", .min = 1, .max = 50 },
	{ "window", KEY_INT, KEY_ANYWHERE, ACC(window), "16",
	    "messages on their way before the first reply",
	    .min = 1, .max = 1000 },
	{ "recipient_limit", KEY_INT, KEY_ANYWHERE, ACC(recipient_limit),
	    "100", "recipients in one transaction", .min = 1, .max = 10000 },
	{ "connect_timeout", KEY_DURATION, KEY_ANYWHERE,
	    ACC(connect_timeout), "30s",
	    "for finding and reaching a relay", .min = 1, .max = HOUR,
	    .others = "timeout" },
	{ "reply_timeout", KEY_DURATION, KEY_ANYWHERE, ACC(reply_timeout),
	    "5m", "for each reply and each block of data", .min = 1,
	    .max = HOUR },
	{ "data_timeout", KEY_DURATION, KEY_ANYWHERE, ACC(data_timeout),
	    "10m", "for the reply to a whole message", .min = 1,
	    .max = DAY },
	{ "session_timeout", KEY_DURATION, KEY_ANYWHERE,
	    ACC(session_timeout), "2h", "for all of a session", .min = 1,
	    .max = 7 * DAY },
	/* What is told, and what is forbidden */
	{ "trace", KEY_BOOL, KEY_ANYWHERE, ACC(trace), "no",
	    "the dialogue in the log, without secrets and text",
	    .others = "debug" },
	{ "syslog_facility", KEY_ENUM, KEY_TOP, TOP(syslog_facility),
	    "mail", "mail, user, daemon, local0 to local7",
	    .words = facility_words, .others = "syslog" },
	{ "sandbox", KEY_ENUM, KEY_TOP, TOP(sandbox), "yes",
	    "yes: as far as the kernel can; strict: all or no mail; no",
	    .words = sandbox_words },
	/* Accounts */
	{ "from", KEY_STRINGS, KEY_ACCOUNT, ACC(from), "",
	    "whose mail goes by this account: addresses, *@domain",
	    .check = word_pattern },
};

size_t
keys_count(void)
{
	return TABLE_COUNT(keys);
}

const struct key *
keys_at(size_t i)
{
	return &keys[i];
}

const struct key *
keys_find(struct str name)
{
	return TABLE_FIND(keys, name);
}

const char *
keys_nearest(struct str name)
{
	struct str others, word;

	for (size_t i = 0; i < TABLE_COUNT(keys); i++) {
		if (str_ieq(name, str_of(keys[i].name)))
			return keys[i].name;
		others = str_of(keys[i].others == NULL ? "" : keys[i].others);
		while (str_eat_word(&others, &word)) {
			if (str_ieq(name, word))
				return keys[i].name;
		}
	}
	return TABLE_NEAREST(keys, name);
}

bool
key_is_list(const struct key *k)
{
	switch (k->type) {
	case KEY_STRINGS:
	case KEY_RELAYS:
	case KEY_RATES:
	case KEY_RETRY:
	case KEY_ARGV:
	case KEY_HEADERS:
		return true;
	case KEY_STRING:
	case KEY_SECRET:
	case KEY_BOOL:
	case KEY_INT:
	case KEY_DURATION:
	case KEY_SIZE:
	case KEY_ENUM:
	case KEY_PROXY:
		return false;
	}
	return false;
}
