// SPDX-License-Identifier: ISC
/*
 * auth.c - prove to the relay who we are (RFC 4954)
 */
#include "smtp/auth.h"

#include <sysexits.h>

#include "base/base64.h"
#include "base/vis.h"
#include "net/tls.h"
#include "smtp/mechanism.h"
#include "smtp/refusal.h"
#include "smtp/reply.h"

#define LINE_MAX_FIRST 510	/* "AUTH X ...": a command line (RFC 5321) */
#define LINE_MAX_NEXT 12286	/* an answer (RFC 4954, section 4) */
#define CHALLENGES_MAX 10
#define CHALLENGE_MAX 12288	/* its letters */

/* -- one answer ----------------------------------------------------------- */

/* prefix and the base64 of bytes, and nothing of it left anywhere else. */
static void
encode(const char *prefix, struct str bytes, struct secret *line)
{
	struct buf letters = { 0 };

	secret_set(line, str_of(prefix));
	base64_encode(&letters, bytes);		/* takes all its room at once */
	secret_add(line, buf_str(&letters));
	buf_wipe(&letters);
}

static int
answer(struct wire *w, struct sasl *s, struct str challenge, struct err *e)
{
	struct secret bytes = { 0 }, line = { 0 };
	int rc = s->m->step(s, challenge, &bytes, e);

	if (rc == 0) {
		s->steps++;
		encode("", secret_reveal(&bytes), &line);
		if (secret_reveal(&line).len > LINE_MAX_NEXT)
			rc = err_set(e, EX_CONFIG, "AUTH %s: the answer is "
			    "longer than %d bytes", s->m->name,
			    LINE_MAX_NEXT);
	}
	if (rc == 0)
		wire_say_secret(w, &line);
	secret_free(&bytes);
	secret_free(&line);
	return rc;
}

/*
 * AUTH, with the first answer on the same line where we speak first and there
 * is room.  *kept is the answer where there is not: it waits for a 334.
 */
static int
begin(struct wire *w, struct sasl *s, struct secret *kept, struct err *e)
{
	struct buf command = { 0 };
	struct secret line = { 0 };
	int rc = 0;

	buf_printf(&command, "AUTH %s", s->m->name);
	if ((s->m->flags & SPEAKS_FIRST) != 0) {
		rc = s->m->step(s, STR(""), kept, e);
		s->steps++;
	}
	if (rc == 0 && s->steps > 0) {
		buf_putc(&command, ' ');
		encode(buf_cstr(&command), secret_reveal(kept), &line);
		buf_cut(&command, command.len - 1);
	}
	if (rc == 0 && secret_is_set(&line) &&
	    secret_reveal(&line).len <= LINE_MAX_FIRST) {
		wire_say_secret(w, &line);
		secret_free(kept);
	} else if (rc == 0)
		wire_say(w, buf_str(&command));
	secret_free(&line);
	buf_free(&command);
	return rc;
}

static int
answer_kept(struct wire *w, struct sasl *s, struct secret *kept,
    struct err *e)
{
	struct secret line = { 0 };
	int rc = 0;

	encode("", secret_reveal(kept), &line);
	if (secret_reveal(&line).len > LINE_MAX_NEXT)
		rc = err_set(e, EX_CONFIG, "AUTH %s: the answer is longer "
		    "than %d bytes", s->m->name, LINE_MAX_NEXT);
	else
		wire_say_secret(w, &line);
	secret_free(&line);
	secret_free(kept);
	return rc;
}

/* -- what the relay says -------------------------------------------------- */

static int
refused(const struct sasl *s, const struct reply *r, struct err *e)
{
	const struct login *l = s->login;
	struct str text = buf_str(&r->text);

	if (r->code < 400)
		return err_set(e, EX_PROTOCOL, "AUTH %s: the relay answers "
		    "%d, which means nothing here", s->m->name, r->code);
	err_reply(e, r->code, text, "the relay %s for %s (AUTH %s): %s",
	    r->code / 100 == 5 ? "refuses the login" :
	    "does not take a login now", buf_cstr(&l->user), s->m->name,
	    s->complaint.len > 0 ? buf_cstr(&s->complaint) :
	    refusal_mend(r->code, text, buf_str(&l->host)));
	buf_printf(&e->text, " (%d ", r->code);
	vis_add_some(&e->text, str_trim(text), 300);
	buf_puts(&e->text, ")");
	return -1;
}

