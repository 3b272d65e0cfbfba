// SPDX-License-Identifier: ISC
/*
 * postfix.c - main.cf of a null client or a satellite
 *
 * What sends mail on is taken.  Most other parameters are about receiving it
 * or delivering it here, which this program does not do.
 */
#include "import/postfix.h"

#include "base/table.h"
#include "config/value.h"
#include "config/word.h"
#include "import/format.h"
#include "import/take.h"

static struct postfix *
reading(struct importer *im)
{
	return im->own;
}

/*
 * [host]:port is that host; host alone its mail exchangers, for which a port
 * leaves no room here.
 */
static void
take_relayhost(struct importer *im, struct str value)
{
	struct outlet *o = importer_outlet(im);
	bool exact = value.len > 0 && value.ptr[0] == '[';

	if (str_has(value, ',') || str_has(value, ' '))
		importer_no_equal(im, "of several the first is taken");
	for (size_t i = 0; i < value.len; i++) {
		if (str_has(STR(", \t"), value.ptr[i]))
			value = str_head(value, i);
	}
	buf_set(&reading(im)->relayhost, value);
	take_host_port(im, value);
	o->mx = !exact && o->port == 0 && word_ip(value) != NULL;
}

/* Tables are read when all else is known. */
static void
keep(struct importer *im, struct kept *kept, struct str value)
{
	buf_set(&kept->maps, value);
	kept->at = im->at;
	kept->word = str_of(im->row->name);
}

static void
take_logins(struct importer *im, struct str value)
{
	keep(im, &reading(im)->logins, value);
	if (value.len == 0)
		importer_taken(im, "user");
}

static void
take_senders(struct importer *im, struct str value)
{
	struct postfix *p = reading(im);

	if (value.len == 0)
		importer_taken(im, "sender");
	else if (p->count < TABLE_COUNT(p->senders))
		keep(im, &p->senders[p->count++], value);
}

/* "hash:/etc/aliases", of which the text file counts. */
static void
take_aliases(struct importer *im, struct str value)
{
	struct str kind;

	if (value.len > 0 && (str_has(value, ',') || str_has(value, ' ')))
		importer_no_equal(im, "there is one file of aliases");
	else if (str_eat_until(&value, ':', &kind) &&
	    importer_set(im, "aliases", value))
		importer_taken(im, "aliases");
	else if (value.len == 0)
		importer_taken(im, "aliases");
}

static void
take_origin(struct importer *im, struct str value)
{
	struct buf text = { 0 };
	struct importer in;
	struct str rest, name = value;

	if (value.len > 0 && value.ptr[0] == '/') {
		name = STR("");
		if (!importer_load_named(im, value, &text, &in))
			return;
		rest = buf_str(&text);
		(void)importer_line(&in, &rest, &name);
	}
	if (importer_set(im, "domain", name))
		importer_taken(im, "domain");
	buf_free(&text);
}

/* Names of this machine; what is not a name has no place in the list. */
static void
take_destination(struct importer *im, struct str value)
{
	struct str word;
	struct buf names = { 0 };

	for (size_t i = 0; i < value.len; i++)
		buf_putc(&names, value.ptr[i] == ',' ? ' ' : value.ptr[i]);
	value = buf_str(&names);
	while (str_eat_word(&value, &word)) {
		if (str_ieq(word, STR("localhost")) || str_has(word, ':') ||
		    str_has(word, '/'))
			continue;
		if (!importer_add(im, "local_domains", word))
			break;
	}
	importer_taken(im, "local_domains");
	buf_free(&names);
}

/* "300s", or a number in the parameter's own unit. */
static bool
duration(struct importer *im, struct str value, char unit, int64_t *seconds)
{
	struct buf text = { 0 };
	uint64_t n;
	struct str rest = value;
	bool good;

	buf_add(&text, value);
	if (str_eat_number(&rest, &n) && rest.len == 0)
		buf_putc(&text, unit);
	good = value_duration(buf_str(&text), seconds);
	buf_free(&text);
	if (!good)
		importer_no_equal(im, "this is no time");
	return good;
}

static void
time_as(struct importer *im, struct str value, char unit)
{
	struct buf text = { 0 };
	int64_t seconds;

	if (!duration(im, value, unit, &seconds))
		return;
	value_print_duration(&text, seconds);
	if (importer_set(im, im->row->key, buf_str(&text)))
		importer_taken(im, im->row->key);
	buf_free(&text);
}

static void
take_days(struct importer *im, struct str value)
{
	time_as(im, value, 'd');
}

static void
take_hours(struct importer *im, struct str value)
{
	time_as(im, value, 'h');
}

static void
take_time(struct importer *im, struct str value)
{
	time_as(im, value, 's');
}

