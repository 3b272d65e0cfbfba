// SPDX-License-Identifier: ISC
/*
 * id.c - the name of a message
 */
#include "queue/id.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/rand.h"

#define SECOND_LEN 6		/* 62^6 seconds are 1,800 years */
#define MICRO_LEN 4
#define CHANCE_LEN 5

static const char digits[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* The last len digits, most significant first. */
static char *
put(char *at, uint64_t v, size_t len)
{
	for (size_t i = len; i > 0; i--) {
		at[i - 1] = digits[v % 62];
		v /= 62;
	}
	return at + len;
}

static int
digit(char c)
{
	if (str_is_digit(c))
		return c - '0';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 36;
	return -1;
}

struct id
id_at(int64_t second, uint32_t micro, uint64_t chance)
{
	struct id id;
	char *at = put(id.text, (uint64_t)second, SECOND_LEN);

	at = put(at, micro, MICRO_LEN);
	at = put(at, chance, CHANCE_LEN);
	*at = '\0';
	return id;
}

/* Tests may have stopped the clock; then chance alone makes the difference. */
struct id
id_make(void)
{
	struct timespec ts;
	uint32_t micro = 0;

	if (clock_gettime(CLOCK_REALTIME, &ts) == 0)
		micro = (uint32_t)(ts.tv_nsec / 1000);
	return id_at(clock_now(), micro, rand_u64());
}

bool
id_parse(struct str s, struct id *id)
{
	if (s.len != ID_LEN)
		return false;
	for (size_t i = 0; i < ID_LEN; i++)
		if (!str_is_digit(s.ptr[i]) && !str_is_alpha(s.ptr[i]))
			return false;
	memcpy(id->text, s.ptr, ID_LEN);
	id->text[ID_LEN] = '\0';
	return true;
}

int64_t
id_time(const struct id *id)
{
	int64_t t = 0;

	for (size_t i = 0; i < SECOND_LEN; i++)
		t = t * 62 + digit(id->text[i]);
	return t;
}
