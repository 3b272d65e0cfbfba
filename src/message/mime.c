// SPDX-License-Identifier: ISC
/*
 * mime.c - what the MIME fields of a message must say
 */
#include "message/mime.h"

#include <sysexits.h>

#include "message/media.h"

/* Somebody has vouched for each byte. */
const char *
mime_seal(const struct header *h)
{
	struct str type, subtype;

	if (header_find(h, "DKIM-Signature") != NULL)
		return "it has a DKIM signature";
	if (!media_type(header_value(h, "Content-Type"), &type, &subtype) ||
	    !str_ieq(type, STR("multipart")))
		return NULL;
	if (str_ieq(subtype, STR("signed")))
		return "it is signed";
	return str_ieq(subtype, STR("encrypted")) ? "it is encrypted" : NULL;
}

static const char *
charset_of(const struct body_facts *body, const char *hint)
{
	if (!body->eight_bit)
		return "us-ascii";
	if (body->utf8)
		return "utf-8";
	if (*hint == '\0' || str_ieq(str_of(hint), STR("utf-8")) ||
	    str_ieq(str_of(hint), STR("utf8")) ||
	    str_ieq(str_of(hint), STR("us-ascii")) ||
	    str_ieq(str_of(hint), STR("ansi_x3.4-1968")))
		return "unknown-8bit";
	for (const char *p = hint; *p != '\0'; p++)
		if (!str_is_alpha(*p) && !str_is_digit(*p) &&
		    !str_has(STR("-_.:+"), *p))
			return "unknown-8bit";
	return hint;
}

/* What the body is called, for the way it goes. */
static const char *
label(const struct mime *m, struct str cte, const struct body_facts *body,
    bool eight_bit, bool fresh)
{
	const char *now = body->eight_bit ? "8bit" : "7bit";

	switch (m->plan.way) {
	case ENCODE_LEAF:
		return transfer_name(m->plan.kind);
	case ENCODE_PARTS:
	case ENCODE_MESSAGE:
		if (cte.len == 0)
			return m->eight_bit ? "8bit" : NULL;
		return eight_bit ? NULL : "7bit";
	case ENCODE_NOT:
		break;
	}
	if (cte.len == 0)
		return fresh || body->eight_bit ? now : NULL;
	if (str_ieq(cte, STR("7bit")) && body->eight_bit)
		return "8bit";
	return NULL;
}

int
mime_decide(struct mime *m, const struct header *h,
    const struct body_facts *body, const char *hint, bool eight_bit,
    struct err *e)
{
	struct str type = header_value(h, "Content-Type");
	struct str cte = header_value(h, "Content-Transfer-Encoding");
	const char *sealed = mime_seal(h);
	bool odd = body->long_line || body->nul || body->bare_cr;

	*m = (struct mime){ .eight_bit = body->eight_bit };
	m->add_version = header_find(h, "MIME-Version") == NULL;
	if (type.len == 0)
		m->charset = charset_of(body, hint);
	if (sealed != NULL) {
		if (body->eight_bit && !eight_bit)
			return err_set(e, EX_UNAVAILABLE, "the relay takes no "
			    "8-bit text, and the message must not be encoded: "
			    "%s", sealed);
		/* The signature may cover these fields, or their absence. */
		m->charset = NULL;
		m->add_version = false;
		return 0;
	}
	if (odd || (body->eight_bit && !eight_bit)) {
		encode_plan(&m->plan, type, cte, false);
		m->plan.ascii = !eight_bit;
		if (m->plan.way == ENCODE_LEAF || (!eight_bit &&
		    m->plan.way != ENCODE_NOT))
			m->eight_bit = false;
	}
	m->cte = label(m, cte, body, eight_bit, type.len == 0);
	return 0;
}

void
mime_free(struct mime *m)
{
	encode_plan_free(&m->plan);
	*m = (struct mime){ 0 };
}