static void
take_backoff(struct importer *im, struct str value)
{
	int64_t seconds;

	if (!duration(im, value, 's', &seconds))
		return;
	*(im->row->bit == 1 ? &im->found->retry_min :
			      &im->found->retry_max) = seconds;
	importer_taken(im, "retry");
}

/* One of each family. */
static void
take_bind(struct importer *im, struct str value)
{
	if (value.len == 0 || importer_add(im, "source_address", value))
		importer_taken(im, "source_address");
}

static void
take_named(struct importer *im, struct str value)
{
	(void)value;
	importer_noted(im, "where other values name it");
}

#define ONE_SENDER \
	"sender and accounts say it: sender = \"%u@...\", " \
	"from = ..."
#define NO_ROUTES "there is one relay, or one for each account"

static const struct row words[] = {
	{ "alias_maps", NULL, take_aliases, NULL, 0 },
	{ "bounce_queue_lifetime", "bounce_lifetime", take_days, NULL, 0 },
	{ "canonical_maps", NULL, take_senders, NULL, 0 },
	{ "delay_warning_time", "warn_after", take_hours, NULL, 0 },
	{ "fallback_relay", NULL, NULL, "relay = { first, second }", 0 },
	{ "luser_relay", "admin", NULL, NULL, 0 },
	{ "maximal_backoff_time", NULL, take_backoff, NULL, 2 },
	{ "maximal_queue_lifetime", "lifetime", take_days, NULL, 0 },
	{ "message_size_limit", "size_limit", NULL, NULL, 0 },
	{ "minimal_backoff_time", NULL, take_backoff, NULL, 1 },
	{ "mydestination", NULL, take_destination, NULL, 0 },
	{ "mydomain", NULL, take_named, NULL, 0 },
	{ "myhostname", "helo", NULL, NULL, 0 },
	{ "myorigin", NULL, take_origin, NULL, 0 },
	{ "relayhost", NULL, take_relayhost, NULL, 0 },
	{ "sender_canonical_maps", NULL, take_senders, NULL, 0 },
	{ "sender_dependent_relayhost_maps", NULL, NULL, NO_ROUTES, 0 },
	{ "smtp_bind_address", NULL, take_bind, NULL, 0 },
	{ "smtp_bind_address6", NULL, take_bind, NULL, 0 },
	{ "smtp_connect_timeout", "connect_timeout", take_time, NULL, 0 },
	{ "smtp_data_done_timeout", "data_timeout", take_time, NULL, 0 },
	{ "smtp_enforce_tls", "tls", postfix_old_tls, NULL, ENFORCE_TLS },
	{ "smtp_fallback_relay", NULL, NULL, "relay = { first, second }", 0 },
	{ "smtp_generic_maps", NULL, take_senders, NULL, 0 },
	{ "smtp_helo_name", "helo", NULL, NULL, 0 },
	{ "smtp_sasl_auth_enable", "auth", take_on, NULL, SASL },
	{ "smtp_sasl_mechanism_filter", NULL, NULL,
	    "auth = names the one to use; by itself it is the strongest", 0 },
	{ "smtp_sasl_password_maps", NULL, take_logins, NULL, 0 },
	{ "smtp_sasl_security_options", NULL, take_always, NULL, 0 },
	{ "smtp_sasl_tls_security_options", NULL, take_always, NULL, 0 },
	{ "smtp_tls_CAfile", "tls_ca", take_path, NULL, 0 },
	{ "smtp_tls_CApath", "tls_ca", take_path, NULL, 0 },
	{ "smtp_tls_cert_file", "tls_cert", take_path, NULL, 0 },
	{ "smtp_tls_ciphers", NULL, NULL,
	    "tls_priority says it, in the words of GnuTLS", 0 },
	{ "smtp_tls_fingerprint_cert_match", NULL, postfix_pins, NULL, 0 },
	{ "smtp_tls_fingerprint_digest", NULL, take_always, NULL, 0 },
	{ "smtp_tls_key_file", "tls_key", take_path, NULL, 0 },
	{ "smtp_tls_loglevel", NULL, NULL,
	    "each line of the log names the TLS; trace = yes tells more", 0 },
	{ "smtp_tls_mandatory_ciphers", NULL, NULL,
	    "tls_priority says it, in the words of GnuTLS", 0 },
	{ "smtp_tls_mandatory_protocols", NULL, NULL,
	    "tls_min says it, and is 1.2", 0 },
	{ "smtp_tls_note_starttls_offer", NULL, take_always, NULL, 0 },
	{ "smtp_tls_policy_maps", NULL, NULL, NO_ROUTES, 0 },
	{ "smtp_tls_protocols", NULL, NULL, "tls_min says it, and is 1.2", 0 },
	{ "smtp_tls_security_level", NULL, postfix_level, NULL, 0 },
	{ "smtp_tls_session_cache_database", NULL, take_always, NULL, 0 },
	{ "smtp_tls_wrappermode", "tls", take_on, NULL, WRAPPER },
	{ "smtp_use_tls", "tls", postfix_old_tls, NULL, USE_TLS },
	{ "syslog_facility", "syslog_facility", NULL, NULL, 0 },
	{ "transport_maps", NULL, NULL, NO_ROUTES, 0 },
};

