// SPDX-License-Identifier: ISC
/*
 * live.c - a session with the relay, for as long as somebody writes
 */
#include "front/live.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/table.h"
#include "front/door.h"
#include "queue/field.h"

static int
gone(struct err *e)
{
	return err_set(e, EX_TEMPFAIL, "minismtp-relay has ended");
}

/* It cannot be gone without being heard of: a failed write says nothing. */
static void
say(struct live *l, const char *key, struct str value)
{
	struct buf field = { 0 };
	struct err e = { 0 };

	field_add(&field, key, value);
	(void)fd_write(l->hear.fd, buf_str(&field), &e);
	buf_free(&field);
	err_clear(&e);
}

int
live_start(struct live *l, const struct place *p, struct err *e)
{
	int fd = door_converse(p, e);

	if (fd < 0)
		return -1;
	l->hear.fd = fd;
	return 0;
}

/* "65 words" */
static int
take_failure(struct str value, struct err *e)
{
	uint64_t code;

	if (!str_eat_number(&value, &code) || !str_eat(&value, STR(" ")) ||
	    code < EX_USAGE || code > EX_CONFIG)
		return gone(e);
	return err_set(e, (int)code, "%.*s", STR_ARGS(value));
}

/*
 * The next that is no line of the dialogue: 1, or -1 with why there is none.
 */
static int
hear(struct live *l, struct buf *key, struct buf *value, struct err *e)
{
	while (hear_field(&l->hear, CLOCK_NEVER, key, value) > 0) {
		if (str_eq(buf_str(key), STR("down")))
			return take_failure(buf_str(value), e);
		if (!str_eq(buf_str(key), STR("trace")))
			return 1;
		if (l->hear.line != NULL)
			l->hear.line(l->hear.who, buf_str(value));
	}
	return gone(e);
}

static const struct known {
	const char *name;
	unsigned bit;
} knowns[] = {
	{ "login", LIVE_LOGS_IN },
	{ "password", LIVE_PASSWORD },
	{ "relay", LIVE_RELAY },
	{ "user", LIVE_USER },
};

int
live_known(struct live *l, bool wanted, struct str account, struct str from,
    unsigned *known, struct err *e)
{
	struct buf key = { 0 }, value = { 0 };
	struct str words, word;
	int rc;

	if (account.len > 0)
		say(l, "account", account);
	if (from.len > 0)
		say(l, "from", from);
	say(l, "config", wanted ? STR("yes") : STR("no"));
	rc = hear(l, &key, &value, e);
	words = buf_str(&value);
	*known = 0;
	if (rc > 0 && str_eq(buf_str(&key), STR("closed"))) {
		*known = LIVE_CLOSED;
		buf_set(&l->words, words);
	} else if (rc > 0)
		while (str_eat_word(&words, &word)) {
			const struct known *row = TABLE_FIND(knowns, word);

			*known |= row != NULL ? row->bit : 0;
		}
	buf_free(&key);
	buf_free(&value);
	return rc > 0 ? 0 : -1;
}

void
live_relay(struct live *l, struct str relay)
{
	say(l, "relay", relay);
}

void
live_user(struct live *l, struct str user)
{
	say(l, "user", user);
}

/* It is written from where it lies, and never copied. */
void
live_password(struct live *l, const struct secret *password)
{
	struct str text = secret_reveal(password);
	struct buf head = { 0 };
	struct err e = { 0 };

	buf_printf(&head, "password %zu:", text.len);
	if (fd_write(l->hear.fd, buf_str(&head), &e) == 0 &&
	    fd_write(l->hear.fd, text, &e) == 0)
		(void)fd_write(l->hear.fd, STR("\n"), &e);
	buf_free(&head);
	err_clear(&e);
}

enum live_fate
live_open(struct live *l, struct err *e)
{
	struct buf key = { 0 }, value = { 0 };
	enum live_fate fate = LIVE_DOWN;

	say(l, "open", STR(""));
	if (hear(l, &key, &value, e) < 0) {
		fate = LIVE_DOWN;
	} else if (str_eq(buf_str(&key), STR("up"))) {
		buf_set(&l->peer, buf_str(&value));
		fate = LIVE_UP;
	} else if (str_eq(buf_str(&key), STR("login"))) {
		err_set(e, EX_NOPERM, "%s", buf_cstr(&value));
		fate = LIVE_LOGIN;
	} else
		(void)gone(e);
	buf_free(&key);
	buf_free(&value);
	return fate;
}

static int
pour(struct live *l, const struct letter *letter, struct source *text,
    struct progress *bar, struct err *e)
{
	struct post p = { .fd = l->hear.fd };
	struct str piece;
	int rc = 0;

	post_envelope(&p, letter);
	while (!p.broken && (rc = source_pull(text, &piece, e)) > 0) {
		post_data(&p, piece);
		progress_add(bar, piece.len);
	}
	if (rc == 0)
		post_end(&p);
	post_free(&p);
	return rc < 0 ? -1 : 0;
}

int
live_send(struct live *l, const struct letter *letter, struct source *text,
    struct progress *bar, struct err *e)
{
	int rc = pour(l, letter, text, bar, e);

	progress_end(bar);
	if (rc < 0) {
		/* Half a message is in there: it must not be sent. */
		close(l->hear.fd);
		l->hear.fd = 0;
		return -1;
	}
	buf_reset(&l->hear.words);
	rc = hear_verdict(&l->hear, WAIT_END, e);
	if (rc == 0 && l->hear.code < 0)
		return gone(e);
	if (rc == 0 && l->hear.code != EX_OK)
		return err_set(e, l->hear.code,
		    "the message was not sent to everybody");
	return rc;
}

void
live_end(struct live *l)
{
	struct buf key = { 0 }, value = { 0 };
	struct err e = { 0 };

	buf_reset(&l->words);
	if (l->hear.fd > 0) {
		say(l, "quit", STR(""));
		while (hear(l, &key, &value, &e) > 0)
			if (str_eq(buf_str(&key), STR("bye"))) {
				buf_set(&l->words, buf_str(&value));
				break;
			}
		close(l->hear.fd);
	}
	buf_free(&key);
	buf_free(&value);
	buf_free(&l->peer);
	hear_free(&l->hear);
	l->hear.fd = 0;
	err_clear(&e);
}
