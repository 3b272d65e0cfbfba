// SPDX-License-Identifier: ISC
/*
 * inspect.c - is the configuration right, and what does it come to?
 */
#include "relay/inspect.h"

#include <stdio.h>
#include <sysexits.h>

#include "base/buf.h"
#include "config/config.h"
#include "config/local.h"
#include "config/print.h"

static enum file_trust
trust(const struct question *q)
{
	return q->personal ? FILE_PERSONAL : FILE_SYSTEM;
}

/* What cannot be printed has not been answered. */
static int
print(const struct buf *text)
{
	if (fputs(buf_cstr(text), stdout) == EOF || fflush(stdout) == EOF) {
		perror("minismtp: standard output");
		return EX_IOERR;
	}
	return EX_OK;
}

/*
 * All mistakes, or where there is none to point at the reason why the file
 * could not be read.
 */
static void
complain(const struct mistakes *m, const struct err *e)
{
	struct buf all = { 0 };

	mistakes_print(m, &all);
	fputs(buf_cstr(&all), stderr);
	if (m->count == 0)
		fprintf(stderr, "minismtp: %s\n", buf_cstr(&e->text));
	buf_free(&all);
}

static int
load(struct config *c, const struct question *q, const char *path,
    int *status)
{
	struct mistakes m = { 0 };
	struct err e = { 0 };
	int rc = config_load(c, path, trust(q), &m, &e);

	if (rc < 0) {
		complain(&m, &e);
		*status = e.code;
	}
	mistakes_free(&m);
	err_clear(&e);
	return rc;
}

static void
check_one(const struct question *q, const char *path, int *status)
{
	struct config c = { 0 };

	(void)load(&c, q, path, status);
	config_free(&c);
}

int
inspect_config(const struct question *q)
{
	int status = EX_OK;

	for (size_t i = 0; i < q->about.count; i++)
		check_one(q, buf_cstr(&q->about.item[i]), &status);
	if (q->about.count == 0)
		check_one(q, q->config, &status);
	return status;
}

static int
say_aliases(const struct config *c, const struct aliases *a)
{
	struct buf out = { 0 };
	int status;

	buf_printf(&out, "%s: %zu aliases, no mistake\n",
	    c->aliases.len > 0 ? buf_cstr(&c->aliases) : "no alias file",
	    a->count);
	status = print(&out);
	buf_free(&out);
	return status;
}

static int
check_aliases(const struct config *c, struct aliases *a, struct mistakes *m)
{
	struct here here = { 0 };
	struct loader loader;
	struct local l = { .config = c, .account = &c->account[0],
	    .here = &here, .aliases = a, .loader = &loader };
	struct err e = { 0 };
	int status = EX_OK;

	here_load(&here);
	loader_init(&loader, FILE_ANY);
	if (local_aliases(c, a, m, &e) == 0)
		local_check_aliases(&l, m);
	if (e.code != 0 || m->count > 0) {
		complain(m, &e);
		status = EX_DATAERR;
	}
	here_free(&here);
	err_clear(&e);
	return status;
}

int
inspect_aliases(const struct question *q)
{
	struct config c = { 0 };
	struct aliases a = { 0 };
	struct mistakes m = { 0 };
	int status = EX_OK;

	if (load(&c, q, q->config, &status) == 0)
		status = check_aliases(&c, &a, &m);
	if (status == EX_OK)
		status = say_aliases(&c, &a);
	aliases_free(&a);
	mistakes_free(&m);
	config_free(&c);
	return status;
}

/* What is in force where the file says nothing: names that are found out. */
static void
fill_in(struct config *c)
{
	struct here here = { 0 };

	here_load(&here);
	for (size_t i = 0; i < c->accounts; i++) {
		struct account *a = &c->account[i];

		if (a->domain.len == 0)
			local_domain(a, &here, &a->domain);
		if (a->helo.len == 0)
			buf_set(&a->helo, buf_str(&here.host));
		a->force_sender = account_force(a);
	}
	here_free(&here);
}

static int
show(const struct question *q,
    void (*as)(const struct config *c, struct buf *out))
{
	struct config c = { 0 };
	struct buf out = { 0 };
	int status = EX_OK;

	if (load(&c, q, q->config, &status) == 0) {
		fill_in(&c);
		as(&c, &out);
		status = print(&out);
	}
	buf_free(&out);
	config_free(&c);
	return status;
}

int
inspect_print(const struct question *q)
{
	return show(q, print_config);
}

int
inspect_json(const struct question *q)
{
	return show(q, print_json);
}

int
inspect_defaults(const struct question *q)
{
	struct buf out = { 0 };
	int status;

	(void)q;
	print_defaults(&out);
	status = print(&out);
	buf_free(&out);
	return status;
}
