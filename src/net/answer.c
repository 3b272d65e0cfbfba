// SPDX-License-Identifier: ISC
/*
 * answer.c - what a name server sends (RFC 1035, 4)
 */
#include "net/answer.h"

#include <arpa/nameser.h>
#include <resolv.h>

struct record {
	unsigned type, class;
	struct str data;	/* within the message: names point into it */
};

static bool
eat_number(struct str *in, unsigned *value)	/* of two bytes */
{
	if (in->len < 2)
		return false;
	*value = (unsigned)(unsigned char)in->ptr[0] << 8 |
	    (unsigned char)in->ptr[1];
	*in = str_skip(*in, 2);
	return true;
}

static bool
eat_bytes(struct str *in, size_t count, struct str *bytes)
{
	if (in->len < count)
		return false;
	*bytes = str_head(*in, count);
	*in = str_skip(*in, count);
	return true;
}

/* Whose the record is does not matter: it was asked for. */
static bool
eat_name(struct str *in)
{
	const unsigned char *at = (const unsigned char *)in->ptr;
	int n = in->len > 0 ? dn_skipname(at, at + in->len) : -1;

	if (n <= 0 || (size_t)n > in->len)
		return false;
	*in = str_skip(*in, (size_t)n);
	return true;
}

static bool
eat_record(struct str *in, struct record *r)
{
	struct str life;
	unsigned len;

	return eat_name(in) && eat_number(in, &r->type) &&
	    eat_number(in, &r->class) && eat_bytes(in, 4, &life) &&
	    eat_number(in, &len) && eat_bytes(in, len, &r->data);
}

static void
add_record(struct str message, const struct record *r, struct buf *out)
{
	const unsigned char *start = (const unsigned char *)message.ptr;
	struct str rest = r->data;
	unsigned n[3] = { 0, 0, 0 };
	char host[NS_MAXDNAME];

	for (size_t i = 0; i < (r->type == ns_t_srv ? 3 : 1); i++)
		if (!eat_number(&rest, &n[i]))
			return;
	if (rest.len > 0 && dn_expand(start, start + message.len,
	    (const unsigned char *)rest.ptr, host, sizeof(host)) >= 0)
		buf_printf(out, "%u %u %u %s\n", n[0], n[1], n[2], host);
}

bool
answer_records(struct str message, int type, struct buf *out)
{
	struct str rest = message, skipped;
	unsigned questions, answers;
	struct record r;

	if (!eat_bytes(&rest, 4, &skipped) || !eat_number(&rest, &questions) ||
	    !eat_number(&rest, &answers) || !eat_bytes(&rest, 4, &skipped))
		return false;
	for (; questions > 0; questions--)
		if (!eat_name(&rest) || !eat_bytes(&rest, 4, &skipped))
			return false;
	for (unsigned i = 0; i < answers && i < ANSWER_RECORDS; i++) {
		if (!eat_record(&rest, &r))
			return false;
		if ((int)r.type == type && r.class == ns_c_in)
			add_record(message, &r, out);
	}
	return true;
}
