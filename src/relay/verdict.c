// SPDX-License-Identifier: ISC
/*
 * verdict.c - one exit status for a message with many recipients
 */
#include "relay/verdict.h"

#include <sysexits.h>

#include "base/table.h"
#include "relay/fate.h"

/* RFC 3463, 3.2; the status is made from the relay's words (fate.h). */
static const struct {
	const char *name;
	int code;
} meanings[] = {
	{ "5.1.0", EX_NOUSER },
	{ "5.1.1", EX_NOUSER },
	{ "5.1.2", EX_NOHOST },
	{ "5.1.3", EX_NOUSER },
	{ "5.1.6", EX_NOUSER },
	{ "5.1.10", EX_NOHOST },
	{ "5.2.1", EX_NOUSER },
};

int
verdict_code(const struct rcpt *to)
{
	struct buf status = { 0 };
	int code = EX_UNAVAILABLE;

	switch (to->state) {
	case RCPT_DONE:
		return EX_OK;
	case RCPT_TODO:
	case RCPT_TAKEN:
		return EX_TEMPFAIL;
	case RCPT_FAILED:
		break;
	}
	fate_status(&status, to);
	for (size_t i = 0; i < TABLE_COUNT(meanings); i++)
		if (str_eq(buf_str(&status), str_of(meanings[i].name)))
			code = meanings[i].code;
	if (to->why.smtp == 0 && to->why.code != 0)
		code = to->why.code;
	buf_free(&status);
	return code;
}

static int
weight(int code)
{
	return code == EX_OK ? 0 : code == EX_TEMPFAIL ? 1 : 2;
}

void
verdict_note(struct verdict *v, const struct envelope *env, const bool *open)
{
	for (size_t i = 0; i < env->count; i++) {
		int code = open[i] ? verdict_code(&env->rcpt[i]) : EX_OK;

		if (v->known && weight(code) <= weight(v->code))
			continue;
		v->known = true;
		v->code = code;
		buf_reset(&v->words);
		fate_words(&v->words, &env->rcpt[i]);
	}
}

int
verdict_report(const struct verdict *v, struct report *report)
{
	int code = v->known ? v->code : EX_TEMPFAIL;

	report_send(report, "done", "%d %s", code, v->known ?
	    buf_cstr(&v->words) :
	    "somebody else has the message, or it is held");
	return code;
}

void
verdict_free(struct verdict *v)
{
	buf_free(&v->words);
}
