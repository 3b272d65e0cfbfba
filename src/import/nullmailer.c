// SPDX-License-Identifier: ISC
/*
 * nullmailer.c - a directory with a file for each setting
 */
#include "import/format.h"

#include "base/table.h"
#include "config/secret.h"
#include "import/take.h"

#define DIR "/etc/nullmailer/"

enum own {
	TLS = 1,
	STARTTLS = 2,
	INSECURE = 4
};

/* -- remotes -------------------------------------------------------------- */

static void
take_tls(struct importer *im, struct str value)
{
	(void)value;
	importer_set_bit(im, im->row->bit, true);
	importer_outlet(im)->tls_at = im->at;
	importer_taken(im, "tls");
}

static void
take_insecure(struct importer *im, struct str value)
{
	(void)value;
	importer_set_unverified(im, true);
	importer_taken(im, "tls_verify");
}

static void
take_login(struct importer *im, struct str value)
{
	(void)value;
	if (importer_set(im, "auth", STR("LOGIN")))
		importer_taken(im, "auth");
}

static const struct row options[] = {
	{ "auth-login", NULL, take_login, NULL, 0 },
	{ "insecure", NULL, take_insecure, NULL, INSECURE },
	{ "pass", NULL, take_password, NULL, 0 },
	{ "port", NULL, take_port, NULL, 0 },
	{ "source", "source_address", NULL, NULL, 0 },
	{ "ssl", NULL, take_tls, NULL, TLS },
	{ "starttls", NULL, take_tls, NULL, STARTTLS },
	{ "tls", NULL, take_tls, NULL, TLS },
	{ "tls-anon-auth", NULL, NULL,
	    "without a certificate nobody knows who the relay is", 0 },
	{ "user", "user", NULL, NULL, 0 },
	{ "x509cafile", "tls_ca", take_path, NULL, 0 },
	{ "x509certfile", "tls_cert", take_path, NULL, 0 },
	{ "x509crlfile", "tls_crl", take_path, NULL, 0 },
	{ "x509fmtder", NULL, NULL, "certificates are PEM, or PKCS #11", 0 },
	{ "x509keyfile", "tls_key", take_path, NULL, 0 },
};

static void
finish_remote(struct outlet *o)
{
	o->tls = o->own & TLS ? FOUND_TLS_IMPLICIT :
	    o->own & STARTTLS ? FOUND_TLS_STARTTLS :
				FOUND_TLS_NONE;
	if (o->tls_at.line == 0)
		o->tls_at = o->host_at;
	if (o->port == 0)
		o->port = o->tls == FOUND_TLS_IMPLICIT ? 465 : 25;
}

static bool
speaks_smtp(struct importer *im, const struct strs *argv)
{
	if (argv->count < 2 || str_eq(strs_at(argv, 1), STR("smtp")))
		return true;
	importer_no_equal(im, "only smtp is spoken");
	return false;
}

/* "host smtp word..." */
static void
first_remote(struct importer *im, const struct strs *argv)
{
	im->word = strs_at(argv, 0);
	if (!speaks_smtp(im, argv))
		return;
	take_host(im, strs_at(argv, 0));
	for (size_t i = 2; i < argv->count; i++) {
		struct str value = strs_at(argv, i), word = value;

		(void)str_eat(&value, STR("--"));
		if (!str_eat_until(&value, '=', &word)) {
			word = value;
			value.len = 0;
		}
		importer_word(im, WORDS(options), word, value);
	}
	finish_remote(importer_outlet(im));
}

/* One login serves all relays of an account: another fits if none has one. */
static void
further_remote(struct importer *im, const struct strs *argv)
{
	struct outlet *o = importer_outlet(im);
	struct buf text = { 0 };
	int port = 25;

	im->word = strs_at(argv, 0);
	if (!speaks_smtp(im, argv))
		return;
	for (size_t i = 2; i < argv->count; i++) {
		struct str value = strs_at(argv, i);

		(void)str_eat(&value, STR("--"));
		if (!str_eat(&value, STR("port=")) ||
		    !importer_set_port(im, value, &port)) {
			importer_no_equal(im,
			    "a further relay has the login "
			    "and the TLS of the first");
			return;
		}
	}
	if (o->own != 0 || secret_is_set(&o->password)) {
		importer_no_equal(im,
		    "the login and the TLS of the first "
		    "relay are not for this one");
		return;
	}
	buf_printf(&text, str_has(im->word, ':') ? "[%.*s]:%d" : "%.*s:%d",
	    STR_ARGS(im->word), port);
	if (importer_add(im, "relay", buf_str(&text))) {
		strs_add(&o->spare, buf_str(&text));
		importer_taken(im, "relay, if the first is down");
	}
	outlet_unset(o, "relay");	/* settle() begins with the first */
	buf_free(&text);
}

