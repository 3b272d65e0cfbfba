// SPDX-License-Identifier: ISC
/*
 * steps.c - from what was said to what goes out, in words
 */
#include "relay/steps.h"

#include <pwd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/strs.h"
#include "base/vis.h"
#include "config/local.h"
#include "config/sender.h"

void
steps_facts(struct facts *f, const struct desk *d)
{
	const struct passwd *pw = getpwuid(getuid());

	f->uid = getuid();
	f->time = clock_now();
	if (pw != NULL) {
		buf_puts(&f->login, pw->pw_name);
		facts_gecos(&f->gecos, str_of(pw->pw_gecos),
		    buf_str(&f->login));
	}
	buf_set(&f->host, buf_str(&d->here.host));
}

/* A chain of aliases is a line for each step, moved to the right. */
static void
add_lines(struct buf *out, struct str lines)
{
	struct str line;

	while (str_eat_line(&lines, &line))
		buf_printf(out, "  %.*s\n", STR_ARGS(line));
}

static void
add_to(struct buf *out, struct str address, const char *words)
{
	buf_puts(out, "  to ");
	vis_add(out, address);
	buf_printf(out, "%s\n", words);
}

int
steps_recipient(struct buf *out, const struct desk *d,
    const struct account *a, struct str address, struct err *e)
{
	const struct local l = { .config = &d->config, .account = a,
	    .here = &d->here, .aliases = &d->aliases, .loader = &d->files };
	const struct strs *redirect = &a->redirect;
	struct strs real = { 0 };
	struct buf why = { 0 };
	int rc;

	vis_add(out, address);
	buf_putc(out, '\n');
	rc = local_resolve(&l, address, &real, &why, e);
	add_lines(out, buf_str(&why));
	for (size_t i = 0; redirect->count == 0 && i < real.count; i++)
		add_to(out, strs_at(&real, i), "");
	for (size_t i = 0; i < redirect->count; i++)
		add_to(out, strs_at(redirect, i), ", by redirect");
	strs_free(&real);
	buf_free(&why);
	return rc;
}

static void
add_relays(struct buf *out, const struct account *a)
{
	for (size_t i = 0; i < a->relays; i++) {
		buf_puts(out, i == 0 ? "through " : "else ");
		vis_add(out, buf_str(&a->relay[i].text));
		buf_putc(out, '\n');
	}
	if (a->command.count > 0) {
		buf_puts(out, "through the command ");
		vis_add(out, strs_at(&a->command, 0));
		buf_putc(out, '\n');
	}
	if (a->user.len > 0) {
		buf_puts(out, "as user ");
		vis_add(out, buf_str(&a->user));
		buf_putc(out, '\n');
	}
	if (a->hold)
		buf_puts(out, "and held until it is released: hold\n");
}

void
steps_way(struct buf *out, const struct desk *d, const struct account *a,
    struct str why, const struct facts *f, bool said, struct str sender)
{
	struct buf address = { 0 }, words = { 0 };

	sender_envelope(a, &d->here, f, said, sender, &address, &words);
	buf_printf(out, "by %.*s\n", STR_ARGS(why));
	buf_puts(out, "from <");
	vis_add(out, buf_str(&address));
	buf_printf(out, ">: %s\n", buf_cstr(&words));
	add_relays(out, a);
	buf_free(&address);
	buf_free(&words);
}
