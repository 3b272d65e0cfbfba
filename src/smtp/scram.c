// SPDX-License-Identifier: ISC
/*
 * scram.c - SCRAM: both sides prove that they know the password
 */
#include "smtp/scram.h"

#include <string.h>
#include <sysexits.h>

#include "base/base64.h"
#include "base/rand.h"
#include "base/vis.h"
#include "net/gnutls.h"
#include "smtp/gssapi.h"

#define NONCE_BYTES 24
#define SALT_MAX 1024
#define HASH_MAX 32

struct hash {
	gnutls_mac_algorithm_t mac;
	gnutls_digest_algorithm_t digest;
	size_t len;
};

static const struct hash sha1 = { GNUTLS_MAC_SHA1, GNUTLS_DIG_SHA1, 20 };
static const struct hash sha256 = { GNUTLS_MAC_SHA256, GNUTLS_DIG_SHA256,
	32 };

static const struct hash *
hash_of(const struct sasl *s)
{
	struct str name = str_of(s->m->name);

	return str_eat(&name, STR("SCRAM-SHA-256")) ? &sha256 : &sha1;
}

/* -- our first message ---------------------------------------------------- */

/*
 * "y" tells a relay that could bind and did not say so that somebody has cut
 * it out on the way.
 */
static void
add_header(const struct sasl *s, struct buf *to)
{
	if ((s->m->flags & NEEDS_BINDING) != 0)
		buf_printf(to, "p=%s,,", s->bound);
	else
		buf_puts(to, s->bound != NULL && !s->plus_offered ? "y,," :
		    "n,,");
}

static int
add_user(struct sasl *s, struct buf *to, struct err *e)
{
	struct secret user = { 0 };
	struct str in;
	char c;

	if (sasl_prepare(buf_str(&s->login->user), &user, e) < 0)
		return err_wrap(e, "user");
	in = secret_reveal(&user);
	while (str_eat_byte(&in, &c)) {
		if (c == '=')
			buf_puts(to, "=3D");
		else if (c == ',')
			buf_puts(to, "=2C");
		else
			buf_putc(to, c);
	}
	secret_free(&user);
	return 0;
}

static int
say_first(struct sasl *s, struct secret *answer, struct err *e)
{
	char random[NONCE_BYTES];
	struct buf header = { 0 };

	rand_bytes(random, sizeof(random));
	base64_encode(&s->nonce, (struct str){ random, sizeof(random) });
	buf_puts(&s->first, "n=");
	if (add_user(s, &s->first, e) < 0)
		return -1;
	buf_printf(&s->first, ",r=%s", buf_cstr(&s->nonce));
	add_header(s, &header);
	secret_add(answer, buf_str(&header));
	secret_add(answer, buf_str(&s->first));
	buf_free(&header);
	return 0;
}

/* -- the relay's first, our final ----------------------------------------- */

struct offer {
	struct str nonce;
	struct buf salt;
	uint64_t iterations;
};

/* The value of "x=value" off the front, up to the next comma or the end. */
static bool
eat_value(struct str *in, struct str key, struct str *value)
{
	struct str rest = *in;

	if (!str_eat(&rest, key))
		return false;
	if (!str_eat_until(&rest, ',', value)) {
		*value = rest;
		rest = str_skip(rest, rest.len);
	}
	*in = rest;
	return true;
}

static int
read_offer(const struct sasl *s, struct str in, struct offer *o,
    struct err *e)
{
	struct str ours = buf_str(&s->nonce), salt, count, theirs;

	if (str_eat(&in, STR("m=")))
		return err_set(e, EX_PROTOCOL, "SCRAM: the relay wants an "
		    "extension that nobody knows");
	if (!eat_value(&in, STR("r="), &o->nonce) ||
	    !eat_value(&in, STR("s="), &salt) ||
	    !eat_value(&in, STR("i="), &count))
		return err_set(e, EX_PROTOCOL, "SCRAM: the relay's first "
		    "message is malformed");
	theirs = o->nonce;
	if (!str_eat(&theirs, ours) || theirs.len == 0 || theirs.len > 1024)
		return err_set(e, EX_PROTOCOL, "SCRAM: the relay's nonce does "
		    "not extend ours");
	if (!base64_decode(&o->salt, salt) || o->salt.len == 0 ||
	    o->salt.len > SALT_MAX)
		return err_set(e, EX_PROTOCOL, "SCRAM: the relay's salt is "
		    "malformed");
	if (!str_eat_number(&count, &o->iterations) || count.len > 0 ||
	    o->iterations < SCRAM_ITERATIONS_MIN ||
	    o->iterations > SCRAM_ITERATIONS_MAX)
		return err_set(e, EX_PROTOCOL, "SCRAM: the relay's iteration "
		    "count is not between %d and %d", SCRAM_ITERATIONS_MIN,
		    SCRAM_ITERATIONS_MAX);
	return 0;
}

