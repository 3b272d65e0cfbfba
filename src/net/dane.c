// SPDX-License-Identifier: ISC
/*
 * dane.c - TLSA records, signed up to the root
 */
#include "net/dane.h"

#include <sysexits.h>

#include "base/vis.h"
#include "config.h"
#include "net/lookup.h"

#define WORDS_MAX 200

#ifdef HAVE_DANE

#include <gnutls/dane.h>

#ifdef DANE_FILE

#include "base/library.h"
#include "base/table.h"

/* Only the child needs it, so it is mapped there. */
#define CALLS(X) \
	X(query_data) X(query_entries) X(query_status) X(query_tlsa) \
	X(state_init) X(strerror)

static struct calls {
#define X(name) __typeof__(dane_##name) *name;
	CALLS(X)
#undef X
} lib;

static const struct library_part parts[] = {
#define X(name) { "dane_" #name, &lib.name },
	CALLS(X)
#undef X
};

#define dane_query_data lib.query_data
#define dane_query_entries lib.query_entries
#define dane_query_status lib.query_status
#define dane_query_tlsa lib.query_tlsa
#define dane_state_init lib.state_init
#define dane_strerror lib.strerror

static int
load(struct err *e)
{
	return library_load(DANE_FILE, parts, TABLE_COUNT(parts), e);
}

#else

static int
load(struct err *e)
{
	(void)e;
	return 0;
}

#endif

static const char *
words_of(int rc)
{
	switch (rc) {
	case DANE_E_NO_DANE_DATA:
		return "there are none";
	case DANE_E_NO_DNSSEC_SIG:
		return "the zone is not signed (DNSSEC)";
	case DANE_E_INVALID_DNSSEC_SIG:
		return "a signature is wrong (DNSSEC)";
	default:
		return dane_strerror(rc);
	}
}

static void
add_entry(dane_query_t q, unsigned i, struct buf *answer)
{
	unsigned usage, selector, match;
	gnutls_datum_t data;

	if (dane_query_data(q, i, &usage, &selector, &match, &data) < 0)
		return;
	buf_printf(answer, "%u %u %u ", usage, selector, match);
	for (unsigned n = 0; n < data.size; n++)
		buf_printf(answer, "%02x", data.data[n]);
	buf_putc(answer, '\n');
}

/* "ok" and the records, a line each; or why there are none. */
static void
ask(const char *host, int port, struct buf *answer)
{
	struct err e = { 0 };
	dane_state_t state;
	dane_query_t q;
	int rc;

	if (load(&e) < 0) {
		buf_add(answer, buf_str(&e.text));
		return;
	}
	rc = dane_state_init(&state, 0);
	if (rc < 0) {
		buf_printf(answer, "libunbound: %s", dane_strerror(rc));
		return;
	}
	rc = dane_query_tlsa(state, &q, host, "tcp", (unsigned)port);
	if (rc == 0 && dane_query_status(q) != DANE_QUERY_DNSSEC_VERIFIED)
		rc = DANE_E_NO_DNSSEC_SIG;
	if (rc < 0) {
		buf_puts(answer, words_of(rc));
		return;
	}
	buf_puts(answer, "ok\n");
	for (unsigned i = 0; i < dane_query_entries(q); i++)
		add_entry(q, i, answer);
}

bool
dane_is_built_in(void)
{
	return true;
}

#else

static void
ask(const char *host, int port, struct buf *answer)
{
	(void)host;
	(void)port;
	buf_puts(answer, "this program was built without libgnutls-dane");
}

bool
dane_is_built_in(void)
{
	return false;
}

#endif

int
dane_answer(struct tlsas *t, struct str answer, struct err *e)
{
	struct str line;
	struct buf words = { 0 };

	if (!str_eat(&answer, STR("ok\n"))) {
		vis_add_some(&words, answer, WORDS_MAX);
		err_set(e, EX_TEMPFAIL, "%s", words.len > 0 ?
		    buf_cstr(&words) : "the name service has no answer now");
		buf_free(&words);
		return -1;
	}
	while (str_eat_line(&answer, &line))
		(void)tlsas_add(t, line);
	return t->count > 0 ? 0 : err_set(e, EX_TEMPFAIL,
	    "there is none of usage 2 or 3 (RFC 7672)");
}

int
dane_lookup(struct tlsas *t, struct str host, unsigned port,
    int64_t deadline, struct err *e)
{
	struct buf name = { 0 }, answer = { 0 };
	int rc;

	if (str_ends(host, STR(".")))
		host.len--;
	buf_add(&name, host);
	rc = lookup_ask(ask, buf_cstr(&name), (int)port, deadline, &answer, e);
	if (rc == 0)
		rc = dane_answer(t, buf_str(&answer), e);
	if (rc < 0)
		err_wrap(e, "TLSA records of _%u._tcp.%s", port,
		    buf_cstr(&name));
	buf_free(&name);
	buf_free(&answer);
	return rc;
}
