// SPDX-License-Identifier: ISC
/*
 * opensmtpd.c - smtpd.conf's rules that relay all mail to one host
 */
#include "import/opensmtpd.h"

#include "base/table.h"
#include "import/format.h"

static struct opensmtpd *
reading(struct importer *im)
{
	return im->own;
}

/* table NAME file:PATH, or table NAME { key = value, ... }. */
static void
take_table(struct importer *im, struct str name)
{
	struct opensmtpd *r = reading(im);
	struct str key, value = statements_word(&r->s);

	if (!str_eq(value, STR("{"))) {
		strs_add(&r->table, name);
		strs_add(&r->table, value);
		importer_noted(im, "where it is used");
		return;
	}
	while (statements_more(&r->s) && !statements_is(&r->s, STR("}"))) {
		key = statements_word(&r->s);
		if (statements_is(&r->s, STR("="))) {
			strs_add(&r->pairs, name);
			strs_add(&r->pairs, key);
			strs_add(&r->pairs, statements_word(&r->s));
		}
	}
	importer_noted(im, "where it is used");
}

/* match from local for any action NAME */
static void
take_match(struct importer *im, struct str first)
{
	struct opensmtpd *r = reading(im);
	bool any = false, from_here = true;
	struct str word = first;

	while (word.len > 0 && !str_eq(word, STR("action"))) {
		if (str_eq(word, STR("for")) &&
		    statements_is(&r->s, STR("any")))
			any = true;
		if (str_eq(word, STR("from")) &&
		    !statements_is(&r->s, STR("local")) &&
		    !statements_is(&r->s, STR("any")))
			from_here = false;
		word = statements_word(&r->s);
	}
	word = statements_word(&r->s);
	if (any && from_here && r->chosen.len == 0) {
		buf_set(&r->chosen, word);
		importer_noted(im, "the way of all mail");
	} else {
		importer_no_equal(im,
		    "all mail takes one way, which is that of \"for any\"");
	}
}

/* queue ttl 4d */
static void
take_queue(struct importer *im, struct str what)
{
	if (str_eq(what, STR("ttl")) &&
	    importer_set(im, "lifetime", statements_word(&reading(im)->s)))
		importer_taken(im, "lifetime");
	else if (!str_eq(what, STR("ttl")))
		importer_no_equal(im,
		    "the queue is neither compressed nor encrypted");
}

/* smtp max-message-size 35M */
static void
take_smtp(struct importer *im, struct str what)
{
	if (!str_eq(what, STR("max-message-size")))
		importer_no_equal(im, "nothing here is like it");
	else if (importer_set(im, "size_limit",
		     statements_word(&reading(im)->s)))
		importer_taken(im, "size_limit");
}

/* bounce warn-interval 4h, 1d */
static void
take_bounce(struct importer *im, struct str unused)
{
	(void)unused;
	if (importer_set(im, "warn_after", statements_word(&reading(im)->s)))
		importer_taken(im, "warn_after");
}

#define RECEIVES "no mail is received from a network"

static const struct row statements[] = {
	{ "accept", NULL, NULL,
	    "the grammar before 6.4: write it anew with action and match", 0 },
	{ "action", NULL, opensmtpd_action, NULL, 0 },
	{ "admd", NULL, NULL, RECEIVES, 0 },
	{ "bounce", NULL, take_bounce, NULL, 0 },
	{ "ca", NULL, NULL, "tls_ca says it for the relay", 0 },
	{ "filter", NULL, NULL, "there are no filters", 0 },
	{ "include", NULL, NULL, "that file is not read: import it too", 0 },
	{ "limit", NULL, NULL, "connections and limit say it in other ways",
	    0 },
	{ "listen", NULL, NULL, RECEIVES, 0 },
	{ "match", NULL, take_match, NULL, 0 },
	{ "mda", NULL, NULL, "no mail is kept on this machine", 0 },
	{ "mta", NULL, NULL, "connections and limit say it in other ways", 0 },
	{ "pki", NULL, NULL, "tls_cert and tls_key say it for the relay", 0 },
	{ "proc", NULL, NULL, "there are no filters", 0 },
	{ "queue", NULL, take_queue, NULL, 0 },
	{ "reject", NULL, NULL, RECEIVES, 0 },
	{ "smtp", NULL, take_smtp, NULL, 0 },
	{ "srs", NULL, NULL, "no mail is passed on from elsewhere", 0 },
	{ "table", NULL, take_table, NULL, 0 },
};

static void
read_statement(struct importer *im)
{
	struct opensmtpd *r = reading(im);
	struct str word;

	im->at.line = r->s.begins;
	word = statements_word(&r->s);
	if (TABLE_FIND(statements, word) != NULL)
		importer_word(im, WORDS(statements), word,
		    statements_word(&r->s));
	else
		importer_word(im, WORDS(statements), word, STR(""));
}

/* The way of all mail is the top level; the others are no accounts. */
static void
finish(struct importer *im)
{
	struct found *f = im->found;
	struct outlet *chosen = NULL;

	for (size_t i = 1; i < f->outlets; i++) {
		struct outlet *o = &f->outlet[i];

		o->port = o->port > 0            ? o->port :
		    o->tls == FOUND_TLS_IMPLICIT ? 465 :
						   25;
		if (o->host.len > 0 &&
		    (chosen == NULL ||
			str_eq(buf_str(&o->name),
			    buf_str(&reading(im)->chosen))))
			chosen = o;
	}
	if (chosen != NULL)
		outlet_copy(&f->outlet[0], chosen);
	while (f->outlets > 1)
		found_drop(f, f->outlets - 1);
}

void
read_opensmtpd(struct importer *im, struct str text)
{
	struct opensmtpd r = { .s = { .rest = text, .line = 1 } };

	im->own = &r;
	while (statements_next(&r.s))
		read_statement(im);
	finish(im);
	statements_free(&r.s);
	strs_free(&r.table);
	for (size_t i = 0; i < r.pairs.count; i++)
		buf_wipe(&r.pairs.item[i]);
	strs_free(&r.pairs);
	buf_free(&r.chosen);
	buf_free(&r.label);
	im->own = NULL;
}
