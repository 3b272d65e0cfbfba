// SPDX-License-Identifier: ISC
/*
 * mechanism.c - the ways to prove who we are
 */
#include "smtp/mechanism.h"

#include <string.h>
#include <sysexits.h>

#include "base/table.h"
#include "base/vis.h"
#include "net/gnutls.h"
#include "smtp/gsasl.h"
#include "smtp/gssapi.h"
#include "smtp/scram.h"

static const char hex[] = "0123456789abcdef";

static int
too_many(struct err *e)
{
	return err_set(e, EX_PROTOCOL, "the relay asks once more than it may");
}

static void
say(struct secret *answer, const struct buf *b)
{
	secret_add(answer, buf_str(b));
}

/* RFC 4616 */
static int
plain(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	(void)challenge;
	if (s->steps > 0)
		return too_many(e);
	secret_add(answer, STR("\0"));
	say(answer, &s->login->user);
	secret_add(answer, STR("\0"));
	secret_add(answer, secret_reveal(&s->login->password));
	return 0;
}

/* Never standardised.  What it asks is always this, whatever it says. */
static int
login(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	(void)challenge;
	if (s->steps > 1)
		return too_many(e);
	if (s->steps == 0)
		say(answer, &s->login->user);
	else
		secret_add(answer, secret_reveal(&s->login->password));
	return 0;
}

/* RFC 2195 */
static int
cram_md5(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	struct str key = secret_reveal(&s->login->password);
	unsigned char mac[16];
	char digit[2];
	int rc;

	if (s->steps > 0)
		return too_many(e);
	if (challenge.len == 0)
		return err_set(e, EX_PROTOCOL, "the relay's challenge is "
		    "empty");
	if (gnutls_load(e) < 0)
		return -1;
	rc = gnutls_hmac_fast(GNUTLS_MAC_MD5, key.ptr, key.len, challenge.ptr,
	    challenge.len, mac);
	if (rc < 0)
		return err_set(e, EX_CONFIG, "HMAC-MD5: %s",
		    gnutls_strerror(rc));
	say(answer, &s->login->user);
	secret_add(answer, STR(" "));
	for (size_t i = 0; i < sizeof(mac); i++) {
		digit[0] = hex[mac[i] >> 4];
		digit[1] = hex[mac[i] & 15];
		secret_add(answer, (struct str){ digit, 2 });
	}
	return 0;
}

/* RFC 4422, appendix A: the certificate says who, we say as whom. */
static int
external(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	(void)challenge;
	if (s->steps > 0)
		return too_many(e);
	say(answer, &s->login->user);
	return 0;
}

/* -- OAuth ---------------------------------------------------------------- */

/* The text of "key": "text" in json; enough for what relays say there. */
static bool
find_text(struct str json, const char *key, struct buf *text)
{
	struct str part, name = str_of(key);

	while (str_eat_until(&json, '"', &part)) {
		if (!str_eat(&json, name) || !str_eat(&json, STR("\"")))
			continue;
		(void)str_eat_span(&json, " \t\r\n:", &part);
		if (str_eat(&json, STR("\"")) &&
		    str_eat_until(&json, '"', &part)) {
			buf_reset(text);
			vis_add_some(text, part, 200);
			return true;
		}
	}
	return false;
}

static const struct complaint {
	const char *name, *words;
} complaints[] = {
	{ "400", "the token or the user name is not of the right form" },
	{ "401", "the token has expired or was revoked: a new one is "
	    "needed" },
	{ "invalid_token", "the token has expired or was revoked: a new one "
	    "is needed" },
	{ "403", "the token is not for this user or not for sending mail" },
	{ "insufficient_scope", "the token is not for sending mail" },
	{ "invalid_request", "the token or the user name is not of the right "
	    "form" },
};

