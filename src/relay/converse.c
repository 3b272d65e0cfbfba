// SPDX-License-Identifier: ISC
/*
 * converse.c - somebody at a terminal, and one session for all that he writes
 */
#include "relay/converse.h"

#include <errno.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/table.h"
#include "config/account.h"
#include "config/secret.h"
#include "queue/draft.h"
#include "queue/field.h"
#include "relay/credentials.h"
#include "relay/host.h"
#include "relay/instead.h"

#define FIELD_MAX ((size_t)256 * 1024)	/* as the drop has it */
#define CHUNK ((size_t)128 * 1024)

/* Until he says better; a configuration must have one. */
#define NO_CONFIG "relay = \"localhost\"\n"

struct talk {
	const struct question *q;
	struct host host;
	struct buf in;
	size_t eaten;			/* of in, by the field at hand */
	bool ready;			/* there is a configuration */
	struct buf account, from;
	struct instead instead;
	struct draft draft;
	bool drafting;
	bool over;
};

/* -- what a configuration knows */

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static int
load(struct talk *t, bool wanted, struct err *e)
{
	struct desk *d = &t->host.desk;
	struct mistakes m = { 0 };
	int rc;

	if (wanted && is_there(t->q->config))
		return desk_load(d, t->q->config, t->q->personal, e);
	d->personal = true;
	here_load(&d->here);
	loader_init(&d->files, FILE_PERSONAL);
	rc = config_parse(&d->config, "nothing", STR(NO_CONFIG), &d->files,
	    &m, e);
	mistakes_free(&m);
	return rc;
}

static bool
has_netrc(void)
{
	struct buf path = { 0 };
	bool there = secret_netrc_path(&path) && is_there(buf_cstr(&path));

	buf_free(&path);
	return there;
}

/* A relay without a user wants none, and some logins need no password. */
static bool
needs_password(const struct talk *t)
{
	const struct account *a = t->host.account;

	return a->user.len > 0 && a->tls_cert.len == 0 &&
	    !credentials_are_named(a) &&
	    !str_ieq(buf_str(&a->auth), STR("GSSAPI")) &&
	    !(t->host.desk.personal && has_netrc());
}

static void
say_known(struct talk *t, bool configured)
{
	const struct account *a = t->host.account;

	report_send(&t->host.report, "known", "%s%s%s",
	    configured ? "relay user" : "",
	    configured && !needs_password(t) ? " password" : "",
	    configured && a->user.len > 0 ? " login" : "");
}

static int
choose(struct talk *t, struct err *e)
{
	struct config *c = &t->host.desk.config;
	const struct account *a = account_choose(c, buf_str(&t->account),
	    buf_str(&t->from), buf_str(&t->from), NULL, e);

	if (a == NULL)
		return -1;
	t->host.account = &c->account[a - c->account];
	return 0;
}

static int
hear_config(struct talk *t, struct str value, struct err *e)
{
	bool wanted = str_eq(value, STR("yes"));

	if (t->ready)
		return err_set(e, EX_PROTOCOL, "config: it comes once");
	if (wanted && is_there(t->q->config) &&
	    access(t->q->config, R_OK) < 0) {
		report_send(&t->host.report, "closed", "%s: not for you",
		    t->q->config);
		t->over = true;
		return 0;
	}
	if (load(t, wanted, e) < 0 || choose(t, e) < 0)
		return -1;
	t->ready = true;
	say_known(t, wanted && is_there(t->q->config));
	return 0;
}

/* -- what he says instead */

static int
hear_account(struct talk *t, struct str value, struct err *e)
{
	(void)e;
	buf_set(&t->account, value);
	return 0;
}

static int
hear_from(struct talk *t, struct str value, struct err *e)
{
	(void)e;
	buf_set(&t->from, value);
	return 0;
}

static int
hear_relay(struct talk *t, struct str value, struct err *e)
{
	(void)e;
	t->instead.relay_said = true;
	buf_set(&t->instead.relay, value);
	return 0;
}

static int
hear_user(struct talk *t, struct str value, struct err *e)
{
	(void)e;
	t->instead.user_said = true;
	buf_set(&t->instead.user, value);
	secret_free(&t->instead.password);
	return 0;
}

static int
hear_password(struct talk *t, struct str value, struct err *e)
{
	(void)e;
	secret_set(&t->instead.password, value);
	return 0;
}

/* A refused login is no end: he may say another password. */
static int
hear_open(struct talk *t, struct str value, struct err *e)
{
	struct err why = { 0 };

	(void)value;
	if (!t->ready)
		return err_set(e, EX_PROTOCOL, "open: config comes first");
	if (instead_use(&t->instead, t->host.account, e) < 0)
		return -1;
	(void)host_open(&t->host, &why);
	err_clear(&why);
	return 0;
}

