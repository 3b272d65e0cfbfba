// SPDX-License-Identifier: ISC
/*
 * check_filter.c - what the kernel would answer to each call
 *
 * The program is run here as the kernel runs it, for every number and against
 * the rules themselves.
 */
#include "run.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/table.h"
#include "guard/filter.h"

#define NUMBERS 1024		/* more than there are */

static struct sock_filter code[FILTER_SIZE];
static size_t size;

static uint32_t
word_at(const struct seccomp_data *d, uint32_t at)
{
	uint32_t word;

	ck_assert_uint_eq(at % 4, 0);
	ck_assert_uint_le(at, sizeof(*d) - 4);
	memcpy(&word, (const char *)d + at, sizeof(word));
	return word;
}

/* Only what filter.c uses; it ends since all jumps go forward. */
static uint32_t
answer(const struct seccomp_data *d)
{
	uint32_t a = 0;

	for (size_t pc = 0; pc < size; pc++) {
		const struct sock_filter *f = &code[pc];

		switch (f->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			a = word_at(d, f->k);
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= f->k;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			pc += a == f->k ? f->jt : f->jf;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			pc += a >= f->k ? f->jt : f->jf;
			break;
		case BPF_JMP | BPF_JGT | BPF_K:
			pc += a > f->k ? f->jt : f->jf;
			break;
		case BPF_RET | BPF_K:
			return f->k;
		default:
			ck_abort_msg("instruction %zu", pc);
		}
	}
	ck_abort_msg("it runs off its end");
	return 0;
}

/* Our own machine's word on who we are is the second instruction's. */
static uint32_t
call(uint32_t nr, uint64_t arg)
{
	const struct seccomp_data d = { .nr = (int)nr, .arch = code[1].k,
	    .args = { arg, arg, arg, arg, arg, arg } };

	return answer(&d);
}

static bool
rule_allows(const struct filter_rule *r, uint32_t nr, uint32_t arg)
{
	return r->nr >= 0 && (uint32_t)r->nr == nr && (r->mask == 0 ||
	    ((arg & r->mask) >= r->from && (arg & r->mask) <= r->to));
}

static uint32_t
wanted(const struct filter_rule *rules, size_t count, uint32_t nr,
    uint32_t arg)
{
	for (size_t i = 0; i < count; i++)
		if (rule_allows(&rules[i], nr, arg))
			return SECCOMP_RET_ALLOW;
	return nr <= FILTER_NEWEST ? SECCOMP_RET_KILL_PROCESS :
	    SECCOMP_RET_ERRNO | ENOSYS;
}

static void
compare(struct filter_rule *rules, size_t count)
{
	static const uint32_t args[] = { 0, 1, 5, 6, 7, 8, 9, 17, 18, 42, 43,
	    ~0U };

	size = filter_write(code, rules, count);
	ck_assert_uint_le(size, FILTER_SIZE);
	for (uint32_t nr = 0; nr < NUMBERS; nr++)
		for (size_t i = 0; i < TABLE_COUNT(args); i++)
			ck_assert_msg(call(nr, args[i]) == wanted(rules, count,
			    nr, args[i]), "call %u(%u): %#x", nr, args[i],
			    call(nr, args[i]));
}

static struct filter_rule none[1], one[] = { { 0, 0, 0, 0, 0 } },
    last[] = { { FILTER_NEWEST, 0, 0, 0, 0 } },
    absent[] = { { -1, 0, 0, 0, 0 }, { -1, 1, 1, 0, 0 } },
    mixed[] = {
	{ 30, 0, 0, 0, 0 }, { -1, 0, 0, 0, 0 }, { 7, 0, 0, 0, 0 },
	{ 8, 0, 0, 0, 0 }, { 9, 2, 4, 0, 0 }, { 10, 0, ~0U, 42, 42 },
	{ 102, 0, ~0U, 6, 7 }, { 102, 0, ~0U, 9, 17 }, { 0, 0, 0, 0, 0 },
	{ 11, 0, 0, 0, 0 }, { 231, 0, 0, 0, 0 }, { 31, 0, 0, 0, 0 },
	{ 7, 0, 0, 0, 0 },
};

static const struct {
	const char *name;
	struct filter_rule *rules;
	size_t count;
} lists[] = {
	{ "none", none, 0 },
	{ "one", one, 1 },
	{ "the last", last, 1 },
	{ "what this machine does not have", absent, 2 },
	{ "all kinds", mixed, TABLE_COUNT(mixed) },
};

START_TEST(each_number_gets_what_the_rules_say)
{
	compare(lists[_i].rules, lists[_i].count);
}
END_TEST

/* Every other number, a region each: the widest search there is. */
START_TEST(the_longest_list_still_fits)
{
	struct filter_rule rules[110];

	for (int i = 0; i < (int)TABLE_COUNT(rules); i++)
		rules[i] = (struct filter_rule){ 2 * i, 0, 0, 0, 0 };
	compare(rules, TABLE_COUNT(rules));
}
END_TEST

START_TEST(other_ways_of_counting_are_killed)
{
	struct seccomp_data d = { .nr = 7, .arch = AUDIT_ARCH_MIPS };

	size = filter_write(code, mixed, TABLE_COUNT(mixed));
	ck_assert_uint_eq(answer(&d), SECCOMP_RET_KILL_PROCESS);
	d.arch = code[1].k;
	ck_assert_uint_eq(answer(&d), SECCOMP_RET_ALLOW);
	d.nr = 0x40000000 | 7;		/* x32 */
	ck_assert_uint_eq(answer(&d), SECCOMP_RET_KILL_PROCESS);
	d.nr = -2;
	ck_assert_uint_eq(answer(&d), SECCOMP_RET_KILL_PROCESS);
	d.nr = -1;			/* strace(1) makes calls fail so */
	ck_assert_uint_eq(answer(&d), SECCOMP_RET_ERRNO | ENOSYS);
}
END_TEST

START_TEST(only_the_low_half_of_an_argument_counts)
{
	size = filter_write(code, mixed, TABLE_COUNT(mixed));
	ck_assert_uint_eq(call(10, 42), SECCOMP_RET_ALLOW);
	ck_assert_uint_eq(call(10, 1ULL << 32 | 42), SECCOMP_RET_ALLOW);
	ck_assert_uint_eq(call(10, 42ULL << 32), SECCOMP_RET_KILL_PROCESS);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ each_number_gets_what_the_rules_say, TABLE_COUNT(lists) },
		{ the_longest_list_still_fits, 0 },
		{ other_ways_of_counting_are_killed, 0 },
		{ only_the_low_half_of_an_argument_counts, 0 },
	};

	return RUN("filter", tests);
}
