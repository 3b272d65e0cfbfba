// SPDX-License-Identifier: ISC
/*
 * mends.c - what mends trouble with a relay
 */
#include "relay/mends.h"

#include "base/table.h"

#define PIN "tls_verify = pin", "tls_pin = \"%k\""

/*
 * %h host, %p port, %c configuration, %k pin of the key that was shown, %n a
 * name in the certificate, %u user, %q what runs the queue.
 */
static const struct row {
	const char *check;
	const char *words;	/* in what was said, or "" */
	int class;		/* of the relay's reply, or 0 */
	const char *mend[3];
} rows[] = {
	{ "resolve", "is it spelt right", 0, { "relay = \"mail.example.com\"",
	    "getent ahosts %h" } },
	{ "resolve", "names no relay", 0, { "relay = \"mail.%h\"" } },
	{ "resolve", "takes no mail", 0, { "relay = \"mail.example.com\"" } },
	{ "resolve", "", 0, { "cat /etc/resolv.conf",
	    "getent ahosts %h" } },

	{ "connect", "the proxy", 0, { "proxy = \"localhost:1080\"",
	    "proxy = \"\"" } },
	{ "connect", "No such file", 0, { "ls -l %h" } },
	{ "connect", "command ", 0, { "command = \"/path/of/it ...\"" } },
	{ "connect", "Permission denied", 0, { "ls -l %h" } },
	{ "connect", "Network is unreachable", 0, { "ip route; ip addr" } },
	{ "connect", "unassigned", 0, { "source_address = \"\"" } },
	{ "connect", "Cannot assign requested address", 0, {
	    "source_address = \"\"", "ip addr" } },
	{ "connect", "no answer in time", 0, { "nc -vz %h %p" } },
	{ "connect", "", 0, { "relay = \"%h:587\"", "nc -vz %h 587" } },

	{ "greeting", "no answer in time", 0, { "tls = implicit" } },
	{ "greeting", "does not speak SMTP", 0, { "relay = \"%h:587\"" } },
	{ "greeting", "", 4, { "%q" } },
	{ "greeting", "", 5, { "nc -v %h %p" } },
	{ "greeting", "", 0, { "nc -v %h %p" } },

	{ "hello", "", 5, { "helo = \"web1.example.com\"" } },
	{ "hello", "no name for a host", 0, { "helo = \"web1.example.com\"" } },
	{ "hello", "", 4, { "%q" } },
	{ "hello", "", 0, { "nc -v %h %p" } },

	{ "tls", "does not offer STARTTLS", 0, { "relay = \"%h:465\"" } },
	{ "tls", "is no TLS", 0, { "tls = starttls" } },
	{ "tls", "STARTTLS refused", 0, { "relay = \"%h:465\"" } },
	{ "tls", "trusted certificates", 0, { "apt-get install "
	    "ca-certificates" } },
	{ "tls", "no trusted", 0, { "apt-get install ca-certificates" } },
	{ "tls", "tls_ca", 0, { "tls_ca = \"\"" } },
	{ "tls", "tls_crl", 0, { "tls_crl = \"\"" } },
	{ "tls", "tls_cert", 0, { "tls_cert = \"\"", "tls_key = \"\"" } },
	{ "tls", "tls_pin", 0, { "tls_pin = \"%k\"" } },
	{ "tls", "tls_priority", 0, { "tls_priority = \"\"" } },
	{ "tls", "dane", 0, { "tls_verify = yes" } },
	{ "tls", "TLSA", 0, { "tls_verify = yes",
	    "dig +dnssec TLSA _%p._tcp.%h" } },
	{ "tls", "sandbox", 0, { "sandbox = yes" } },
	{ "tls", "protocol version", 0, { "tls_min = 1.2" } },
	{ "tls", "speaks only", 0, { "tls_min = 1.2" } },
	{ "tls", "", 0, { "gnutls-cli --starttls-proto=smtp -p %p %h" } },

	{ "certificate", "not valid yet", 0, { "timedatectl set-ntp true" } },
	{ "certificate", "has expired", 0, { "gnutls-cli "
	    "--starttls-proto=smtp -p %p %h", PIN } },
	{ "certificate", "not for this name but", 0,
	    { "relay = \"%n:%p\"" } },
	{ "certificate", "not for the address", 0, { "relay = \"%n:%p\"" } },
	{ "certificate", "nobody we trust", 0, {
	    "tls_ca = \"/path/of/its/authority.pem\"", PIN } },
	{ "certificate", "TLSA", 0, { "tls_verify = yes",
	    "dig +dnssec TLSA _%p._tcp.%h" } },
	{ "certificate", "tls_pin fits", 0, { "tls_pin = \"%k\"" } },
	{ "certificate", "", 0, { PIN } },

	{ "auth", "does not offer AUTH, and", 0, { "relay = \"%h:587\"",
	    "auth = off" } },
	{ "auth", "does not offer AUTH", 0, { "auth = auto" } },
	{ "auth", "there is no password", 0, {
	    "password_file = \"/etc/minismtp.password\"" } },
	{ "auth", "XOAUTH2", 0, { "auth = \"XOAUTH2\"" } },
	{ "auth", "that TLS has not proved", 0, { "tls = starttls" } },
	{ "auth", "no such mechanism", 0, { "auth = auto" } },
	{ "auth", "", 0, { "auth = auto" } },

	{ "login", "", 4, { "%q" } },
	{ "login", "", 0, { "${EDITOR:-vi} %c" } },

	{ "mail", "uthenticat", 5, { "user = \"me@example.com\"",
	    "password_file = \"/etc/minismtp.password\"" } },
	{ "mail", "", 5, { "sender = \"%u\"", "force_sender = envelope" } },
	{ "mail", "", 4, { "%q" } },
	{ "mail", "", 0, { "sender = \"you@example.com\"" } },
	{ "rcpt", "uthenticat", 5, { "user = \"me@example.com\"",
	    "password_file = \"/etc/minismtp.password\"" } },
	{ "rcpt", "elay", 5, { "user = \"me@example.com\"",
	    "password_file = \"/etc/minismtp.password\"" } },
	{ "rcpt", "", 5, { "admin = \"you@example.com\"" } },
	{ "rcpt", "", 4, { "%q" } },
	{ "rcpt", "", 0, { "admin = \"you@example.com\"" } },
};

