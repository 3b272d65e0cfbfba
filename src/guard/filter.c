// SPDX-License-Identifier: ISC
/*
 * filter.c - which system calls this process may still make
 *
 * The numbers are cut into regions with one answer each, and a binary search
 * finds the region.  Jumps go forward only and not far, so that the answers
 * stand at the end:
 *
 *	whose numbers are these?  search  conditions  kill, allow, unknown
 */
#include "guard/filter.h"

#include <assert.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sysexits.h>

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifndef WATCHED
#define WATCHED 0
#endif

/* x32 and the others have numbers that do not mean what they say here. */
#if defined(__x86_64__) && !defined(__ILP32__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define ARCH AUDIT_ARCH_I386
#elif defined(__aarch64__) && !defined(__ILP32__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__arm__) && defined(__ARM_EABI__) && !defined(__ARMEB__)
#define ARCH AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define ARCH AUDIT_ARCH_PPC64LE
#elif defined(__s390x__)
#define ARCH AUDIT_ARCH_S390X
#elif defined(__loongarch64) && defined(AUDIT_ARCH_LOONGARCH64)
#define ARCH AUDIT_ARCH_LOONGARCH64
#else
#define ARCH 0
#endif

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOW 0
#else
#define LOW 4
#endif

#define FOREIGN 0x40000000U	/* another way of counting begins here */
#define NO_CALL 0xffffffffU	/* where a tracer took the call out */

#define HEAD 4			/* instructions before the search */
#define CONDITION 4		/* instructions of a rule with a mask */
#define REGIONS (2 * FILTER_MAX + 4)

enum answer { KILL, ALLOW, UNKNOWN, ANSWERS };

struct region {
	uint32_t from;		/* up to the next one */
	size_t answer;		/* an enum answer, or ANSWERS + a condition */
};

struct program {
	struct region region[REGIONS];
	size_t regions;
	const struct filter_rule *condition[FILTER_MAX];
	size_t conditions;
	struct sock_filter *code;
	size_t size;
};

_Static_assert(HEAD + REGIONS + CONDITION * FILTER_MAX + ANSWERS <=
    FILTER_SIZE, "each program fits");

bool
filter_is_there(void)
{
	/* A filter at NULL: EFAULT where there are filters, else EINVAL. */
	return !WATCHED && ARCH != 0 && prctl(PR_SET_SECCOMP,
	    SECCOMP_MODE_FILTER, NULL, 0, 0) < 0 && errno == EFAULT;
}

/* -- what is where */

static int
by_number(const void *a, const void *b)
{
	const struct filter_rule *x = a, *y = b;

	return (x->nr > y->nr) - (x->nr < y->nr);
}

/* From there on, until somebody says something else. */
static void
answer_from(struct program *p, uint32_t from, size_t answer)
{
	if (p->regions > 0 && p->region[p->regions - 1].from == from)
		p->regions--;
	if (p->regions == 0 || p->region[p->regions - 1].answer != answer)
		p->region[p->regions++] = (struct region){ from, answer };
}

/* The rules are sorted, so that those of one number stand together. */
static void
divide(struct program *p, const struct filter_rule *rule, size_t count)
{
	answer_from(p, 0, KILL);
	for (size_t i = 0; i < count; i++) {
		size_t answer = ALLOW;

		if (rule[i].nr < 0)
			continue;
		if (rule[i].mask != 0) {
			answer = ANSWERS + p->conditions;
			p->condition[p->conditions++] = &rule[i];
		}
		if (i > 0 && rule[i - 1].nr == rule[i].nr)
			continue;
		answer_from(p, (uint32_t)rule[i].nr, answer);
		answer_from(p, (uint32_t)rule[i].nr + 1, KILL);
	}
	answer_from(p, FILTER_NEWEST + 1, UNKNOWN);
	answer_from(p, FOREIGN, KILL);
	answer_from(p, NO_CALL, UNKNOWN);
}

/* -- the code */

static size_t
place_of(const struct program *p, size_t answer)
{
	size_t conditions = HEAD + p->regions - 1;
	size_t answers = conditions + CONDITION * p->conditions;

	return answer < ANSWERS ? answers + answer :
	    conditions + CONDITION * (answer - ANSWERS);
}

static void
put(struct program *p, unsigned code, uint32_t k)
{
	p->code[p->size++] = (struct sock_filter)BPF_STMT((__u16)code, k);
}

static void
put_jump(struct program *p, size_t at, unsigned test, uint32_t k, size_t yes,
    size_t no)
{
	assert(yes > at && yes - at <= 256 && no > at && no - at <= 256);
	p->code[at] = (struct sock_filter)BPF_JUMP(
	    (__u16)(BPF_JMP | test | BPF_K), k, (__u8)(yes - at - 1),
	    (__u8)(no - at - 1));
}

/* The search among the regions from lo up to hi: a jump for each but one. */
static size_t
search(struct program *p, size_t lo, size_t hi)
{
	size_t at = p->size, mid = (lo + hi + 1) / 2, yes, no;

	if (lo == hi)
		return place_of(p, p->region[lo].answer);
	p->size++;
	no = search(p, lo, mid - 1);
	yes = search(p, mid, hi);
	put_jump(p, at, BPF_JGE, p->region[mid].from, yes, no);
	return at;
}

static void
put_condition(struct program *p, size_t i)
{
	const struct filter_rule *r = p->condition[i];
	size_t yes = place_of(p, ALLOW), no = place_of(p, KILL);

	if (i + 1 < p->conditions && p->condition[i + 1]->nr == r->nr)
		no = place_of(p, ANSWERS + i + 1);
	put(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(
	    struct seccomp_data, args) + 8 * r->arg + LOW);
	put(p, BPF_ALU | BPF_AND | BPF_K, r->mask);
	put_jump(p, p->size, BPF_JGE, r->from, p->size + 1, no);
	p->size++;
	put_jump(p, p->size, BPF_JGT, r->to, no, yes);
	p->size++;
}

static void
write_program(struct program *p)
{
	put(p, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	p->size++;
	put(p, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	put_jump(p, 1, BPF_JEQ, ARCH, 3, 2);
	put(p, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	(void)search(p, 0, p->regions - 1);
	for (size_t i = 0; i < p->conditions; i++)
		put_condition(p, i);
	put(p, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	put(p, BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	put(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS);
}

size_t
filter_write(struct sock_filter *code, struct filter_rule *rules,
    size_t count)
{
	struct program p;

	assert(count <= FILTER_MAX);
	p.regions = p.conditions = p.size = 0;
	p.code = code;
	qsort(rules, count, sizeof(rules[0]), by_number);
	divide(&p, rules, count);
	write_program(&p);
	return p.size;
}

int
filter_load(struct filter_rule *rules, size_t count, struct err *e)
{
	struct sock_filter code[FILTER_SIZE];
	size_t size = filter_write(code, rules, count);
	const struct sock_fprog load = { (unsigned short)size, code };

	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &load, 0, 0) < 0)
		return err_sys(e, EX_OSERR, "seccomp");
	return 0;
}
