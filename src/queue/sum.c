// SPDX-License-Identifier: ISC
/*
 * sum.c - 64 bits that tell a whole message from a torn one
 *
 * Four lanes, so that the processor works on four words at once.  A step can
 * be undone when its word is known, so a change of one word always changes the
 * lane, and a change of one lane always changes the sum.
 */
#include "queue/sum.h"

#include <endian.h>
#include <string.h>

#define STRIPE 32
#define ODD1 UINT64_C(0x9e3779b97f4a7c15)	/* 2^64 / golden ratio */
#define ODD2 UINT64_C(0xd6e8feb86659fd93)

static uint64_t
turn(uint64_t v, unsigned n)
{
	return v << n | v >> (64 - n);
}

static uint64_t
step(uint64_t lane, uint64_t word)
{
	return turn(lane ^ word, 29) * ODD1;
}

static uint64_t
word_at(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return le64toh(v);
}

static void
add_stripes(struct sum *s, const unsigned char *p, size_t stripes)
{
	uint64_t a = s->lane[0], b = s->lane[1], c = s->lane[2],
	    d = s->lane[3];

	for (; stripes > 0; stripes--, p += STRIPE) {
		a = step(a, word_at(p));
		b = step(b, word_at(p + 8));
		c = step(c, word_at(p + 16));
		d = step(d, word_at(p + 24));
	}
	s->lane[0] = a;
	s->lane[1] = b;
	s->lane[2] = c;
	s->lane[3] = d;
}

void
sum_init(struct sum *s)
{
	*s = (struct sum){ .lane = { ODD1, ODD2, ~ODD1, ~ODD2 } };
}

void
sum_add(struct sum *s, struct str bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	size_t n = bytes.len;

	if (n == 0)
		return;
	s->total += n;
	if (s->resting > 0) {
		size_t take = STRIPE - s->resting;

		take = take < n ? take : n;
		memcpy(s->rest + s->resting, p, take);
		s->resting += take;
		p += take;
		n -= take;
		if (s->resting < STRIPE)
			return;
		add_stripes(s, s->rest, 1);
		s->resting = 0;
	}
	add_stripes(s, p, n / STRIPE);
	p += n - n % STRIPE;
	memcpy(s->rest, p, n % STRIPE);
	s->resting = n % STRIPE;
}

/* The last stripe is filled up with zeros; the length tells them from data. */
uint64_t
sum_end(const struct sum *s)
{
	struct sum last = *s;
	uint64_t v = s->total * ODD2;

	memset(last.rest + last.resting, 0, STRIPE - last.resting);
	add_stripes(&last, last.rest, 1);
	for (size_t i = 0; i < 4; i++) {
		v = step(v, last.lane[i]);
		v = (v ^ v >> 32) * ODD2;
	}
	return v ^ v >> 29;
}
