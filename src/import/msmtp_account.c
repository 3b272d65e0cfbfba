// SPDX-License-Identifier: ISC
/*
 * msmtp_account.c - msmtprc's accounts, which inherit from one another
 *
 * "defaults" is an outlet of its own until the end, with a name that no account
 * can have.
 */
#include "import/msmtp.h"

#define DEFAULTS STR("\ndefaults")

/* They begin anew with each such line. */
void
msmtp_defaults(struct importer *im, struct str value)
{
	struct found *f = im->found;

	(void)value;
	for (size_t i = 0; i < f->outlets; i++) {
		if (str_eq(buf_str(&f->outlet[i].name), DEFAULTS))
			found_drop(f, i);
	}
	(void)importer_start(im, DEFAULTS);
	importer_noted(im, "every account below has what follows");
}

/* "name : other, other": each sets what it has over what is there. */
static void
inherit(struct importer *im, struct str others)
{
	struct str part;

	while (others.len > 0) {
		struct outlet *from;

		if (!str_eat_until(&others, ',', &part)) {
			part = others;
			others.len = 0;
		}
		from = found_find(im->found, str_trim(part));
		if (from == NULL || from->host.len == 0)
			importer_no_equal(im,
			    "an account of that name does not stand above");
		else if (from != importer_outlet(im))
			outlet_merge(importer_outlet(im), from);
	}
}

void
msmtp_account(struct importer *im, struct str value)
{
	struct str name = value, others = STR("");
	struct outlet *defaults;
	size_t before;

	if (str_eat_until(&value, ':', &name))
		others = value;
	name = str_trim(name);
	if (name.len == 0 || str_has(name, '\n')) {
		importer_no_equal(im, "it has no name");
		(void)importer_start(im, OUTLET_NOBODY);
		return;
	}
	im->word = name;
	before = im->found->outlets;
	if (!importer_start(im, name))
		return;
	if (im->found->outlets == before)
		importer_no_equal(im,
		    "it stands above already, and this one counts");
	defaults = found_outlet(im->found, DEFAULTS);
	outlet_copy(importer_outlet(im), defaults);
	inherit(im, others);
	im->word = name;
	importer_taken(im,
	    str_eq(name, STR("default")) ? "the top level" : "an account");
}

static void
finish_login(struct importer *im, struct outlet *o)
{
	struct str auth = outlet_value(o, "auth");
	bool secret = secret_is_set(&o->password) ||
	    outlet_value(o, "password_command").len > 0;

	im->word = STR("auth");
	if (!(o->own & AUTH)) {
		if (outlet_value(o, "user").len > 0 || secret)
			importer_no_equal(im,
			    "it is off, so that user and "
			    "password are not needed");
		secret_free(&o->password);
		outlet_unset(o, "user");
		outlet_unset(o, "password_command");
	} else if (!secret && !str_ieq(auth, STR("EXTERNAL")) &&
	    !str_ieq(auth, STR("GSSAPI"))) {
		importer_no_equal(im,
		    "no password is said; msmtp asked a "
		    "keyring, ~/.netrc or a person, here there are "
		    "password_command, password_file and ~/.netrc");
	}
}

static void
finish_sender(struct outlet *o)
{
	struct str domain = outlet_value(o, "domain");
	bool envelope = (o->own & FIXED_SENDER) != 0;
	bool header = (o->own & FIXED_FROM) != 0;
	struct buf sender = { 0 };

	if (o->own & AUTO_FROM) {
		buf_puts(&sender, "%u@");
		buf_add(&sender, domain.len > 0 ? domain : STR("%f"));
		outlet_set(o, "sender", buf_str(&sender));
	}
	buf_free(&sender);
	outlet_set(o, "force_sender",
	    envelope && header ? STR("both") :
		envelope       ? STR("envelope") :
		header         ? STR("header") :
				 STR("no"));
}

static void
finish_outlet(struct importer *im, struct outlet *o)
{
	im->at = o->at;
	finish_login(im, o);
	finish_sender(o);
	o->unverified = (o->own & UNVERIFIED) != 0;
	if (o->tls_at.line == 0)
		o->tls_at = o->at;
	o->tls = !(o->own & TLS) ? FOUND_TLS_NONE :
	    o->own & WHOLE_TLS   ? FOUND_TLS_IMPLICIT :
				   FOUND_TLS_STARTTLS;
	if (o->port == 0)
		o->port = o->tls == FOUND_TLS_IMPLICIT ? 465 : 25;
}

/* What stands before all accounts, the one named default, or the first. */
static void
finish_top(struct importer *im)
{
	struct found *f = im->found;
	struct outlet *chosen = &f->outlet[0];

	for (size_t i = 1; i < f->outlets && chosen->host.len == 0; i++) {
		if (str_eq(buf_str(&f->outlet[i].name), STR("default")))
			chosen = &f->outlet[i];
	}
	if (chosen->host.len == 0)
		chosen = found_first(f);
	if (chosen != &f->outlet[0]) {
		outlet_copy(&f->outlet[0], chosen);
		f->outlet[0].at = chosen->at;
		if (str_eq(buf_str(&chosen->name), STR("default")))
			found_drop(f, (size_t)(chosen - f->outlet));
	}
}

void
msmtp_finish(struct importer *im)
{
	struct found *f = im->found;

	for (size_t i = 0; i < f->outlets; i++) {
		if (f->outlet[i].host.len > 0 &&
		    !outlet_is_aside(&f->outlet[i]))
			finish_outlet(im, &f->outlet[i]);
	}
	finish_top(im);
}