/* The relay explains its no in JSON and waits for a word before it says so. */
static int
hear_complaint(struct sasl *s, struct str json, struct err *e)
{
	struct buf text = { 0 };
	const struct complaint *c;

	if (s->steps > 1)
		return too_many(e);
	if (find_text(json, "status", &text)) {
		c = TABLE_IFIND(complaints, buf_str(&text));
		buf_printf(&s->complaint, "%s (status %s)", c != NULL ?
		    c->words : "the token is refused", buf_cstr(&text));
	} else
		buf_puts(&s->complaint, "the token is refused");
	if (find_text(json, "scope", &text))
		buf_printf(&s->complaint, ", its scope must be %s",
		    buf_cstr(&text));
	buf_free(&text);
	return 0;
}

/* https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
static int
xoauth2(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	if (s->steps > 0)
		return hear_complaint(s, challenge, e);
	secret_add(answer, STR("user="));
	say(answer, &s->login->user);
	secret_add(answer, STR("\1auth=Bearer "));
	secret_add(answer, secret_reveal(&s->login->password));
	secret_add(answer, STR("\1\1"));
	return 0;
}

/* RFC 5801: in a name '=' and ',' have a meaning. */
static void
add_name(struct secret *to, struct str name)
{
	char c;

	while (str_eat_byte(&name, &c))
		secret_add(to, c == '=' ? STR("=3D") : c == ',' ?
		    STR("=2C") : (struct str){ &c, 1 });
}

/* RFC 7628 */
static int
oauthbearer(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	if (s->steps > 0) {
		secret_add(answer, STR("\1"));
		return hear_complaint(s, challenge, e);
	}
	secret_add(answer, STR("n,a="));
	add_name(answer, buf_str(&s->login->user));
	secret_add(answer, STR(",\1host="));
	say(answer, &s->login->host);
	secret_add(answer, STR("\1auth=Bearer "));
	secret_add(answer, secret_reveal(&s->login->password));
	secret_add(answer, STR("\1\1"));
	return 0;
}

/* -- the table ------------------------------------------------------------ */

#define SCRAM (NEEDS_PASSWORD | SPEAKS_FIRST | PROVES_BOTH)

static const struct mechanism table[] = {
	{ "EXTERNAL", NEEDS_CERT | SPEAKS_FIRST, external },
	{ "GSSAPI", NEEDS_TICKET | SPEAKS_FIRST | PROVES_BOTH, gssapi_step },
	{ "SCRAM-SHA-256-PLUS", SCRAM | NEEDS_BINDING, scram_step },
	{ "SCRAM-SHA-1-PLUS", SCRAM | NEEDS_BINDING, scram_step },
	{ "SCRAM-SHA-256", SCRAM, scram_step },
	{ "SCRAM-SHA-1", SCRAM, scram_step },
	{ "CRAM-MD5", NEEDS_PASSWORD, cram_md5 },
	{ "OAUTHBEARER", NEEDS_TOKEN | SPEAKS_FIRST, oauthbearer },
	{ "XOAUTH2", NEEDS_TOKEN | SPEAKS_FIRST, xoauth2 },
	{ "PLAIN", NEEDS_PASSWORD | SPEAKS_FIRST, plain },
	{ "LOGIN", NEEDS_PASSWORD, login },
};

const struct mechanism *
mechanism_at(size_t i)
{
	return i < TABLE_COUNT(table) ? &table[i] : NULL;
}

const struct mechanism *
mechanism_find(struct str name)
{
	return TABLE_IFIND(table, name);
}

const char *
mechanism_nearest(struct str name)
{
	return TABLE_NEAREST(table, name);
}

bool
mechanism_is_offered(struct str offered, struct str name)
{
	struct str word;

	while (str_eat_word(&offered, &word))
		if (str_ieq(word, name))
			return true;
	return false;
}

/* What is missing for this one, or NULL. */
static const char *
lacks(const struct mechanism *m, const struct login *l, bool can_bind)
{
	bool password = secret_is_set(&l->password);

	if ((m->flags & NEEDS_PASSWORD) != 0 && !password)
		return "a password";
	if ((m->flags & NEEDS_TOKEN) != 0 && !password)
		return "a token as the password";
	if ((m->flags & NEEDS_CERT) != 0 && !l->external)
		return "a client certificate (tls_cert)";
	if ((m->flags & NEEDS_BINDING) != 0 && !can_bind)
		return "TLS";
	return NULL;
}