/* 235 is only believed of a relay that had to prove itself if it did. */
static int
accepted(const struct sasl *s, struct err *e)
{
	if ((s->m->flags & PROVES_BOTH) != 0 && !s->proved)
		return err_set(e, EX_PROTOCOL, "AUTH %s: the relay says yes "
		    "without having proved that it knows us", s->m->name);
	return 0;
}

static int
decode(const struct reply *r, struct buf *challenge, struct err *e)
{
	struct str text = str_trim(buf_str(&r->text));

	if (r->lines > 1 || text.len > CHALLENGE_MAX)
		return err_set(e, EX_PROTOCOL, "AUTH: the relay's challenge "
		    "is too long");
	buf_reset(challenge);
	if (!base64_decode(challenge, text))
		return err_set(e, EX_PROTOCOL, "AUTH: the relay's challenge is "
		    "no base64");
	return 0;
}

/* "*" tells a relay that waits for an answer that none will come. */
static void
cancel(struct wire *w)
{
	struct reply r = { 0 };
	struct err ignored = { 0 };

	wire_say(w, STR("*"));
	(void)wire_hear(w, &r, &ignored);
	reply_free(&r);
	err_clear(&ignored);
}

static int
challenged(struct wire *w, struct sasl *s, const struct reply *r,
    struct secret *kept, struct err *e)
{
	struct buf challenge = { 0 };
	int rc;

	if (secret_is_set(kept))	/* what stands there is politeness */
		rc = answer_kept(w, s, kept, e);
	else {
		rc = decode(r, &challenge, e);
		if (rc == 0)
			rc = answer(w, s, buf_str(&challenge), e);
	}
	buf_wipe(&challenge);
	if (rc < 0)
		cancel(w);
	return rc;
}

static int
converse(struct wire *w, struct sasl *s, struct err *e)
{
	struct secret kept = { 0 };
	struct reply r = { 0 };
	int rc = begin(w, s, &kept, e);

	for (int n = 0; rc == 0; n++) {
		rc = wire_hear(w, &r, e);
		if (rc < 0)
			break;
		if (r.code == 235) {
			rc = accepted(s, e);
			break;
		}
		if (r.code != 334)
			rc = refused(s, &r, e);
		else if (n >= CHALLENGES_MAX) {
			rc = err_set(e, EX_PROTOCOL, "AUTH %s: the relay does "
			    "not stop asking", s->m->name);
			cancel(w);
		} else
			rc = challenged(w, s, &r, &kept, e);
	}
	secret_free(&kept);
	reply_free(&r);
	return rc;
}

/* A NUL would be taken for the end of one and the beginning of another. */
static int
check_login(const struct login *l, struct err *e)
{
	if (str_has(buf_str(&l->user), '\0'))
		return err_set(e, EX_CONFIG, "the user name has a NUL in it");
	if (str_has(secret_reveal(&l->password), '\0'))
		return err_set(e, EX_CONFIG, "the password has a NUL in it");
	return 0;
}

/* Of all that a relay may offer only these can be bound to TLS. */
static bool
has_scram(struct str offered)
{
	struct str word;

	while (str_eat_word(&offered, &word))
		if (str_ieat(&word, STR("SCRAM-")))
			return true;
	return false;
}

int
auth_login(struct wire *w, struct str offered, const struct login *login,
    struct err *e)
{
	struct sasl s = { .login = login };
	int rc;

	if (login->user.len == 0 ||
	    str_ieq(buf_str(&login->mechanism), STR("off")))
		return 0;
	if (check_login(login, e) < 0)
		return -1;
	if (!has_scram(offered) ||
	    !tls_binding(w->conn, &s.bound, &s.binding))
		s.bound = NULL;
	s.m = mechanism_choose(offered, login, s.bound != NULL, e);
	s.plus_offered = mechanism_is_offered(offered,
	    STR("SCRAM-SHA-256-PLUS")) || mechanism_is_offered(offered,
	    STR("SCRAM-SHA-1-PLUS"));
	rc = s.m != NULL ? converse(w, &s, e) : -1;
	sasl_free(&s);
	return rc;
}
