// SPDX-License-Identifier: ISC
/*
 * value.c - what a value may look like
 */
#include "config/value.h"

#include <sys/un.h>

#include "base/table.h"
#include "config/word.h"
#include "message/address.h"

static const struct unit {
	char letter;
	int64_t factor;
} times[] = {
	{ 'w', 7 * 86400 },
	{ 'd', 86400 },
	{ 'h', 3600 },
	{ 'm', 60 },
	{ 's', 1 },
}, sizes[] = {
	{ 't', (int64_t)1 << 40 },
	{ 'g', 1 << 30 },
	{ 'm', 1 << 20 },
	{ 'k', 1 << 10 },
};

#define LONGEST ((int64_t)10 * 366 * 86400)	/* any time: ten years */
#define LARGEST ((uint64_t)1 << 50)		/* any size: a petabyte */

static int64_t
factor_of(const struct unit *units, size_t count, char letter)
{
	for (size_t i = 0; i < count; i++) {
		if (units[i].letter == str_lower(letter))
			return units[i].factor;
	}
	return 0;
}

bool
value_bool(struct str s, bool *value)
{
	static const struct {
		const char *name;
		bool value;
	} words[] = {
		{ "yes", true }, { "no", false },
		{ "true", true }, { "false", false },
		{ "on", true }, { "off", false },
		{ "1", true }, { "0", false },
	};

	for (size_t i = 0; i < TABLE_COUNT(words); i++) {
		if (str_ieq(s, str_of(words[i].name))) {
			*value = words[i].value;
			return true;
		}
	}
	return false;
}

bool
value_int(struct str s, int64_t *value)
{
	uint64_t n;

	if (!str_eat_number(&s, &n) || s.len > 0 || n > INT32_MAX)
		return false;
	*value = (int64_t)n;
	return true;
}

bool
value_duration(struct str s, int64_t *seconds)
{
	int64_t sum = 0, factor, last = INT64_MAX;
	uint64_t n;
	char letter;

	if (str_ieq(s, STR("off"))) {
		*seconds = 0;
		return true;
	}
	/* A number alone is seconds; where that is absurd, a range says so. */
	if (value_int(s, &sum)) {
		*seconds = sum;
		return true;
	}
	sum = 0;
	do {
		if (!str_eat_number(&s, &n) || !str_eat_byte(&s, &letter))
			return false;
		factor = factor_of(times, TABLE_COUNT(times), letter);
		if (factor == 0 || factor >= last ||
		    n > (uint64_t)(LONGEST / factor))
			return false;
		sum += (int64_t)n * factor;
		last = factor;
	} while (s.len > 0);
	if (sum > LONGEST)
		return false;
	*seconds = sum;
	return true;
}

bool
value_size(struct str s, uint64_t *bytes)
{
	uint64_t n, factor = 1;

	if (str_ieq(s, STR("off"))) {
		*bytes = 0;
		return true;
	}
	if (!str_eat_number(&s, &n))
		return false;
	if (s.len > 0) {
		factor = (uint64_t)factor_of(sizes, TABLE_COUNT(sizes),
		    s.ptr[0]);
		if (factor > 0)
			s = str_skip(s, 1);
		else
			factor = 1;
		str_ieat(&s, STR("b"));
	}
	if (s.len > 0 || n > LARGEST / factor)
		return false;
	*bytes = n * factor;
	return true;
}

bool
value_rate(struct str s, struct rate *rate)
{
	struct rate r = { 0 };
	struct str count;
	uint64_t n, number;

	if (!str_eat_until(&s, '/', &count) || s.len != 1 || count.len == 0)
		return false;
	r.seconds = factor_of(times, TABLE_COUNT(times), s.ptr[0]);
	if (r.seconds == 0 || !value_size(count, &n) || n == 0)
		return false;
	if (str_eat_number(&count, &number) && count.len == 0)
		r.messages = n;
	else
		r.bytes = n;
	*rate = r;
	return true;
}

static bool
eat_port(struct str s, int *port)
{
	int64_t n;

	if (!value_int(s, &n) || n < 1 || n > 65535)
		return false;
	*port = (int)n;
	return true;
}

