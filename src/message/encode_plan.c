// SPDX-License-Identifier: ISC
/*
 * encode_plan.c - what shall be done to an entity, and what it comes to
 */
#include "message/encode.h"

#include "message/media.h"

#define BOUNDARY_MAX 200	/* RFC 2046 says 70; some write more */

enum cte {
	CTE_PLAIN,		/* 7bit, 8bit, binary, or nothing said */
	CTE_QP,
	CTE_BASE64,
	CTE_OTHER
};

static enum cte
cte_of(struct str value)
{
	struct str word;

	value = str_trim(value);
	if (!str_eat_span(&value, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", &word))
		return value.len == 0 ? CTE_PLAIN : CTE_OTHER;
	if (str_ieq(word, STR("7bit")) || str_ieq(word, STR("8bit")) ||
	    str_ieq(word, STR("binary")))
		return CTE_PLAIN;
	if (str_ieq(word, STR("quoted-printable")))
		return CTE_QP;
	return str_ieq(word, STR("base64")) ? CTE_BASE64 : CTE_OTHER;
}

/* RFC 2045, 6.4: a composite may say nothing but 7bit, 8bit and binary. */
static void
plan_multipart(struct encode_plan *p, struct str value, struct str subtype,
    enum cte cte)
{
	if (cte != CTE_PLAIN || str_ieq(subtype, STR("signed")) ||
	    str_ieq(subtype, STR("encrypted")))
		return;
	if (media_param(value, "boundary", &p->boundary) &&
	    p->boundary.len > 0 && p->boundary.len <= BOUNDARY_MAX)
		p->way = ENCODE_PARTS;
	p->digest = str_ieq(subtype, STR("digest"));
}

static void
plan_message(struct encode_plan *p, struct str subtype, enum cte cte)
{
	if (cte == CTE_PLAIN && (str_ieq(subtype, STR("rfc822")) ||
	    str_ieq(subtype, STR("global"))))
		p->way = ENCODE_MESSAGE;
}

static void
plan_leaf(struct encode_plan *p, struct str type, enum cte cte)
{
	switch (cte) {
	case CTE_PLAIN:
		p->kind = str_ieq(type, STR("text")) ? TRANSFER_QP :
		    TRANSFER_BASE64;
		break;
	case CTE_QP:
		p->kind = TRANSFER_QP_MEND;
		break;
	case CTE_BASE64:
		p->kind = TRANSFER_BASE64_MEND;
		break;
	case CTE_OTHER:
		return;
	}
	p->way = ENCODE_LEAF;
}

void
encode_plan(struct encode_plan *p, struct str content_type, struct str cte,
    bool digest)
{
	struct str type = STR("text"), subtype = STR("plain");
	enum cte how = cte_of(cte);

	*p = (struct encode_plan){ 0 };
	if (digest) {
		type = STR("message");
		subtype = STR("rfc822");
	}
	(void)media_type(content_type, &type, &subtype);
	if (str_ieq(type, STR("multipart")))
		plan_multipart(p, content_type, subtype, how);
	else if (str_ieq(type, STR("message")))
		plan_message(p, subtype, how);
	else
		plan_leaf(p, type, how);
}

void
encode_plan_free(struct encode_plan *p)
{
	buf_free(&p->boundary);
	*p = (struct encode_plan){ 0 };
}

int
encode_look(const struct encode_plan *p, struct source *from,
    struct body_facts *after, struct err *e)
{
	struct encode *enc = encode_new(p, from);
	int rc = scan_source(encode_source(enc), after, e);

	encode_free(enc);
	return rc;
}
