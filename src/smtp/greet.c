// SPDX-License-Identifier: ISC
/*
 * greet.c - from a fresh connection to a relay that takes mail
 */
#include "smtp/greet.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/clock.h"

struct meeting {
	struct wire *wire;
	const struct greet_policy *policy;
	struct ehlo *caps;
	struct buf name;	/* ours */
};

static void
tell(const struct meeting *m, enum greet_step step, const struct reply *r)
{
	if (m->policy->heard != NULL)
		m->policy->heard(m->policy->who, step, r);
}

/*
 * The name comes from a file or the kernel, and goes into a command: whatever
 * could end the word or the line has no place in it.
 */
static int
find_name(struct meeting *m, struct err *e)
{
	buf_add(&m->name, buf_str(&m->policy->helo));
	if (m->name.len == 0)
		conn_literal(m->wire->conn, &m->name);
	for (size_t i = 0; i < m->name.len; i++)
		if (m->name.data[i] <= ' ' || m->name.data[i] > '~')
			return err_set(e, EX_CONFIG,
			    "helo: this is no name for a host");
	return 0;
}

/* Says it and wants a 2xx. */
static int
request(struct meeting *m, const char *verb, struct reply *r, struct err *e)
{
	struct buf line = { 0 };
	int rc;

	if (wire_quiet(m->wire, e) < 0)
		return -1;
	buf_printf(&line, "%s %s", verb, buf_cstr(&m->name));
	wire_say(m->wire, buf_str(&line));
	rc = wire_hear(m->wire, r, e);
	if (rc == 0 && reply_class(r) != 2)
		rc = reply_refusal(r, e, "%s refused", buf_cstr(&line));
	buf_free(&line);
	return rc;
}

/* A relay that says this to EHLO does not know it, or not today. */
static bool
wants_helo(const struct reply *r)
{
	switch (r->code) {
	case 500:
	case 501:
	case 502:
	case 504:
	case 550:
		return true;
	default:
		return false;
	}
}

static int
say_hello(struct meeting *m, struct err *e)
{
	struct reply r = { 0 };
	int rc;

	ehlo_free(m->caps);
	rc = request(m, m->policy->lmtp ? "LHLO" : "EHLO", &r, e);
	if (rc == 0) {
		ehlo_parse(m->caps, &r);
	} else if (wants_helo(&r) && !m->policy->lmtp) {
		err_clear(e);
		rc = request(m, "HELO", &r, e);
	}
	if (rc == 0)
		tell(m, GREET_EHLO, &r);
	reply_free(&r);
	return rc;
}

static int
shake_hands(struct meeting *m, struct err *e)
{
	struct wire *w = m->wire;
	int64_t deadline = clock_deadline(w->patience > 0 ? w->patience :
	    WIRE_PATIENCE);

	if (w->end > 0 && w->end < deadline)
		deadline = w->end;
	if (tls_start(w->conn, m->policy->tls_policy, m->policy->trust,
	    deadline, e) == 0) {
		tell(m, GREET_TLS, NULL);
		return 0;
	}
	wire_close(w);
	return -1;
}

/*
 * What stands in the buffer behind the reply to STARTTLS has come in clear and
 * would be believed as if it had come over TLS (CVE-2011-0411 and its family):
 * nobody sends that by mistake.
 */
static int
start_tls(struct meeting *m, struct err *e)
{
	struct reply r = { 0 };
	int rc;

	if (!ehlo_has(m->caps, EHLO_STARTTLS))
		return err_set(e, EX_TEMPFAIL,
		    "the relay does not offer STARTTLS, and without TLS "
		    "nothing is sent");
	if (wire_quiet(m->wire, e) < 0)
		return -1;
	wire_say(m->wire, STR("STARTTLS"));
	rc = wire_hear(m->wire, &r, e);
	if (rc == 0 && r.code != 220)
		rc = reply_refusal(&r, e, "STARTTLS refused");
	reply_free(&r);
	if (rc < 0)
		return -1;
	if (wire_has_more(m->wire)) {
		wire_close(m->wire);
		return err_set(e, EX_PROTOCOL,
		    "somebody has put text between STARTTLS and TLS; this "
		    "is an attack");
	}
	return shake_hands(m, e);
}

static bool
wants_starttls(const struct meeting *m)
{
	switch (m->policy->tls) {
	case GREET_STARTTLS:
		return true;
	case GREET_LOCAL_PLAIN:
		return !m->wire->conn->local;
	case GREET_IMPLICIT:
	case GREET_PLAIN:
		return false;
	}
	return true;
}

static bool
wants_auth(const struct login *login)
{
	return login != NULL && login->user.len > 0 &&
	    !str_ieq(buf_str(&login->mechanism), STR("off"));
}

static int
log_in(struct meeting *m, struct err *e)
{
	const struct conn *c = m->wire->conn;

	if (!c->secure && !c->local && !m->policy->auth_without_tls)
		return err_set(e, EX_CONFIG,
		    "no password goes to a relay that TLS has not proved");
	if (!ehlo_has(m->caps, EHLO_AUTH))
		return err_set(e, EX_TEMPFAIL,
		    "the relay does not offer AUTH, and without it nothing "
		    "is sent");
	if (wire_quiet(m->wire, e) < 0)
		return -1;
	tell(m, GREET_AUTH, NULL);
	return auth_login(m->wire, buf_str(&m->caps->auth), m->policy->login,
	    e);
}

static int
hear_banner(struct meeting *m, struct err *e)
{
	struct reply r = { 0 };
	int rc = wire_hear(m->wire, &r, e);

	if (rc == 0)
		tell(m, GREET_BANNER, &r);
	if (rc == 0 && reply_class(&r) != 2)
		rc = reply_refusal(&r, e, "the relay takes no mail now");
	reply_free(&r);
	return rc;
}

static int
meet(struct meeting *m, enum greet_step *step, struct err *e)
{
	*step = GREET_TLS;
	if (m->policy->tls == GREET_IMPLICIT && shake_hands(m, e) < 0)
		return -1;
	*step = GREET_BANNER;
	if (hear_banner(m, e) < 0)
		return -1;
	*step = GREET_EHLO;
	if (find_name(m, e) < 0 || say_hello(m, e) < 0)
		return -1;
	if (wants_starttls(m)) {
		*step = GREET_TLS;
		if (start_tls(m, e) < 0)
			return -1;
		*step = GREET_EHLO;
		if (say_hello(m, e) < 0)
			return -1;
	}
	if (wants_auth(m->policy->login)) {
		*step = GREET_AUTH;
		if (log_in(m, e) < 0)
			return -1;
	}
	*step = GREET_READY;
	return 0;
}

int
greet(struct wire *w, const struct greet_policy *p, struct ehlo *caps,
    enum greet_step *step, struct err *e)
{
	struct meeting m = { .wire = w, .policy = p, .caps = caps };
	int rc = meet(&m, step, e);

	/* A 5xx here is about us or the hour, never about a message. */
	if (rc < 0 && !err_is_temporary(e))
		e->code = *step == GREET_AUTH ? EX_NOPERM : EX_TEMPFAIL;
	buf_free(&m.name);
	return rc;
}
