// SPDX-License-Identifier: ISC
/*
 * esmtp.c - esmtprc: words and values in any layout
 */
#include "import/format.h"

#include "base/table.h"
#include "config/word.h"
#include "import/take.h"

/* One token: a word, a quoted text, or "=". */
enum token {
	END,
	EQUALS,
	TEXT
};

struct tokens {
	struct str rest;
	size_t line;		/* of what comes next */
	size_t begins;		/* of the token at hand */
	struct buf text;	/* wiped by the reader */
	size_t secret;		/* the line of the last password */
};

static struct tokens *
tokens(struct importer *im)
{
	return im->own;
}

static void
skip_blanks(struct tokens *t)
{
	char c;

	while (t->rest.len > 0) {
		c = t->rest.ptr[0];
		if (c == '#') {
			while (t->rest.len > 0 && t->rest.ptr[0] != '\n')
				t->rest = str_skip(t->rest, 1);
		} else if (c == '\n' || str_is_blank(c) || c == '\r') {
			t->line += c == '\n';
			t->rest = str_skip(t->rest, 1);
		} else {
			break;
		}
	}
	t->begins = t->line;
}

/* \n and \t mean what they mean in C; any other stands for itself. */
static void
quoted(struct tokens *t)
{
	char quote = t->rest.ptr[0], c;

	t->rest = str_skip(t->rest, 1);
	while (str_eat_byte(&t->rest, &c) && c != quote) {
		if (c == '\\' && str_eat_byte(&t->rest, &c))
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		t->line += c == '\n';
		buf_putc(&t->text, c);
	}
}

static enum token
next(struct tokens *t)
{
	skip_blanks(t);
	buf_reset(&t->text);
	if (t->rest.len == 0)
		return END;
	if (str_eat(&t->rest, STR("=")))
		return EQUALS;
	if (t->rest.ptr[0] == '"' || t->rest.ptr[0] == '\'') {
		quoted(t);
		return TEXT;
	}
	while (
	    t->rest.len > 0 && !str_has(STR(" \t\r\n=#\"'"), t->rest.ptr[0])) {
		buf_putc(&t->text, t->rest.ptr[0]);
		t->rest = str_skip(t->rest, 1);
	}
	return TEXT;
}

/* The value behind a word; "=" may stand between them. */
static bool
value(struct tokens *t)
{
	enum token kind = next(t);

	if (kind == EQUALS)
		kind = next(t);
	return kind == TEXT;
}

static void
take_identity(struct importer *im, struct str address)
{
	if (word_pattern(address) != NULL) {
		importer_no_equal(im, "%s", word_pattern(address));
		(void)importer_start(im, OUTLET_NOBODY);
		return;
	}
	if (!importer_start(im, address))
		return;
	if (importer_set(im, "from", address)) {
		im->word = address;
		importer_taken(im, "an account");
	}
}

static void
take_starttls(struct importer *im, struct str how)
{
	if (str_ieq(how, STR("required")))
		importer_set_tls(im, FOUND_TLS_STARTTLS);
	else if (str_ieq(how, STR("enabled")))
		importer_set_tls(im, FOUND_TLS_MAYBE);
	else
		importer_set_tls(im, FOUND_TLS_NONE);
	importer_taken(im, "tls");
}

/* "force" has a second word: which header or address it is about. */
static void
take_force(struct importer *im, struct str what)
{
	struct buf pattern = { 0 };
	bool envelope = str_ieq(what, STR("reverse_path"));

	if (!envelope && !str_ieq(what, STR("sender"))) {
		importer_no_equal(im, "there is sender and reverse_path");
		return;
	}
	if (!value(tokens(im)))
		return;
	buf_add(&pattern, buf_str(&tokens(im)->text));
	if (!envelope) {
		importer_no_equal(im, "no Sender field is added");
	} else if (importer_set(im, "sender", buf_str(&pattern))) {
		outlet_set(importer_outlet(im), "force_sender",
		    STR("envelope"));
		importer_taken(im, "sender");
	}
	buf_free(&pattern);
}

#define HERE \
	"no mail is kept on this machine: aliases and admin say who " \
	"gets that of local users"

static const struct row words[] = {
	{ "certificate_passphrase", NULL, NULL,
	    "a key has no passphrase; "
	    "keep it in a file that others cannot read",
	    0 },
	{ "default", NULL, take_always, NULL, 0 },
	{ "force", NULL, take_force, NULL, 0 },
	{ "force_mda", NULL, NULL, HERE, 0 },
	{ "helo", "helo", NULL, NULL, 0 },
	{ "hostname", NULL, take_host_port, NULL, 0 },
	{ "identity", NULL, take_identity, NULL, 0 },
	{ "mda", NULL, NULL, HERE, 0 },
	{ "message_id", NULL, take_always, NULL, 0 },
	{ "password", NULL, take_password, NULL, 0 },
	{ "preconnect", NULL, NULL,
	    "command = can be a program that is the "
	    "connection itself, as \"ssh -W\" is",
	    0 },
	{ "qualifydomain", "domain", NULL, NULL, 0 },
	{ "starttls", NULL, take_starttls, NULL, 0 },
	{ "username", "user", NULL, NULL, 0 },
};

/* It refuses certificates that do not fit, but may do without TLS. */
static void
finish(struct importer *im)
{
	struct found *f = im->found;

	for (size_t i = 0; i < f->outlets; i++) {
		struct outlet *o = &f->outlet[i];

		if (o->tls_at.line == 0)
			o->tls_at = o->host_at;
		if (o->port == 0)
			o->port = 587;
	}
	if (found_first(f) != &f->outlet[0])
		outlet_copy(&f->outlet[0], found_first(f));
}

void
read_esmtp(struct importer *im, struct str text)
{
	struct tokens t = { .rest = text, .line = 1 };
	struct buf word = { 0 };
	enum token kind;

	im->own = &t;
	while ((kind = next(&t)) != END) {
		im->at.line = t.begins;
		if (kind == EQUALS)
			continue;
		buf_set(&word, buf_str(&t.text));
		if (!value(&t))
			buf_reset(&t.text);
		/* It may be the rest of one that lacks its quotes. */
		if (im->at.line == t.secret &&
		    TABLE_IFIND(words, buf_str(&word)) == NULL)
			buf_set(&word, STR("..."));
		if (str_ieq(buf_str(&word), STR("password")))
			t.secret = t.begins;
		importer_word(im, WORDS(words), buf_str(&word),
		    buf_str(&t.text));
	}
	finish(im);
	buf_wipe(&word);
	buf_wipe(&t.text);
	im->own = NULL;
}
