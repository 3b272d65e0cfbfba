// SPDX-License-Identifier: ISC
/*
 * opensmtpd_action.c - smtpd.conf: where a rule sends mail, and how
 */
#include "import/opensmtpd.h"

#include "base/table.h"
#include "import/take.h"

static struct opensmtpd *
reading(struct importer *im)
{
	return im->own;
}

static struct str
table_path(const struct opensmtpd *r, struct str name)
{
	struct str path = STR("");

	for (size_t i = 0; i + 1 < r->table.count; i += 2) {
		if (str_eq(strs_at(&r->table, i), name))
			path = strs_at(&r->table, i + 1);
	}
	(void)str_eat(&path, STR("file:"));
	(void)str_eat(&path, STR("db:"));
	if (path.len > 0 && str_iends(path, STR(".db")))
		path.len -= 3;
	return path;
}

/* label user:password */
static void
login(struct importer *im, struct str value)
{
	struct str user;

	if (!str_eat_until(&value, ':', &user))
		importer_no_equal(im, "a login is user:password");
	else if (importer_set(im, "user", user))
		importer_set_password(im, value);
}

static void
read_secrets(struct importer *im, struct str path, struct str label)
{
	struct importer in;
	struct buf text = { 0 };
	struct str rest, line, key;

	if (!importer_load_named(im, path, &text, &in))
		return;
	rest = buf_str(&text);
	while (importer_line(&in, &rest, &line)) {
		if (!str_eat_word(&line, &key))
			continue;
		in.word = key;
		if (str_eq(key, label))
			login(&in, line);
		else
			importer_no_equal(&in, "a login for another relay");
	}
	buf_wipe(&text);
}

/* [proto://][label@]host[:port] */
static void
take_url(struct importer *im, struct str unused)
{
	static const struct scheme {
		const char *name;
		enum found_tls tls;
		bool unverified;
	} schemes[] = {
		{ "smtp", FOUND_TLS_MAYBE, true },
		{ "smtp+tls", FOUND_TLS_STARTTLS, false },
		{ "smtp+notls", FOUND_TLS_NONE, true },
		{ "smtps", FOUND_TLS_IMPLICIT, false },
		{ "lmtp", FOUND_TLS_MAYBE, true },
	};
	struct str url = statements_word(&reading(im)->s), rest = url, proto,
		   label;
	const struct scheme *scheme = &schemes[0];
	struct outlet *o = importer_outlet(im);

	(void)unused;
	if (str_eat_until(&rest, ':', &proto) && str_eat(&rest, STR("//"))) {
		scheme = TABLE_FIND(schemes, proto);
		url = rest;
	}
	if (scheme == NULL) {
		importer_no_equal(im, "there is no such protocol");
		return;
	}
	if (str_cut_last(url, '@', &label, &rest)) {
		buf_set(&reading(im)->label, label);
		url = rest;
	}
	o->lmtp = str_eq(str_of(scheme->name), STR("lmtp"));
	importer_set_tls(im, scheme->tls);
	importer_set_unverified(im, scheme->unverified);
	take_host_port(im, url);
}

/* "tls" demands it, "tls no-verify" believes anybody. */
static void
take_tls(struct importer *im, struct str unused)
{
	struct outlet *o = importer_outlet(im);

	(void)unused;
	if (o->tls == FOUND_TLS_MAYBE || o->host.len == 0)
		importer_set_tls(im, FOUND_TLS_STARTTLS);
	importer_set_unverified(im,
	    statements_is(&reading(im)->s, STR("no-verify")));
	importer_taken(im, "tls");
}

static void
take_auth(struct importer *im, struct str unused)
{
	struct opensmtpd *r = reading(im);
	struct str table = statements_table(&r->s), label = buf_str(&r->label);
	struct str path = table_path(r, table);

	(void)unused;
	if (path.len > 0)
		read_secrets(im, path, label);
	for (size_t i = 0; i + 2 < r->pairs.count; i += 3) {
		if (str_eq(strs_at(&r->pairs, i), table) &&
		    str_eq(strs_at(&r->pairs, i + 1), label))
			login(im, strs_at(&r->pairs, i + 2));
	}
	importer_taken(im, "user");
}

