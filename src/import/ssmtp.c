// SPDX-License-Identifier: ISC
/*
 * ssmtp.c - ssmtp.conf, and revaliases beside it
 */
#include "import/format.h"

#include "base/table.h"
#include "config/word.h"
#include "import/sender_of.h"
#include "import/take.h"

#define REVALIASES STR("/etc/ssmtp/revaliases")

enum own {
	TLS = 1,
	STARTTLS = 2,
	OVERRIDE = 4		/* FromLineOverride=yes */
};

struct names {
	struct str root, domain, host;	/* views into the text */
	struct place root_at;
};

static void
take_root(struct importer *im, struct str value)
{
	struct names *n = im->own;

	n->root = value;
	n->root_at = im->at;
}

static void
take_domain(struct importer *im, struct str value)
{
	if (importer_set(im, "domain", value)) {
		((struct names *)im->own)->domain = value;
		importer_taken(im, "domain and sender");
	}
}

static void
take_hostname(struct importer *im, struct str value)
{
	if (importer_set(im, "helo", value)) {
		((struct names *)im->own)->host = value;
		importer_taken(im, "helo");
	}
}

static void
take_method(struct importer *im, struct str value)
{
	if (!str_ieq(value, STR("cram-md5")))
		importer_taken(im, "auth, which takes the strongest");
	else if (importer_set(im, "auth", STR("CRAM-MD5")))
		importer_taken(im, "auth");
}

static void
take_tls(struct importer *im, struct str value)
{
	take_on(im, value);
	importer_set_tls(im, FOUND_TLS_NONE);
	importer_set_unverified(im, true);
}

static void
take_debug(struct importer *im, struct str value)
{
	bool truth;

	if (!take_truth(im, value, &truth))
		return;
	outlet_set(importer_outlet(im), "trace",
	    truth ? STR("yes") : STR("no"));
	importer_taken(im, "trace");
}

static const struct row words[] = {
	{ "AuthMethod", NULL, take_method, NULL, 0 },
	{ "AuthPass", NULL, take_password, NULL, 0 },
	{ "AuthUser", "user", NULL, NULL, 0 },
	{ "Debug", NULL, take_debug, NULL, 0 },
	{ "FromLineOverride", "force_sender", take_on, NULL, OVERRIDE },
	{ "Hostname", NULL, take_hostname, NULL, 0 },
	{ "Mailhub", NULL, take_host_port, NULL, 0 },
	{ "MinUserID", NULL, NULL,
	    "admin gets the mail of all local users without an alias", 0 },
	{ "RemotePort", NULL, take_port, NULL, 0 },
	{ "RewriteDomain", NULL, take_domain, NULL, 0 },
	{ "Root", NULL, take_root, NULL, 0 },
	{ "TLSCert", "tls_cert", take_path, NULL, 0 },
	{ "TLSKey", "tls_key", take_path, NULL, 0 },
	{ "TLS_CA_Dir", "tls_ca", take_path, NULL, 0 },
	{ "TLS_CA_File", "tls_ca", take_path, NULL, 0 },
	{ "UseOldAUTH", NULL, take_always, NULL, 0 },
	{ "UseSTARTTLS", "tls", take_on, NULL, STARTTLS },
	{ "UseTLS", "tls", take_tls, NULL, TLS },
	{ "UseTLSCert", NULL, take_always, NULL, 0 },
};

/* "postmaster" needs a domain here; ssmtp would have added one. */
static void
finish_root(struct importer *im, const struct names *n)
{
	struct str domain = n->domain.len > 0 ? n->domain : n->host;
	struct buf text = { 0 };

	im->at = n->root_at;
	im->word = STR("root");
	buf_add(&text, n->root);
	if (!str_has(n->root, '@') && domain.len > 0) {
		buf_putc(&text, '@');
		buf_add(&text, domain);
	}
	if (n->root_at.line > 0 &&
	    (n->root.len == 0 || importer_set(im, "admin", buf_str(&text))))
		importer_taken(im, "admin");
	buf_free(&text);
}

static void
finish(struct importer *im, const struct names *n)
{
	struct outlet *o = importer_outlet(im);
	struct buf sender = { 0 };

	o->tls = o->own & STARTTLS ? FOUND_TLS_STARTTLS :
	    o->own & TLS           ? FOUND_TLS_IMPLICIT :
				     FOUND_TLS_NONE;
	if (o->tls_at.line == 0)
		o->tls_at = o->host_at;
	if (o->port == 0)
		o->port = 25;
	/* RewriteDomain is the one thing that makes a sender. */
	if (n->domain.len > 0) {
		buf_printf(&sender, "%%u@%.*s", STR_ARGS(n->domain));
		outlet_set(o, "sender", buf_str(&sender));
		outlet_set(o, "force_sender",
		    o->own & OVERRIDE ? STR("no") : STR("both"));
	}
	buf_free(&sender);
	finish_root(im, n);
}

/* ssmtp says the one password to all relays. */
static void
forget_login(struct importer *im)
{
	struct outlet *o = importer_outlet(im);

	secret_free(&o->password);
	outlet_unset(o, "user");
	outlet_unset(o, "auth");
	importer_less_safe(im,
	    "the password went to this relay as well; here "
	    "it is for the first one alone");
}

/* login:address[:mailhub[:port]] */
static void
reverse_alias(struct importer *im, struct str line)
{
	struct str login, address, hub;
	struct outlet *o, *top = importer_outlet(im);
	struct importer in = *im;
	struct buf before = { 0 };

	im->word = line;
	if (!str_eat_until(&line, ':', &login)) {
		importer_no_equal(im, "it has no colon");
		return;
	}
	if (!str_eat_until(&line, ':', &address)) {
		address = line;
		line.len = 0;
	}
	im->word = in.word = login;
	hub = str_trim(line);
	buf_add(&before, buf_str(&top->host));
	o = sender_of(im, login, str_trim(address),
	    top->own & OVERRIDE ? "no" : "both");
	if (o != NULL && hub.len > 0) {
		in.outlet = (size_t)(o - im->found->outlet);
		o->port = 25;
		take_host_port(&in, hub);
		if (secret_is_set(&o->password) &&
		    !str_ieq(buf_str(&o->host), buf_str(&before)))
			forget_login(&in);
	}
	buf_free(&before);
}

static void
reverse_aliases(struct importer *im)
{
	struct importer in;
	struct buf text = { 0 };
	struct str rest, line;

	if (!importer_load_near(im, REVALIASES, &text, &in))
		return;
	rest = buf_str(&text);
	while (importer_line(&in, &rest, &line))
		reverse_alias(&in, line);
	buf_wipe(&text);
}

/*
 * Word and value stand around "=" or blanks, a value ends with a blank, and
 * from a "#" on all is comment, also in a password: that is how it is read.
 */
void
read_ssmtp(struct importer *im, struct str text)
{
	struct names names = { { "", 0 }, { "", 0 }, { "", 0 },
		{ { "", 0 }, 0 } };
	struct str line, head, blanks;

	im->own = &names;
	while (importer_line(im, &text, &line)) {
		size_t n = 0;

		if (str_eat_until(&line, '#', &head))
			line = head;
		while (n < line.len && !str_has(STR("= \t"), line.ptr[n]))
			n++;
		head = str_head(line, n);
		line = str_skip(line, n);
		(void)str_eat_span(&line, "= \t", &blanks);
		if (!str_eat_word(&line, &blanks))
			blanks = STR("");
		importer_word(im, WORDS(words), head, blanks);
	}
	finish(im, &names);
	reverse_aliases(im);
	im->own = NULL;
}