/* Whole families, of which the beginning says what they are for. */
static const struct family {
	const char *begins;
	const char *why;
} families[] = {
	{ "smtpd_", "no mail is received from a network" },
	{ "inet_", "no mail is received from a network" },
	{ "mynetworks", "no mail is received from a network" },
	{ "milter_", "no mail is received from a network" },
	{ "non_smtpd_milters", "no mail is received from a network" },
	{ "postscreen_", "no mail is received from a network" },
	{ "relay_", "no mail is received from a network" },
	{ "lmtp_", "an LMTP relay is written lmtp:host:port" },
	{ "virtual_", "no mail is delivered here" },
	{ "local_", "no mail is delivered here" },
	{ "mailbox_", "no mail is delivered here" },
	{ "home_mailbox", "no mail is delivered here" },
	{ "recipient_delimiter", "no mail is delivered here" },
	{ "mail_spool_directory", "no mail is delivered here" },
	{ "alias_database", "aliases need no database" },
	{ "masquerade_", ONE_SENDER },
	{ "", "nothing here needs it" },
};

static void
take(struct importer *im, struct str name, struct str value)
{
	if (TABLE_IFIND(words, name) != NULL) {
		importer_word(im, WORDS(words), name, value);
		return;
	}
	im->word = name;
	for (size_t i = 0; i < TABLE_COUNT(families); i++) {
		struct str rest = name;

		if (str_eat(&rest, str_of(families[i].begins))) {
			importer_no_equal(im, "%s", families[i].why);
			return;
		}
	}
}

static void
finish(struct outlet *o)
{
	if (!(o->own & LEVEL)) {
		o->unverified = true;
		o->tls = o->own & ENFORCE_TLS ? FOUND_TLS_STARTTLS :
		    o->own & USE_TLS          ? FOUND_TLS_MAYBE :
						FOUND_TLS_NONE;
	}
	if (o->own & WRAPPER)
		o->tls = FOUND_TLS_IMPLICIT;
	if (o->tls_at.line == 0)
		o->tls_at = o->host_at;
	if (o->verify_at.line == 0)
		o->verify_at = o->tls_at;
	o->unverified = o->unverified && outlet_value(o, "tls_pin").len == 0;
	if (o->port == 0)
		o->port = 25;
}

static void
read_kept(struct importer *im, const struct kept *kept, postfix_entry_fn *entry)
{
	im->at = kept->at;
	im->word = kept->word;
	postfix_table(im, buf_str(&kept->maps), entry);
}

static void
read_tables(struct importer *im, struct postfix *p)
{
	struct importer in = *im;

	if (importer_outlet(im)->own & SASL) {
		read_kept(&in, &p->logins, postfix_login);
	} else if (p->logins.maps.len > 0) {
		in.at = p->logins.at;
		in.word = p->logins.word;
		importer_no_equal(&in,
		    "smtp_sasl_auth_enable does not say "
		    "yes, so that it was not used");
	}
	for (size_t i = 0; i < p->count; i++)
		read_kept(&in, &p->senders[i], postfix_sender);
}

void
read_postfix(struct importer *im, struct str text)
{
	struct parameters all = { 0 };
	struct postfix r = { 0 };
	struct buf value = { 0 };

	parameters_read(&all, text);
	im->own = &r;
	for (size_t i = 0; i < all.count; i++) {
		const struct parameter *x = &all.item[i];

		im->at.line = x->line;
		im->word = buf_str(&x->name);
		buf_reset(&value);
		if (parameters_find(&all, buf_str(&x->name)) != x)
			importer_no_equal(im, "it is said again below");
		else if (!parameters_expand(&all, buf_str(&x->value), &value))
			importer_no_equal(im, "what it stands for has no end");
		else
			take(im, buf_str(&x->name), buf_str(&value));
	}
	finish(importer_outlet(im));
	read_tables(im, &r);
	buf_wipe(&value);
	buf_wipe(&r.logins.maps);
	for (size_t i = 0; i < r.count; i++)
		buf_free(&r.senders[i].maps);
	buf_free(&r.relayhost);
	parameters_free(&all);
	im->own = NULL;
}