/* Without being told: a token looks like a password, and a password wins. */
static bool
suits(const struct mechanism *m, const struct login *l, bool can_bind)
{
	if (lacks(m, l, can_bind) != NULL || (m->flags & NEEDS_TOKEN) != 0)
		return false;
	if ((m->flags & (NEEDS_CERT | NEEDS_TICKET)) != 0)
		return !secret_is_set(&l->password);
	return true;
}

static const struct mechanism *
choose_named(struct str offered, const struct login *l, bool can_bind,
    struct str list, struct err *e)
{
	const struct mechanism *m = mechanism_find(buf_str(&l->mechanism));
	const char *near, *lack;

	if (m == NULL) {
		near = mechanism_nearest(buf_str(&l->mechanism));
		err_set(e, EX_CONFIG, "auth = \"%s\": no such mechanism%s%s",
		    buf_cstr(&l->mechanism), near != NULL ? "; is it " : "",
		    near != NULL ? near : "");
		return NULL;
	}
	if (!mechanism_is_offered(offered, str_of(m->name))) {
		err_set(e, EX_PROTOCOL, "the relay does not offer AUTH %s but "
		    "only %.*s", m->name, STR_ARGS(list));
		return NULL;
	}
	lack = lacks(m, l, can_bind);
	if (lack != NULL)
		err_set(e, EX_CONFIG, "AUTH %s needs %s", m->name, lack);
	return lack == NULL ? m : NULL;
}

static const struct mechanism *
choose_best(struct str offered, const struct login *l, bool can_bind,
    struct str list, struct err *e)
{
	bool oauth = mechanism_is_offered(offered, STR("XOAUTH2")) ||
	    mechanism_is_offered(offered, STR("OAUTHBEARER"));

	for (size_t i = 0; i < TABLE_COUNT(table); i++)
		if (suits(&table[i], l, can_bind) &&
		    mechanism_is_offered(offered, str_of(table[i].name)))
			return &table[i];
	err_set(e, EX_PROTOCOL, "the relay offers AUTH %.*s, and none of that "
	    "goes with %s%s", STR_ARGS(list), secret_is_set(&l->password) ?
	    "a password" : "what is configured: there is no password",
	    oauth ? "; with an OAuth token say auth = \"XOAUTH2\"" : "");
	return NULL;
}

const struct mechanism *
mechanism_choose(struct str offered, const struct login *l, bool can_bind,
    struct err *e)
{
	struct buf list = { 0 };
	const struct mechanism *m;
	struct str wish = buf_str(&l->mechanism);

	if (str_trim(offered).len == 0) {
		err_set(e, EX_PROTOCOL, "the relay does not offer AUTH");
		return NULL;
	}
	vis_add_some(&list, str_trim(offered), 300);
	if (wish.len == 0 || str_ieq(wish, STR("auto")))
		m = choose_best(offered, l, can_bind, buf_str(&list), e);
	else
		m = choose_named(offered, l, can_bind, buf_str(&list), e);
	buf_free(&list);
	return m;
}

int
mechanism_load(const struct login *l, struct err *e)
{
	if (!secret_is_set(&l->password))
		return 0;
	if ((sasl_needs_library(buf_str(&l->user)) ||
	    sasl_needs_library(secret_reveal(&l->password))) &&
	    gsasl_load(e) < 0)
		return -1;
	return gnutls_load(e);
}

void
sasl_free(struct sasl *s)
{
	gssapi_free(s);
	buf_free(&s->binding);
	buf_free(&s->first);
	buf_free(&s->nonce);
	buf_free(&s->complaint);
	explicit_bzero(s->signature, sizeof(s->signature));
	*s = (struct sasl){ 0 };
}
