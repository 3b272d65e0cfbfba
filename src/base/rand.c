// SPDX-License-Identifier: ISC
/*
 * rand.c - random bytes from the kernel
 */
#include "base/rand.h"

#include <assert.h>
#include <errno.h>
#include <sys/random.h>
#include <sys/types.h>

#include "base/xmem.h"

static uint64_t fixed;

void
rand_fix(uint64_t seed)
{
	fixed = seed;
}

/* Marsaglia's xorshift: good enough to be told apart in a test. */
static unsigned char
next_fixed(void)
{
	fixed ^= fixed << 13;
	fixed ^= fixed >> 7;
	fixed ^= fixed << 17;
	return (unsigned char)(fixed >> 32);
}

void
rand_bytes(void *p, size_t n)
{
	unsigned char *at = p;

	while (fixed != 0 && n > 0) {
		*at++ = next_fixed();
		n--;
	}
	while (n > 0) {
		ssize_t got = getrandom(at, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			xmem_die("the kernel has no random bytes for us");
		at += got;
		n -= (size_t)got;
	}
}

uint64_t
rand_u64(void)
{
	uint64_t v;

	rand_bytes(&v, sizeof(v));
	return v;
}

/* The values above the last whole multiple of n would favour small results. */
uint64_t
rand_below(uint64_t n)
{
	uint64_t v, spare;

	assert(n > 0);
	spare = UINT64_MAX % n;
	do
		v = rand_u64();
	while (v > UINT64_MAX - spare - 1 && spare != n - 1);
	return v % n;
}
