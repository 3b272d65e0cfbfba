// SPDX-License-Identifier: ISC
/*
 * ask.c - questions that need the configuration
 */
#include "front/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/xmem.h"
#include "front/place.h"

static const char *
question(enum mode mode)
{
	switch (mode) {
	case MODE_ALIASES:
		return "--check-aliases";
	case MODE_VERIFY:
		return "--verify";
	case MODE_CHECK:
		return "--check";
	case MODE_FLUSH:
		return "--flush";
	case MODE_WATCH:
		return "--watch";
	case MODE_SUBMIT:
	case MODE_SERVE:
	case MODE_LIST:
	case MODE_COUNT:
	case MODE_DAEMON:
	case MODE_REWRITE:
	case MODE_NOTHING:
	case MODE_HELP:
	case MODE_VERSION:
		break;
	}
	return "--help";
}

/* What the question is about, or NULL. */
static const struct strs *
subjects(const struct options *o)
{
	if (o->mode == MODE_VERIFY)
		return &o->operands;
	return o->mode == MODE_FLUSH ? &o->select : NULL;
}

int
ask_relay(const struct options *o)
{
	const struct strs *list = subjects(o);
	const char **argv = xcalloc((list != NULL ? list->count : 0) + 9,
	    sizeof(*argv));
	struct place p = { 0 };
	struct err e = { 0 };
	size_t n = 0;
	int status = EX_TEMPFAIL;

	if (place_find(&p, o, &e) < 0) {
		status = e.code;
		fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
		goto out;
	}
	argv[n++] = "minismtp-relay";
	argv[n++] = question(o->mode);
	if (p.personal) {
		argv[n++] = "--spool";
		argv[n++] = buf_cstr(&p.spool);
		argv[n++] = "--config";
		argv[n++] = buf_cstr(&p.config);
	}
	if (o->verbose)
		argv[n++] = "--verbose";
	if (list != NULL && list->count > 0) {
		argv[n++] = "--";
		for (size_t i = 0; i < list->count; i++)
			argv[n++] = buf_cstr(&list->item[i]);
	}
	fflush(NULL);
	execv(buf_cstr(&p.relay), (char *const *)argv);
	err_sys(&e, status, "cannot run %s", buf_cstr(&p.relay));
	fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
out:
	place_free(&p);
	err_clear(&e);
	free(argv);
	return status;
}
