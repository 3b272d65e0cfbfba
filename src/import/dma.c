// SPDX-License-Identifier: ISC
/*
 * dma.c - dma.conf, and the auth.conf that it names
 */
#include "import/format.h"

#include "import/take.h"

enum own {
	SECURETRANS = 1,
	STARTTLS = 2,
	OPPORTUNISTIC = 4,
	INSECURE = 8
};

struct authpath {
	struct str path;	/* a view into the text */
	struct place at;
};

/* That the word stands there is all; it has no value. */
static void
take_switch(struct importer *im, struct str value)
{
	(void)value;
	importer_set_bit(im, im->row->bit, true);
	importer_taken(im, im->row->key);
}

static void
take_tls(struct importer *im, struct str value)
{
	take_switch(im, value);
	importer_set_tls(im, FOUND_TLS_NONE);
	importer_set_unverified(im, true);
}

static void
take_fingerprint(struct importer *im, struct str value)
{
	struct buf pin = { 0 };

	buf_printf(&pin, "sha256:%.*s", STR_ARGS(value));
	if (importer_set(im, "tls_pin", buf_str(&pin))) {
		outlet_set(importer_outlet(im), "tls_verify", STR("pin"));
		importer_taken(im, "tls_pin");
	}
	buf_free(&pin);
}

static void
take_defer(struct importer *im, struct str value)
{
	(void)value;
	if (importer_set(im, "deliver", STR("queue")))
		importer_taken(im, "deliver = queue: the service sends it");
}

/* A name, or a file that has it. */
static void
take_mailname(struct importer *im, struct str value)
{
	struct buf text = { 0 };
	struct importer in;
	struct str rest, name = value;

	if (value.len == 0) {
		importer_taken(im, "helo");
		return;
	}
	if (value.ptr[0] == '/') {
		name = STR("");
		if (!importer_load_named(im, value, &text, &in))
			return;
		rest = buf_str(&text);
		(void)importer_line(&in, &rest, &name);
	}
	if (importer_set(im, "helo", name))
		importer_taken(im, "helo");
	buf_free(&text);
}

/* user@host, user@ and host or @host. */
static void
take_masquerade(struct importer *im, struct str value)
{
	struct buf sender = { 0 };
	struct str user, host;

	if (!str_cut_last(value, '@', &user, &host)) {
		user = STR("");
		host = value;
	}
	buf_add(&sender, user.len > 0 ? user : STR("%u"));
	buf_putc(&sender, '@');
	buf_add(&sender, host.len > 0 ? host : STR("%f"));
	if (value.len > 0 && importer_set(im, "sender", buf_str(&sender))) {
		outlet_set(importer_outlet(im), "force_sender",
		    STR("envelope"));
		importer_taken(im, "sender");
	}
	buf_free(&sender);
}

/* user|host:password; only that of our relay counts. */
static void
login(struct importer *im, struct str line)
{
	struct outlet *o = importer_outlet(im);
	struct str user, host;

	im->word = STR("login");
	if (!str_eat_until(&line, '|', &user) ||
	    !str_eat_until(&line, ':', &host)) {
		importer_no_equal(im, "a line is user|host:password");
		return;
	}
	im->word = user;
	if (!str_ieq(str_trim(host), buf_str(&o->host))) {
		importer_no_equal(im, "it is not for the relay");
		return;
	}
	if (importer_set(im, "user", str_trim(user)))
		importer_set_password(im, line);
}

static void
take_authpath(struct importer *im, struct str value)
{
	struct authpath *own = im->own;

	own->path = value;
	own->at = im->at;
	importer_noted(im, "for the login that it has");
}

static void
read_logins(struct importer *im, const struct authpath *own)
{
	struct importer in;
	struct buf text = { 0 };
	struct str rest, line;

	bool good;

	im->word = STR("AUTHPATH");
	im->at = own->at;
	if (own->path.len > 0)
		good = importer_load_named(im, own->path, &text, &in);
	else
		good = importer_load_near(im, STR("/etc/dma/auth.conf"), &text,
		    &in);
	if (!good)
		return;
	rest = buf_str(&text);
	while (importer_line(&in, &rest, &line))
		login(&in, line);
	buf_wipe(&text);
}

static const struct row words[] = {
	{ "ALIASES", "aliases", take_path, NULL, 0 },
	{ "AUTHPATH", NULL, take_authpath, NULL, 0 },
	{ "CERTFILE", "tls_cert", take_path, NULL, 0 },
	{ "DEFER", NULL, take_defer, NULL, 0 },
	{ "FINGERPRINT", NULL, take_fingerprint, NULL, 0 },
	{ "FULLBOUNCE", NULL, NULL,
	    "a bounce has the header of the message, "
	    "or as much as its sender asked for",
	    0 },
	{ "INSECURE", "tls", take_switch, NULL, INSECURE },
	{ "MAILNAME", NULL, take_mailname, NULL, 0 },
	{ "MASQUERADE", NULL, take_masquerade, NULL, 0 },
	{ "NULLCLIENT", NULL, take_always, NULL, 0 },
	{ "OPPORTUNISTIC_TLS", "tls", take_tls, NULL, OPPORTUNISTIC },
	{ "PORT", NULL, take_port, NULL, 0 },
	{ "SECURE", NULL, take_always, NULL, 0 },
	{ "SECURETRANS", "tls", take_tls, NULL, SECURETRANS },
	{ "SECURETRANSFER", "tls", take_tls, NULL, SECURETRANS },
	{ "SMARTHOST", NULL, take_host, NULL, 0 },
	{ "SPOOLDIR", NULL, NULL, "the queue is where it was built to be", 0 },
	{ "STARTTLS", "tls", take_tls, NULL, STARTTLS },
};

static void
finish(struct outlet *o)
{
	if (o->tls_at.line == 0)
		o->tls_at = o->host_at;
	o->tls = !(o->own & SECURETRANS) ? FOUND_TLS_NONE :
	    !(o->own & STARTTLS)         ? FOUND_TLS_IMPLICIT :
	    o->own & OPPORTUNISTIC       ? FOUND_TLS_MAYBE :
					   FOUND_TLS_STARTTLS;
	o->unverified = outlet_value(o, "tls_pin").len == 0;
	if (o->port == 0)
		o->port = 25;
}

void
read_dma(struct importer *im, struct str text)
{
	struct authpath own = { { "", 0 }, im->at };
	struct str line, word;

	im->own = &own;
	while (importer_line(im, &text, &line)) {
		if (str_eat_word(&line, &word))
			importer_word(im, WORDS(words), word, line);
	}
	finish(importer_outlet(im));
	read_logins(im, &own);
	im->own = NULL;
}