static void
take_word(struct importer *im, struct str unused)
{
	(void)unused;
	if (importer_set(im, im->row->key, statements_table(&reading(im)->s)))
		importer_taken(im, im->row->key);
}

static void
take_mail_from(struct importer *im, struct str unused)
{
	struct str address = statements_word(&reading(im)->s);
	struct buf sender = { 0 };

	(void)unused;
	/* Without a name it is only the domain. */
	buf_puts(&sender, address.len > 0 && address.ptr[0] == '@' ? "%u" : "");
	buf_add(&sender, address);
	if (importer_set(im, "sender", buf_str(&sender))) {
		outlet_set(importer_outlet(im), "force_sender",
		    STR("envelope"));
		importer_taken(im, "sender");
	}
	buf_free(&sender);
}

static void
skip_word(struct importer *im, struct str unused)
{
	(void)unused;
	(void)statements_table(&reading(im)->s);
	importer_no_equal(im, "nothing here is like it");
}

static void
take_alias(struct importer *im, struct str unused)
{
	struct opensmtpd *r = reading(im);
	struct str path = table_path(r, statements_table(&r->s));

	(void)unused;
	if (path.len > 0 && importer_set(im, "aliases", path))
		importer_taken(im, "aliases");
}

static const struct row options[] = {
	{ "alias", NULL, take_alias, NULL, 0 },
	{ "auth", NULL, take_auth, NULL, 0 },
	{ "backup", NULL, NULL, "this is no mail exchanger", 0 },
	{ "domain", NULL, skip_word, NULL, 0 },
	{ "helo", "helo", take_word, NULL, 0 },
	{ "helo-src", NULL, skip_word, NULL, 0 },
	{ "host", NULL, take_url, NULL, 0 },
	{ "mail-from", NULL, take_mail_from, NULL, 0 },
	{ "pki", NULL, skip_word, NULL, 0 },
	{ "src", "source_address", take_word, NULL, 0 },
	{ "srs", NULL, NULL, "no mail is passed on from elsewhere", 0 },
	{ "tls", NULL, take_tls, NULL, 0 },
	{ "ttl", "lifetime", take_word, NULL, 0 },
	{ "user", NULL, skip_word, NULL, 0 },
	{ "virtual", NULL, skip_word, NULL, 0 },
};

/* The login's label is in the URL, which may stand behind "auth". */
static void
find_label(struct opensmtpd *r)
{
	buf_reset(&r->label);
	for (size_t at = r->s.at; at + 1 < r->s.words.count; at++) {
		struct str url = strs_at(&r->s.words, at + 1), label, rest;

		if (!str_eq(strs_at(&r->s.words, at), STR("host")) ||
		    !str_cut_last(url, '@', &label, &rest))
			continue;
		while (str_eat_until(&label, '/', &rest))
			;
		buf_set(&r->label, label);
	}
}

/* action NAME relay options..., or a way to keep mail here. */
void
opensmtpd_action(struct importer *im, struct str name)
{
	struct opensmtpd *r = reading(im);
	struct outlet *o = found_outlet(im->found, name);
	struct importer in = *im;
	bool relays = statements_is(&r->s, STR("relay"));

	if (o == NULL || name.len == 0) {
		importer_no_equal(im, "its name is missing, or one too many");
		return;
	}
	o->at = im->at;
	in.outlet = (size_t)(o - im->found->outlet);
	find_label(r);
	if (!relays)
		importer_no_equal(im,
		    "no mail is kept on this machine: "
		    "aliases and admin say who gets that of local users");
	while (statements_more(&r->s)) {
		struct str word = statements_word(&r->s);

		/* Of what stays here only the aliases matter. */
		if (relays || str_eq(word, STR("alias")))
			importer_word(&in, WORDS(options), word, STR(""));
	}
	o = importer_outlet(&in);
	if (relays && o->host.len == 0)
		importer_no_equal(im,
		    "it sends to each domain itself; here is always a relay");
}