static bool
contains(struct str text, struct str part)
{
	for (; text.len >= part.len; text = str_skip(text, 1))
		if (str_eq(str_head(text, part.len), part))
			return true;
	return false;
}

static struct str
value_of(char letter, const struct mend_facts *facts)
{
	switch (letter) {
	case 'h':
		return facts->host;
	case 'p':
		return facts->port;
	case 'c':
		return facts->config;
	case 'k':
		return facts->pin;
	case 'n':
		return facts->name;
	case 'u':
		return facts->user;
	case 'q':
		return facts->flush;
	default:
		return STR("");
	}
}

static void
add(struct finding *f, const char *mend, const struct mend_facts *facts)
{
	struct str in = str_of(mend), head;
	struct buf line = { 0 };
	char letter;

	while (str_eat_until(&in, '%', &head)) {
		buf_add(&line, head);
		if (str_eat_byte(&in, &letter))
			buf_add(&line, value_of(letter, facts));
	}
	buf_add(&line, in);
	finding_mend(f, "%s", buf_cstr(&line));
	buf_free(&line);
}

void
mends_add(struct finding *f, const char *check, int smtp,
    const struct mend_facts *facts)
{
	for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
		const struct row *r = &rows[i];

		if (!str_eq(str_of(r->check), str_of(check)) ||
		    (r->class != 0 && r->class != smtp / 100) ||
		    !contains(buf_str(&f->words), str_of(r->words)))
			continue;
		for (size_t k = 0; k < 3 && r->mend[k] != NULL; k++)
			add(f, r->mend[k], facts);
		return;
	}
}