static int
hear_quit(struct talk *t, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	t->over = true;
	return 0;
}

/* -- messages */

static int
hear_end(struct talk *t, struct str value, struct err *e)
{
	int fd;

	(void)value;
	if (!t->drafting)
		return err_set(e, EX_PROTOCOL, "end: of what?");
	fd = draft_seal(&t->draft, e);
	draft_abort(&t->draft);
	t->drafting = false;
	return fd < 0 ? -1 : host_send(&t->host, fd, e);
}

static int
hear_message(struct talk *t, struct str key, struct str value, struct err *e)
{
	if (!t->ready)
		return err_set(e, EX_PROTOCOL, "a message comes behind open");
	if (!t->drafting)
		draft_begin_loose(&t->draft, getuid());
	t->drafting = true;
	if (str_eq(key, STR("data")))
		return draft_data(&t->draft, value, e);
	return draft_field(&t->draft, key, value, e);
}

static const struct word {
	const char *name;
	int (*hear)(struct talk *t, struct str value, struct err *e);
} words[] = {
	{ "config", hear_config },
	{ "end", hear_end },
	{ "from", hear_from },
	{ "open", hear_open },
	{ "password", hear_password },
	{ "quit", hear_quit },
	{ "relay", hear_relay },
	{ "user", hear_user },
};

static int
hear(struct talk *t, struct str key, struct str value, struct err *e)
{
	const struct word *w = TABLE_FIND(words, key);

	/* Before the configuration it is about that, later the message's. */
	if (!t->ready && str_eq(key, STR("account")))
		return hear_account(t, value, e);
	return w != NULL ? w->hear(t, value, e) :
	    hear_message(t, key, value, e);
}

/* -- the stream */

/*
 * More of it: 1, or 0 at its end.  As long as a password may be in there the
 * buffer does not move, so that there is one place to wipe.
 */
static int
read_more(struct talk *t, struct err *e)
{
	size_t room = t->in.cap - t->in.len;	/* a NUL has to fit, too */
	ssize_t n;

	room = room > CHUNK / 2 && room <= CHUNK ? room - 1 : CHUNK;
	do
		n = read(STDIN_FILENO, buf_room(&t->in, room), room);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_sys(e, EX_IOERR, "standard input");
	buf_grew(&t->in, (size_t)n);
	return n > 0;
}

static void
forget_eaten(struct talk *t, bool secret)
{
	struct buf rest = { 0 };

	if (!secret) {
		buf_shift(&t->in, t->eaten);
		return;
	}
	buf_add(&rest, str_skip(buf_str(&t->in), t->eaten));
	buf_wipe(&t->in);
	t->in = rest;
}

static int
hear_all(struct talk *t, struct err *e)
{
	struct str rest, key, value;
	int rc = 1;

	while (!t->over && rc > 0) {
		bool secret;

		rest = buf_str(&t->in);
		rc = field_eat(&rest, FIELD_MAX, &key, &value);
		if (rc < 0)
			return err_set(e, EX_PROTOCOL,
			    "what was said is not made of fields");
		if (rc == 0) {
			rc = read_more(t, e);
			continue;
		}
		t->eaten = t->in.len - rest.len;
		secret = str_eq(key, STR("password"));
		rc = hear(t, key, value, e) < 0 ? -1 : 1;
		forget_eaten(t, secret);
	}
	return rc < 0 ? -1 : 0;
}

static void
talk_free(struct talk *t)
{
	if (t->drafting)
		draft_abort(&t->draft);
	host_free(&t->host);
	buf_wipe(&t->in);
	buf_free(&t->account);
	buf_free(&t->from);
	instead_free(&t->instead);
}

int
converse(const struct question *q)
{
	struct talk t = { .q = q, .host.crew.sock = -1,
	    .host.report.fd = STDOUT_FILENO };
	struct err e = { 0 };
	int status = EX_OK;

	log_open("minismtp-relay", LOG_MAIL);
	(void)buf_room(&t.in, CHUNK);
	if (hear_all(&t, &e) < 0) {
		report_send(&t.host.report, "down", "%d %s", e.code,
		    buf_cstr(&e.text));
		status = e.code;
	}
	if (t.host.crew.sock >= 0)
		host_quit(&t.host);
	report_send(&t.host.report, "bye", "%s", buf_cstr(&t.host.bye));
	talk_free(&t);
	err_clear(&e);
	return status;
}
