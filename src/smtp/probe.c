// SPDX-License-Identifier: ISC
/*
 * probe.c - would the relay take a message?  Ask, and send none
 */
#include "smtp/probe.h"

#include "message/envelope.h"
#include "smtp/command.h"

/* Says it and wants a 2xx. */
static int
say(struct wire *w, const char *verb, struct str line, struct buf *words,
    struct err *e)
{
	struct reply r = { 0 };
	int rc;

	wire_say(w, line);
	rc = wire_hear(w, &r, e);
	if (rc == 0 && reply_class(&r) != 2)
		rc = reply_refusal(&r, e, "%s refused", verb);
	buf_reset(words);
	if (r.code != 0)
		reply_words(r.code, buf_str(&r.text), words);
	reply_free(&r);
	return rc;
}

static int
ask(struct wire *w, const struct ehlo *caps, const struct envelope *env,
    struct buf *words, enum probe_step *step, struct err *e)
{
	struct buf mail = { 0 }, rcpt = { 0 };
	int rc;

	*step = PROBE_MAIL;
	rc = command_mail(&mail, env, caps, e);
	if (rc == 0)
		rc = say(w, "MAIL", buf_str(&mail), words, e);
	if (rc == 0) {
		*step = PROBE_RCPT;
		rc = command_rcpt(&rcpt, &env->rcpt[0], caps, e);
	}
	if (rc == 0)
		rc = say(w, "RCPT", buf_str(&rcpt), words, e);
	buf_free(&mail);
	buf_free(&rcpt);
	return rc;
}

/* Whatever was said before: here it is taken back. */
static int
take_back(struct wire *w, struct err *e)
{
	struct buf words = { 0 };
	int rc = say(w, "RSET", STR("RSET"), &words, e);

	buf_free(&words);
	return rc;
}

int
probe(struct wire *w, const struct ehlo *caps, struct str sender,
    struct str to, struct buf *words, enum probe_step *step, struct err *e)
{
	struct envelope env = { 0 };
	struct err late = { 0 };
	int rc;

	buf_set(&env.sender, sender);
	envelope_add(&env, to);
	rc = ask(w, caps, &env, words, step, e);
	if (!w->closed && take_back(w, &late) < 0 && rc == 0) {
		*step = PROBE_RSET;
		rc = err_copy(e, &late);
	} else if (rc == 0)
		*step = PROBE_DONE;
	err_clear(&late);
	envelope_free(&env);
	return rc;
}
