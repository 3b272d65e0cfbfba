// SPDX-License-Identifier: ISC
/*
 * setup.c - minismtp setup: from an address to a configuration that works
 */
#include "relay/setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "config/provider.h"
#include "config/store.h"
#include "message/address.h"
#include "relay/setup_work.h"

void
setup_say(const struct setup *s, enum colour c, const char *fmt, ...)
{
	struct buf text = { 0 }, line = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	colour_add(&line, s->colour, c, buf_str(&text));
	prompt_say(&s->prompt, "%s\n", buf_cstr(&line));
	buf_free(&text);
	buf_free(&line);
}

int
setup_quit(struct err *e)
{
	return err_set(e, EX_TEMPFAIL, "as you wish: nothing was changed");
}

int
setup_ask(const struct setup *s, const struct question *q,
    const char *option, struct buf *answer, struct err *e)
{
	if (!s->asks)
		return err_set(e, EX_USAGE, "there is nobody to ask; say %s",
		    option);
	return prompt_ask(&s->prompt, q, answer) == SAID_IT ? 0 :
	    setup_quit(e);
}

/* -- who we are */

static int
check_address(void *who, struct str answer, struct err *e)
{
	struct str local, domain;
	bool utf8;

	(void)who;
	if (address_check(answer, &utf8, e) < 0)
		return -1;
	return address_split(answer, &local, &domain) && domain.len > 0 ? 0 :
	    err_set(e, EX_USAGE, "an address is someone@example.com");
}

/* A sender is enough where everything else is said, too. */
static int
learn_address(struct setup *s, struct err *e)
{
	const struct question q = { .words = "Your e-mail address:",
	    .check = check_address };
	struct buf *address = &s->wish.address;

	if (address->len > 0)
		return check_address(NULL, buf_str(address), e) < 0 ?
		    err_wrap(e, "--address") : 0;
	if (!s->asks && s->wish.sender.len > 0 &&
	    (s->wish.relay.len > 0 || s->wish.provider.len > 0))
		return 0;
	return setup_ask(s, &q, "--address", address, e);
}

/* The file will be read from elsewhere: paths are said from the root on. */
static int
plan_trust(struct setup *s, struct err *e)
{
	const struct buf *ca = &s->wish.tls_ca;
	char *real;

	if (ca->len == 0)
		return 0;
	real = realpath(buf_cstr(ca), NULL);
	if (real == NULL)
		return err_sys(e, EX_NOINPUT, "--tls-ca: %s", buf_cstr(ca));
	buf_set(&s->plan.tls_ca, str_of(real));
	free(real);
	return 0;
}

static void
plan_senders(struct setup *s)
{
	const struct wish *w = &s->wish;

	buf_set(&s->plan.helo, buf_str(&w->helo));
	buf_set(&s->plan.sender, buf_str(w->sender.len > 0 ? &w->sender :
	    &w->address));
	buf_set(&s->plan.admin, buf_str(w->admin.len > 0 ? &w->admin :
	    &w->address));
}

/* -- what is written */

static int
print(struct str text, struct err *e)
{
	return fd_write(STDOUT_FILENO, text, e);
}

static void
say_written(const struct setup *s, const char *path, const struct buf *old)
{
	if (old->len > 0)
		setup_say(s, COLOUR_GOOD, "wrote %s; the old one is %s", path,
		    buf_cstr(old));
	else
		setup_say(s, COLOUR_GOOD, "wrote %s", path);
}

static int
store_password(struct setup *s, struct err *e)
{
	struct buf *path = &s->plan.password_file, old = { 0 };
	int rc;

	if (!secret_is_set(&s->password))
		return 0;
	rc = store_secret(buf_cstr(path), &s->password, s->personal, &old, e);
	if (rc == 0)
		say_written(s, buf_cstr(path), &old);
	buf_free(&old);
	return rc;
}

static int
store(struct setup *s, struct err *e)
{
	struct buf text = { 0 }, old = { 0 };
	int rc = 0;

	if (secret_is_set(&s->password))
		store_secret_path(&s->plan.password_file, s->config, STR(""));
	plan_text(&text, &s->plan);
	if (s->wish.dry_run.len > 0) {
		rc = print(buf_str(&text), e);
	} else if (store_password(s, e) < 0 || store_config(s->config,
	    buf_str(&text), s->personal, &old, e) < 0) {
		rc = -1;
	} else {
		say_written(s, s->config, &old);
	}
	buf_free(&text);
	buf_free(&old);
	return rc;
}

/* -- what is left to do */

static int
offer_test(struct setup *s, struct err *e)
{
	struct buf words = { 0 }, *to = &s->wish.test;
	bool yes = true;

	if (s->wish.dry_run.len > 0)
		return 0;
	if (to->len == 0 && s->asks && s->wish.offline.len == 0) {
		buf_printf(&words, "Send a test message to %s?",
		    buf_cstr(&s->wish.address));
		if (prompt_yes(&s->prompt, buf_cstr(&words), &yes) ==
		    SAID_IT && yes)
			buf_set(to, buf_str(&s->wish.address));
	}
	buf_reset(&words);
	buf_printf(&words, "test %s\n", buf_cstr(to));
	if (to->len > 0 && print(buf_str(&words), e) < 0) {
		buf_free(&words);
		return -1;
	}
	buf_free(&words);
	return 0;
}

static int
list_providers(struct err *e)
{
	const struct provider *p;
	struct buf out = { 0 };
	int rc;

	for (size_t i = 0; (p = provider_at(i)) != NULL; i++)
		buf_printf(&out, "%-14s %-15s %s\n", p->name, p->title,
		    p->host != NULL ? p->host : "-");
	rc = print(buf_str(&out), e);
	buf_free(&out);
	return rc;
}

static int
run(struct setup *s, const struct strs *words, struct err *e)
{
	if (wish_parse(&s->wish, words, e) < 0)
		return -1;
	if (s->wish.providers.len > 0)
		return list_providers(e);
	s->prompt = (struct prompt){ .in = STDIN_FILENO,
	    .out = STDERR_FILENO };
	s->asks = s->wish.yes.len == 0 && prompt_is_terminal(&s->prompt);
	s->colour = colour_is_wanted(STDERR_FILENO);
	here_load(&s->here);
	if (plan_trust(s, e) < 0 || learn_address(s, e) < 0)
		return -1;
	plan_senders(s);
	if (setup_find_relay(s, e) < 0 || setup_log_in(s, e) < 0 ||
	    store(s, e) < 0)
		return -1;
	return offer_test(s, e);
}

int
setup(const char *config, bool personal, const struct strs *words)
{
	struct setup s = { .config = config, .personal = personal };
	struct err e = { 0 };
	int status = EX_OK;

	if (run(&s, words, &e) < 0) {
		fprintf(stderr, "minismtp: setup: %s\n", buf_cstr(&e.text));
		status = e.code;
	}
	wish_free(&s.wish);
	here_free(&s.here);
	plan_free(&s.plan);
	secret_free(&s.password);
	err_clear(&e);
	return status;
}