struct keys {
	unsigned char salted[HASH_MAX], client[HASH_MAX], stored[HASH_MAX],
	    server[HASH_MAX], proof[HASH_MAX];
};

static gnutls_datum_t
datum(struct str s)
{
	return (gnutls_datum_t){ (unsigned char *)(uintptr_t)s.ptr,
		(unsigned)s.len };
}

/* RFC 5802, section 3, line by line; auth is the AuthMessage. */
static int
compute(struct sasl *s, const struct hash *h, const struct offer *o,
    struct str password, struct str auth, struct keys *k, struct err *e)
{
	gnutls_datum_t key = datum(password), salt = datum(buf_str(&o->salt));
	int rc;

	rc = gnutls_pbkdf2(h->mac, &key, &salt, (unsigned)o->iterations,
	    k->salted, h->len);
	if (rc >= 0)
		rc = gnutls_hmac_fast(h->mac, k->salted, h->len, "Client Key",
		    10, k->client);
	if (rc >= 0)
		rc = gnutls_hash_fast(h->digest, k->client, h->len, k->stored);
	if (rc >= 0)
		rc = gnutls_hmac_fast(h->mac, k->stored, h->len, auth.ptr,
		    auth.len, k->proof);
	if (rc >= 0)
		rc = gnutls_hmac_fast(h->mac, k->salted, h->len, "Server Key",
		    10, k->server);
	if (rc >= 0)
		rc = gnutls_hmac_fast(h->mac, k->server, h->len, auth.ptr,
		    auth.len, s->signature);
	for (size_t i = 0; i < h->len; i++)
		k->proof[i] ^= k->client[i];
	return rc >= 0 ? 0 : err_set(e, EX_CONFIG, "SCRAM: %s",
	    gnutls_strerror(rc));
}

/* "c=BINDING,r=NONCE", of which the proof is the proof. */
static void
add_final(const struct sasl *s, const struct offer *o, struct buf *to)
{
	struct buf bound = { 0 };

	add_header(s, &bound);
	if ((s->m->flags & NEEDS_BINDING) != 0)
		buf_add(&bound, buf_str(&s->binding));
	buf_puts(to, "c=");
	base64_encode(to, buf_str(&bound));
	buf_puts(to, ",r=");
	buf_add(to, o->nonce);
	buf_free(&bound);
}

static int
say_final(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	const struct hash *h = hash_of(s);
	struct buf final = { 0 }, auth = { 0 }, proof = { 0 };
	struct secret password = { 0 };
	struct offer o = { 0 };
	struct keys k = { 0 };
	int rc = read_offer(s, challenge, &o, e);

	if (rc == 0 && sasl_prepare(secret_reveal(&s->login->password),
	    &password, e) < 0)
		rc = err_wrap(e, "password");
	if (rc < 0)
		goto out;
	add_final(s, &o, &final);
	buf_add(&auth, buf_str(&s->first));
	buf_putc(&auth, ',');
	buf_add(&auth, challenge);
	buf_putc(&auth, ',');
	buf_add(&auth, buf_str(&final));
	rc = compute(s, h, &o, secret_reveal(&password), buf_str(&auth), &k,
	    e);
	if (rc < 0)
		goto out;
	base64_encode(&proof, (struct str){ (char *)k.proof, h->len });
	secret_add(answer, buf_str(&final));
	secret_add(answer, STR(",p="));
	secret_add(answer, buf_str(&proof));
out:
	explicit_bzero(&k, sizeof(k));
	buf_wipe(&proof);
	secret_free(&password);
	buf_free(&o.salt);
	buf_free(&final);
	buf_free(&auth);
	return rc;
}

/* -- the relay's final ---------------------------------------------------- */

static int
check_final(struct sasl *s, struct str in, struct err *e)
{
	const struct hash *h = hash_of(s);
	struct buf bytes = { 0 };
	struct str value;
	bool right;

	if (eat_value(&in, STR("e="), &value)) {
		err_set(e, EX_PROTOCOL, "SCRAM: the relay says ");
		vis_add_some(&e->text, value, 100);
		return -1;
	}
	right = eat_value(&in, STR("v="), &value) &&
	    base64_decode(&bytes, value) && bytes.len == h->len &&
	    gnutls_memcmp(bytes.data, s->signature, h->len) == 0;
	buf_free(&bytes);
	if (!right)
		return err_set(e, EX_PROTOCOL, "SCRAM: the relay cannot prove "
		    "that it knows the password; it is not the one we mean");
	s->proved = true;
	return 0;
}

int
scram_step(struct sasl *s, struct str challenge, struct secret *answer,
    struct err *e)
{
	if (gnutls_load(e) < 0)
		return -1;
	switch (s->steps) {
	case 0:
		return say_first(s, answer, e);
	case 1:
		return say_final(s, challenge, answer, e);
	case 2:
		return check_final(s, challenge, e);
	default:
		return err_set(e, EX_PROTOCOL, "SCRAM: the relay asks once "
		    "more than it may");
	}
}
