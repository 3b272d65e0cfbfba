// SPDX-License-Identifier: ISC
/*
 * cert.c - a certificate as bytes: its armour, and who it is about
 */
#include "net/cert.h"

#include <string.h>

/* How many bytes one element's head and value have. */
static bool
measure(struct str in, unsigned char tag, size_t *head, size_t *len)
{
	const unsigned char *p = (const unsigned char *)in.ptr;
	size_t bytes;

	if (in.len < 2 || p[0] != tag)
		return false;
	*head = 2;
	*len = p[1];
	if (*len < 0x80)
		return true;
	bytes = *len & 0x7f;
	if (bytes < 1 || bytes > 3 || in.len < 2 + bytes)
		return false;
	*len = 0;
	for (size_t i = 0; i < bytes; i++)
		*len = *len << 8 | p[2 + i];
	*head += bytes;
	return true;
}

/*
 * One element off the front of *in.  With cut, its end may lie beyond what
 * there is; value is then the part that is there.
 */
static bool
eat(struct str *in, unsigned char tag, bool cut, struct str *whole,
    struct str *value)
{
	size_t head, len;

	if (!measure(*in, tag, &head, &len))
		return false;
	if (len > in->len - head) {
		if (!cut)
			return false;
		len = in->len - head;
	}
	*whole = str_head(*in, head + len);
	*value = str_skip(*whole, head);
	*in = str_skip(*in, head + len);
	return true;
}

/* Moves in to the subject. */
static bool
reach_subject(struct str *in, struct str *issuer)
{
	struct str skip, der = *in;

	if (!eat(&der, 0x30, true, &skip, in))		/* Certificate */
		return false;
	der = *in;
	if (!eat(&der, 0x30, true, &skip, in))		/* TBSCertificate */
		return false;
	(void)eat(in, 0xa0, false, &skip, &skip);	/* version */
	return eat(in, 0x02, false, &skip, &skip) &&	/* serialNumber */
	    eat(in, 0x30, false, &skip, &skip) &&	/* signature */
	    eat(in, 0x30, false, issuer, &skip) &&
	    eat(in, 0x30, false, &skip, &skip);		/* validity */
}

bool
cert_names(struct str der, struct str *issuer, struct str *subject)
{
	struct str skip;

	return reach_subject(&der, issuer) &&
	    eat(&der, 0x30, false, subject, &skip);
}

size_t
cert_subject_size(struct str der)
{
	struct str skip;
	size_t head, len;

	return reach_subject(&der, &skip) && measure(der, 0x30, &head, &len) ?
	    head + len : 0;
}

/* The value of a base64 letter + 1; 0 for everything else. */
static const unsigned char letter[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
	19, 20, 21, 22, 23, 24, 25, 26,
	['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42,
	43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
	['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
	['+'] = 63, ['/'] = 64,
};

/*
 * Not base/base64.h: that is strict and on one line, and this runs over every
 * certificate of the system for each mail.
 */
void
cert_decode(struct buf *out, struct str body, size_t max)
{
	const unsigned char *p = (const unsigned char *)body.ptr;
	const unsigned char *stop = p + body.len;
	unsigned char *to, *start, *end;
	unsigned bits = 0, have = 0, a, b, c, d;

	if (max > body.len)
		max = body.len;
	start = to = (unsigned char *)buf_room(out, max);
	end = to + max;
	while (p < stop && to < end) {
		/* Most of it are whole groups. */
		if (have == 0 && stop - p >= 4 && end - to >= 3 &&
		    (a = letter[p[0]]) != 0 && (b = letter[p[1]]) != 0 &&
		    (c = letter[p[2]]) != 0 && (d = letter[p[3]]) != 0) {
			bits = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 |
			    (d - 1);
			*to++ = (unsigned char)(bits >> 16);
			*to++ = (unsigned char)(bits >> 8);
			*to++ = (unsigned char)bits;
			p += 4;
			continue;
		}
		if (*p == '=')
			break;
		a = letter[*p++];
		if (a == 0)
			continue;
		bits = bits << 6 | (a - 1);
		have += 6;
		if (have >= 8) {
			have -= 8;
			*to++ = (unsigned char)(bits >> have);
		}
	}
	buf_grew(out, (size_t)(to - start));
}

static bool
is_label(struct str label)
{
	return str_eq(label, STR("CERTIFICATE")) ||
	    str_eq(label, STR("X509 CERTIFICATE"));
}

/* Base64 has no '-': each one that memchr finds is an armour's, or a word's. */
bool
cert_find(struct str *in, struct str *body)
{
	const char *dash;
	struct str label;

	while ((dash = memchr(in->ptr, '-', in->len)) != NULL) {
		*in = str_skip(*in, (size_t)(dash - in->ptr));
		if (!str_eat(in, STR("-----BEGIN "))) {
			*in = str_skip(*in, 1);
			continue;
		}
		if (!str_eat_until(in, '-', &label) || !is_label(label))
			continue;
		(void)str_eat(in, STR("----"));
		dash = memchr(in->ptr, '-', in->len);
		if (dash == NULL)
			break;
		*body = str_head(*in, (size_t)(dash - in->ptr));
		*in = str_skip(*in, body->len);
		if (str_eat(in, STR("-----END ")))
			return true;
	}
	*in = str_skip(*in, in->len);
	return false;
}
