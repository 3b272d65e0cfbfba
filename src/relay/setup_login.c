// SPDX-License-Identifier: ISC
/*
 * setup_login.c - minismtp setup: user and password
 */
#include "relay/setup_work.h"

#include <sysexits.h>

#include "config/secret.h"
#include "message/address.h"
#include "relay/trial.h"

/* -- the password, or a program that prints it */

static void
say_password(const struct setup *s)
{
	const struct provider *p = s->plan.provider;

	if (p == NULL)
		return;
	setup_say(s, COLOUR_STRONG, "%s wants %s", p->title, p->password);
	if (p->where != NULL)
		setup_say(s, COLOUR_STRONG, "  %s", p->where);
}

static int
check_command(void *who, struct str answer, struct err *e)
{
	struct strs argv = { 0 };
	int rc = secret_split(answer, &argv, e);

	(void)who;
	strs_free(&argv);
	return rc;
}

static int
ask_command(struct setup *s, struct err *e)
{
	const struct question q = { .words =
	    "Command that prints an access token:", .check = check_command };

	return setup_ask(s, &q, "--password-command",
	    &s->plan.password_command, e);
}

/* "-" is the first line of standard input, and nobody is asked for it. */
static int
read_password(struct setup *s, struct err *e)
{
	const struct prompt silent = { .in = s->prompt.in, .out = -1 };
	const struct buf *file = &s->wish.password_file;

	if (!str_eq(buf_str(file), STR("-")))
		return secret_from_file(buf_cstr(file), &s->password, e);
	return prompt_secret(&silent, "", &s->password) == SAID_IT ? 0 :
	    err_set(e, EX_NOINPUT, "--password-file: standard input has no "
	    "password");
}

static int
ask_password(struct setup *s, struct err *e)
{
	if (!s->asks)
		return err_set(e, EX_USAGE, "there is nobody to ask; say "
		    "--password-file (\"-\" is standard input), "
		    "--password-command or --no-login");
	return prompt_secret(&s->prompt, "Password:", &s->password) ==
	    SAID_IT ? 0 : setup_quit(e);
}

static int
ask_secret(struct setup *s, struct err *e)
{
	return s->plan.provider != NULL && s->plan.provider->token ?
	    ask_command(s, e) : ask_password(s, e);
}

static int
learn_password(struct setup *s, struct err *e)
{
	const struct wish *w = &s->wish;

	if (w->password_command.len > 0) {
		buf_set(&s->plan.password_command,
		    buf_str(&w->password_command));
		return check_command(NULL, buf_str(&w->password_command), e);
	}
	if (w->password_file.len > 0)
		return read_password(s, e);
	say_password(s);
	return ask_secret(s, e);
}

/* -- the user */

static int
ask_user(struct setup *s, struct strs *users, struct err *e)
{
	const struct provider *p = s->plan.provider;
	const struct question q = {
		.words = p != NULL && p->user_words != NULL ? p->user_words :
		    "Login:",
		.usual = users->count > 0 ? buf_cstr(&users->item[0]) : NULL,
	};
	struct buf answer = { 0 };
	int rc = setup_ask(s, &q, "--user", &answer, e);

	if (rc == 0) {
		strs_free(users);
		strs_add(users, buf_str(&answer));
	}
	buf_free(&answer);
	return rc;
}

/* Those that are worth a try, in order. */
static int
learn_users(struct setup *s, struct strs *users, struct err *e)
{
	const struct provider *p = s->plan.provider;
	enum provider_user kind = p != NULL ? p->user : USER_IS_ADDRESS;
	struct str address = buf_str(&s->wish.address), local, domain;

	if (s->wish.user.len > 0) {
		strs_add(users, buf_str(&s->wish.user));
		return 0;
	}
	if (kind == USER_IS_FIXED) {
		strs_add(users, str_of(p->user_words));
		return 0;
	}
	if (kind == USER_IS_ASKED ||
	    !address_split(address, &local, &domain))
		return ask_user(s, users, e);
	if (kind == USER_IS_ADDRESS)
		strs_add(users, address);
	if (kind == USER_IS_LOCAL || p == NULL)
		strs_add(users, local);
	return 0;
}

/* -- both together */

/* 0 if he is taken, 1 if these credentials are refused, or -1. */
static int
try_user(struct setup *s, struct str user, struct err *e)
{
	struct config c = { 0 };
	struct trial t = { 0 };
	int rc;

	buf_set(&s->plan.user, user);
	rc = plan_config(&c, &s->plan, &s->password, e);
	if (rc == 0)
		rc = trial_start(&t, &c.account[0], &s->here, s->personal,
		    s->wish.verbose.len > 0, e);
	if (rc == 0) {
		trial_end(&t);
		rc = t.works ? 0 : t.login_refused ? 1 : -1;
		if (!t.works)
			err_copy(e, &t.why);
	}
	if (rc == 0)
		setup_say(s, COLOUR_GOOD, "logged in as %s",
		    buf_cstr(&s->plan.user));
	trial_free(&t);
	config_free(&c);
	return rc;
}

static int
try_users(struct setup *s, const struct strs *users, struct err *e)
{
	int rc = 1;

	for (size_t i = 0; rc == 1 && i < users->count; i++) {
		err_clear(e);
		rc = try_user(s, strs_at(users, i), e);
		if (rc == 1 && (s->asks || i + 1 < users->count))
			setup_say(s, COLOUR_BAD, "%s", buf_cstr(&e->text));
	}
	return rc;
}

static int
log_in(struct setup *s, struct strs *users, struct err *e)
{
	int rc;

	if (learn_users(s, users, e) < 0 || learn_password(s, e) < 0)
		return -1;
	if (s->wish.offline.len > 0) {
		buf_set(&s->plan.user, strs_at(users, 0));
		return 0;
	}
	while ((rc = try_users(s, users, e)) != 0 && s->asks) {
		if (rc < 0)
			setup_say(s, COLOUR_BAD, "%s", buf_cstr(&e->text));
		err_clear(e);
		secret_free(&s->password);
		buf_reset(&s->plan.password_command);
		if (ask_user(s, users, e) < 0 || ask_secret(s, e) < 0)
			return -1;
	}
	return rc == 0 ? 0 : -1;
}

int
setup_log_in(struct setup *s, struct err *e)
{
	const struct wish *w = &s->wish;
	bool said = w->user.len > 0 || w->password_file.len > 0 ||
	    w->password_command.len > 0;
	struct strs users = { 0 };
	int rc;

	if (w->no_login.len > 0)
		return said ? err_set(e, EX_USAGE, "--no-login goes with "
		    "neither user nor password") : 0;
	if (!s->offers_login && said)
		return err_set(e, EX_UNAVAILABLE, "%s offers no login; "
		    "without user and password it may take our mail",
		    buf_cstr(&s->plan.relay));
	if (!s->offers_login) {
		setup_say(s, COLOUR_WEAK, "it wants no login");
		return 0;
	}
	rc = log_in(s, &users, e);
	strs_free(&users);
	return rc;
}