/* The name service and certificates know A-labels only. */
static bool
set_host(struct buf *host, struct str name)
{
	struct err e = { 0 };
	bool good = true;

	buf_reset(host);
	if (word_ip(name) == NULL)
		buf_add(host, name);
	else
		good = domain_to_ascii(host, name, &e) == 0;
	err_clear(&e);
	return good;
}

bool
value_host_port(struct str s, struct buf *host, int *port)
{
	struct str name = s, tail = { "", 0 };
	int p = 0;

	if (str_eat(&s, STR("["))) {
		if (!str_eat_until(&s, ']', &name) || word_ip(name) != NULL)
			return false;
		if (s.len > 0 && (!str_eat(&s, STR(":")) || !eat_port(s, &p)))
			return false;
	} else if (word_ip(s) != NULL) {
		if (str_cut_last(s, ':', &name, &tail) && !eat_port(tail, &p))
			return false;
		if (word_host(name) != NULL)
			return false;
	}
	*port = p;
	return set_host(host, name);
}

static bool
relay_path(struct str s, struct relay *r, const char **why)
{
	r->kind = RELAY_UNIX;
	if (s.len > 0 && s.ptr[0] == '/' &&
	    s.len < sizeof(((struct sockaddr_un *)0)->sun_path)) {
		buf_set(&r->host, s);
		return true;
	}
	*why = "unix: wants the whole path of a socket, of at most 107 bytes";
	return false;
}

static bool
relay_domain(enum relay_kind kind, struct str s, struct relay *r,
    const char **why)
{
	r->kind = kind;
	*why = "behind srv: and mx: stands a domain and nothing else";
	return word_host(s) == NULL && set_host(&r->host, s);
}

bool
value_relay(struct str s, struct relay *r, const char **why)
{
	*r = (struct relay){ .kind = RELAY_HOST };
	buf_set(&r->text, s);
	*why = "a relay is host, host:port, [v6]:port, srv:domain, mx:domain, "
	    "unix:/path, discard:, or lmtp: and one of these";
	if (str_eq(s, STR("discard:"))) {
		r->kind = RELAY_DISCARD;
		return true;
	}
	r->lmtp = str_eat(&s, STR("lmtp:"));
	if (str_eat(&s, STR("unix:")))
		return relay_path(s, r, why);
	if (!r->lmtp && str_eat(&s, STR("srv:")))
		return relay_domain(RELAY_SRV, s, r, why);
	if (!r->lmtp && str_eat(&s, STR("mx:")))
		return relay_domain(RELAY_MX, s, r, why);
	return value_host_port(s, &r->host, &r->port);
}

void
value_print_duration(struct buf *out, int64_t seconds)
{
	if (seconds == 0)
		buf_puts(out, "0");
	for (size_t i = 0; i < TABLE_COUNT(times); i++) {
		int64_t n = seconds / times[i].factor;

		if (n > 0)
			buf_printf(out, "%lld%c", (long long)n,
			    times[i].letter);
		seconds -= n * times[i].factor;
	}
}

void
value_print_size(struct buf *out, uint64_t bytes)
{
	for (size_t i = 0; bytes > 0 && i < TABLE_COUNT(sizes); i++) {
		uint64_t factor = (uint64_t)sizes[i].factor;
		char letter = sizes[i].letter;

		if (bytes % factor == 0) {
			buf_printf(out, "%llu%c",
			    (unsigned long long)(bytes / factor),
			    letter == 'k' ? 'k' : (char)(letter - 'a' + 'A'));
			return;
		}
	}
	buf_printf(out, "%llu", (unsigned long long)bytes);
}

void
value_print_rate(struct buf *out, const struct rate *rate)
{
	if (rate->messages > 0)
		buf_printf(out, "%llu", (unsigned long long)rate->messages);
	else if (rate->bytes % 1024 == 0)
		value_print_size(out, rate->bytes);
	else
		buf_printf(out, "%llub", (unsigned long long)rate->bytes);
	for (size_t i = 0; i < TABLE_COUNT(times); i++) {
		if (times[i].factor == rate->seconds)
			buf_printf(out, "/%c", times[i].letter);
	}
}
