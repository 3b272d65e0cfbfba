// SPDX-License-Identifier: ISC
/*
 * fill.c - a queue with much in it, quickly: nothing is synced
 *
 *	fill SPOOL COUNT HOW
 *
 * HOW is "due" (just handed in) or "deferred" (to be tried again tomorrow).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "queue/draft.h"
#include "queue/spool.h"

/* The linker puts it in the place of fsync(2). */
int __wrap_fsync(int fd);

int
__wrap_fsync(int fd)
{
	(void)fd;
	return 0;
}

static const char text[] = "From: a@example.com\nTo: b@example.com\n"
    "Subject: a mail like many\nDate: Sat, 21 Nov 2026 06:00:00 +0000\n"
    "Message-ID: <bench@a.example.com>\n\nEverything is well.\n";

static int
add(struct spool *s, bool deferred, struct err *e)
{
	char from[SPOOL_NAME_SIZE], to[SPOOL_NAME_SIZE];
	struct draft d = { 0 };
	struct id id;
	int rc = -1;

	if (draft_begin(&d, s, geteuid(), e) == 0 &&
	    draft_field(&d, STR("sender"), STR("a@example.com"), e) == 0 &&
	    draft_field(&d, STR("rcpt"), STR("b@example.com"), e) == 0 &&
	    draft_field(&d, STR("login"), STR("bench"), e) == 0 &&
	    draft_field(&d, STR("gecos"), STR("bench"), e) == 0 &&
	    draft_field(&d, STR("host"), STR("a.example.com"), e) == 0 &&
	    draft_field(&d, STR("zone"), STR("0"), e) == 0 &&
	    draft_data(&d, str_of(text), e) == 0)
		rc = draft_commit(&d, e);
	id = d.id;
	draft_abort(&d);
	if (rc < 0 || !deferred)
		return rc;
	spool_name(from, SPOOL_NEW, &id, 0);
	spool_name(to, SPOOL_CUR, &id, clock_now() + 86400);
	return spool_move(s, SPOOL_NEW, from, SPOOL_CUR, to, e);
}

int
main(int argc, char *argv[])
{
	bool deferred = argc == 4 && strcmp(argv[3], "deferred") == 0;
	struct spool s = { 0 };
	struct err e = { 0 };
	long count;
	int rc;

	if (argc != 4)
		return EXIT_FAILURE;
	count = strtol(argv[2], NULL, 10);
	rc = spool_create(argv[1], &e);
	if (rc == 0)
		rc = spool_open(&s, argv[1], &e);
	while (rc == 0 && count-- > 0)
		rc = add(&s, deferred, &e);
	spool_close(&s);
	if (rc < 0)
		(void)fprintf(stderr, "%s\n", buf_cstr(&e.text));
	err_clear(&e);
	return rc < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