/* The quoting is that of a shell. */
static void
read_remotes(struct importer *im, struct str text)
{
	struct str line;

	while (importer_line(im, &text, &line)) {
		struct strs argv = { 0 };
		struct err e = { 0 };

		im->word = STR("this line");
		if (secret_split(line, &argv, &e) < 0)
			importer_no_equal(im, "no shell could read it");
		else if (argv.count > 0 && importer_outlet(im)->host.len > 0)
			further_remote(im, &argv);
		else if (argv.count > 0)
			first_remote(im, &argv);
		for (size_t i = 0; i < argv.count; i++)
			buf_wipe(&argv.item[i]);
		strs_free(&argv);
		err_clear(&e);
	}
}

/* -- the other files ------------------------------------------------------ */

static void
take_sender(struct importer *im, struct str value)
{
	if (importer_set(im, "sender", value)) {
		outlet_set(importer_outlet(im), "force_sender",
		    STR("envelope"));
		importer_taken(im, "sender");
	}
}

static void
take_pause(struct importer *im, struct str value)
{
	int64_t *to = im->row->bit == 1 ? &im->found->retry_min :
					  &im->found->retry_max;
	uint64_t n;

	if (str_eat_number(&value, &n) && value.len == 0 && n > 0 &&
	    n <= INT32_MAX) {
		*to = (int64_t)n;
		importer_taken(im, "retry");
	} else {
		importer_no_equal(im, "this is no pause");
	}
}

/* What is in a file of that name; most have one line. */
static const struct row files[] = {
	{ "adminaddr", "admin", take_list, NULL, 0 },
	{ "allmailfrom", NULL, take_sender, NULL, 0 },
	{ "bindaddress", "source_address", NULL, NULL, 0 },
	{ "defaultdomain", NULL, NULL,
	    "a host name without a dot stays as it is", 0 },
	{ "defaulthost", "domain", NULL, NULL, 0 },
	{ "doublebounceto", NULL, NULL,
	    "a bounce that fails is kept in the queue's failed directory", 0 },
	{ "helohost", "helo", NULL, NULL, 0 },
	{ "idhost", NULL, NULL,
	    "the domain of a Message-ID is that of the sender", 0 },
	{ "maxpause", NULL, take_pause, NULL, 2 },
	{ "pausetime", NULL, take_pause, NULL, 1 },
	{ "queuelifetime", "lifetime", take_seconds, NULL, 0 },
	{ "sendtimeout", "session_timeout", take_seconds, NULL, 0 },
};

static bool
load(struct importer *im, const char *name, struct buf *text,
    struct importer *in)
{
	struct buf path = { 0 };
	bool good;

	buf_printf(&path, DIR "%s", name);
	good = importer_load_near(im, buf_str(&path), text, in);
	buf_free(&path);
	return good;
}

static void
read_file(struct importer *im, const char *name)
{
	struct buf text = { 0 };
	struct importer in;
	struct str rest, line;

	if (!load(im, name, &text, &in))
		return;
	rest = buf_str(&text);
	if (importer_line(&in, &rest, &line))
		importer_word(&in, WORDS(files), str_of(name), line);
	buf_free(&text);
}

/* Who this host is, unless helohost and defaulthost say it better. */
static void
read_me(struct importer *im)
{
	struct buf text = { 0 };
	struct importer in;
	struct str rest, line;

	if (!load(im, "me", &text, &in) &&
	    !importer_load_near(im, STR("/etc/mailname"), &text, &in))
		return;
	rest = buf_str(&text);
	in.word = STR("me");
	if (importer_line(&in, &rest, &line) &&
	    importer_set(&in, "helo", line) &&
	    importer_set(&in, "domain", line))
		importer_taken(&in, "helo and domain");
	buf_free(&text);
}

void
read_nullmailer(struct importer *im, struct str text)
{
	read_remotes(im, text);
	read_me(im);
	for (size_t i = 0; i < TABLE_COUNT(files); i++)
		read_file(im, files[i].name);
}
