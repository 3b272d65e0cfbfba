// SPDX-License-Identifier: ISC
/*
 * dialogue.c - a message, and another one, asked for at the terminal
 */
#include "front/dialogue.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/colour.h"
#include "base/prompt.h"
#include "base/vis.h"
#include "front/answers.h"
#include "front/edit.h"
#include "front/hand.h"
#include "front/live.h"
#include "front/place.h"
#include "front/tell.h"
#include "front/typed.h"
#include "front/write.h"

struct dialogue {
	struct sending *said;		/* of the message at hand */
	struct prompt prompt;
	struct edit edit;
	struct place place;
	struct tell tell;		/* for -v */
	struct live live;
	bool direct;			/* there is a session, not the queue */
	unsigned known;			/* LIVE_* */
	struct buf host, port, login;	/* the answers so far */
	struct buf from;		/* of the last message */
	int status;
};

/* -- before the first message */

/*
 * -1: there is no configuration that could be used, and why; with --ask it is
 * not needed.  One that is not ours to read has a queue that we may use.
 */
static int
look_around(struct dialogue *d, struct err *e)
{
	const struct sending *s = d->said;
	struct str from = s->from.count > 0 ?
	    strs_at(&s->from, s->from.count - 1) : STR("");
	int rc;

	if (live_start(&d->live, &d->place, e) < 0)
		return -1;
	if (s->options.verbose) {
		d->tell.verbose = true;
		d->live.hear.line = tell_line;
		d->live.hear.who = &d->tell;
	}
	rc = live_known(&d->live, true, buf_str(&s->options.account), from,
	    &d->known, e);
	d->direct = rc == 0 && (d->known & LIVE_CLOSED) == 0;
	if (rc == 0 && (d->direct || !s->ask))
		return 0;
	if (!s->ask)
		return -1;
	err_clear(e);
	live_end(&d->live);
	d->direct = true;
	if (live_start(&d->live, &d->place, e) < 0)
		return -1;
	return live_known(&d->live, false, STR(""), STR(""), &d->known, e);
}

static enum said
ask_relay(struct dialogue *d)
{
	const struct question host = { .words = "Host:",
	    .check = answer_host };
	const struct question port = { .words = "Port:", .usual = "587",
	    .check = answer_port };
	struct buf relay = { 0 };
	enum said said = prompt_ask(&d->prompt, &host, &d->host);

	if (said == SAID_IT && !answer_has_port(buf_str(&d->host)))
		said = prompt_ask(&d->prompt, &port, &d->port);
	if (said == SAID_IT) {
		answer_relay(&relay, buf_str(&d->host), buf_str(&d->port));
		live_relay(&d->live, buf_str(&relay));
	}
	buf_free(&relay);
	return said;
}

/* Without a login the relay wants none. */
static enum said
ask_login(struct dialogue *d, bool user)
{
	const struct question login = { .words = "Login:", .optional = true };
	struct secret password = { 0 };
	enum said said = SAID_IT;

	if (user) {
		said = prompt_ask(&d->prompt, &login, &d->login);
		if (said == SAID_IT)
			live_user(&d->live, buf_str(&d->login));
		if (said == SAID_IT && d->login.len == 0)
			return SAID_IT;
	}
	if (said == SAID_IT)
		said = prompt_secret(&d->prompt, "Password:", &password);
	if (said == SAID_IT)
		live_password(&d->live, &password);
	secret_free(&password);
	return said;
}

static void
say_result(struct dialogue *d, enum colour colour, const char *how,
    const char *what)
{
	struct buf line = { 0 };

	colour_add(&line, colour_is_wanted(d->prompt.out), colour,
	    str_of(how));
	prompt_say(&d->prompt, "%s%s\n", buf_cstr(&line), what);
	buf_free(&line);
}

/*
 * Until we are logged in.  What was asked is asked again where it was wrong;
 * what a configuration says must be mended there.
 */
static enum said
connect(struct dialogue *d, struct err *e)
{
	bool all = d->said->ask;
	bool relay = all || (d->known & LIVE_RELAY) == 0;
	bool user = all || (d->known & LIVE_USER) == 0;
	bool password = user || (d->known & LIVE_PASSWORD) == 0;
	bool ask_where = relay, ask_who = password;
	enum live_fate fate;

	for (;;) {
		if (ask_where && ask_relay(d) == SAID_QUIT)
			return SAID_QUIT;
		if (ask_who && ask_login(d, user) == SAID_QUIT)
			return SAID_QUIT;
		prompt_say(&d->prompt, "Connecting ...\n");
		fate = live_open(&d->live, e);
		if (fate == LIVE_UP)
			break;
		ask_where = relay && fate == LIVE_DOWN;
		ask_who = password && fate == LIVE_LOGIN;
		if (!ask_where && !ask_who)
			return SAID_IT;
		say_result(d, COLOUR_BAD, "Failed: ", buf_cstr(&e->text));
		err_clear(e);
	}
	say_result(d, COLOUR_GOOD, "Connected to ", buf_cstr(&d->live.peer));
	if (d->login.len > 0 || (!user && (d->known & LIVE_LOGS_IN) != 0))
		prompt_say(&d->prompt, "The login is accepted.\n");
	return SAID_IT;
}

/* -- a message */

static enum said
ask_list(struct dialogue *d, const char *words, bool optional,
    struct strs *list)
{
	const struct question q = { .words = words, .optional = optional,
	    .check = answer_list };
	struct buf answer = { 0 };
	enum said said = list->count > 0 ? SAID_IT :
	    prompt_ask(&d->prompt, &q, &answer);

	if (answer.len > 0)
		strs_add(list, buf_str(&answer));
	buf_free(&answer);
	return said;
}

static enum said
ask_from(struct dialogue *d)
{
	struct question q = { .words = "Your e-mail:", .check = answer_one };
	struct buf answer = { 0 };
	enum said said;

	if (d->said->from.count > 0) {
		buf_set(&d->from, strs_at(&d->said->from,
		    d->said->from.count - 1));
		return SAID_IT;
	}
	if (d->from.len > 0)
		q.usual = buf_cstr(&d->from);
	said = prompt_ask(&d->prompt, &q, &answer);
	if (answer.len > 0) {
		strs_add(&d->said->from, buf_str(&answer));
		buf_set(&d->from, buf_str(&answer));
	}
	buf_free(&answer);
	return said;
}

static enum said
ask_subject(struct dialogue *d)
{
	const struct question q = { .words = "Subject:", .optional = true };
	struct buf answer = { 0 };
	enum said said = d->said->subject.count > 0 ? SAID_IT :
	    prompt_ask(&d->prompt, &q, &answer);

	if (said == SAID_IT && d->said->subject.count == 0)
		strs_add(&d->said->subject, buf_str(&answer));
	buf_free(&answer);
	return said;
}

static enum said
ask_message(struct dialogue *d, struct buf *text)
{
	struct sending *s = d->said;

	if (ask_from(d) == SAID_QUIT ||
	    ask_list(d, "Recipient e-mail:", false, &s->to) == SAID_QUIT ||
	    ask_list(d, "Carbon copy e-mails:", true, &s->cc) == SAID_QUIT ||
	    ask_list(d, "BCC:", true, &s->bcc) == SAID_QUIT ||
	    ask_subject(d) == SAID_QUIT)
		return SAID_QUIT;
	if (s->bodies.count > 0 || s->htmls.count > 0)
		return SAID_IT;
	return typed_read(&d->prompt, text);
}

/* What went wrong with one message is no reason to end the session. */
static void
send_message(struct dialogue *d, struct str text)
{
	struct writing w = { 0 };
	struct sending *s = d->said;
	struct err e = { 0 };
	bool typed = s->bodies.count == 0 && s->htmls.count == 0;
	int rc = write_who(&w, s, &e);

	if (rc == 0 && typed)
		write_text(&w, text);
	if (rc == 0)
		rc = write_parts(&w, s, &e);
	prompt_say(&d->prompt, "%s", buf_cstr(&w.warning));
	if (rc == 0 && s->dry_run)
		rc = hand_print(&w, &e);
	else if (rc == 0)
		rc = hand_in(&w, s, d->direct ? &d->live : NULL, &e);
	if (rc < 0)
		prompt_say(&d->prompt, "%s\n", buf_cstr(&e.text));
	if (rc != 0)
		d->status = rc < 0 ? e.code : rc;
	write_free(&w);
	err_clear(&e);
}

/* The first is what was said; behind it everything is asked anew. */
static void
converse(struct dialogue *d)
{
	struct sending *first = d->said, next = { 0 };
	struct buf text = { 0 };

	while (ask_message(d, &text) == SAID_IT) {
		d->said->wait = true;
		send_message(d, buf_str(&text));
		buf_reset(&text);
		sending_again(&next, first);
		d->said = &next;
		if (d->direct && d->live.hear.fd == 0)
			break;
		prompt_say(&d->prompt, "Another message, or quit.\n");
	}
	d->said = first;
	sending_free(&next);
	buf_free(&text);
}

/* -- all of it */

static bool
is_configured(const struct sending *said)
{
	struct place p = { 0 };
	struct err e = { 0 };
	bool there = place_find(&p, &said->options, &e) < 0 || p.personal ||
	    access(SYSCONFDIR "/minismtp.conf", F_OK) == 0;

	place_free(&p);
	err_clear(&e);
	return there;
}

bool
dialogue_is_wanted(const struct sending *said)
{
	if (isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1)
		return false;
	if (said->to.count == 0 && said->cc.count == 0 && said->bcc.count == 0)
		return true;
	return !said->dry_run && (said->ask || !is_configured(said));
}

static void
say_goodbye(struct dialogue *d, bool up)
{
	struct buf words = { 0 };

	live_end(&d->live);
	vis_add(&words, buf_str(&d->live.words));
	if (!up)
		prompt_say(&d->prompt, "Bye.\n");
	else if (words.len > 0)
		prompt_say(&d->prompt, "QUIT: the session has ended: %s\n",
		    buf_cstr(&words));
	else
		prompt_say(&d->prompt, "QUIT: the session has ended.\n");
	buf_free(&words);
	buf_free(&d->live.words);
}

int
dialogue_run(struct sending *said, struct err *e)
{
	struct dialogue d = { .said = said,
	    .prompt = { STDIN_FILENO, STDERR_FILENO, NULL, NULL } };
	enum said answer = SAID_IT;
	int rc = place_find(&d.place, &said->options, e);

	edit_start(&d.edit, &d.prompt);
	if (rc == 0 && !said->dry_run)
		rc = look_around(&d, e);
	if (rc == 0 && d.direct)
		answer = connect(&d, e);
	if (rc == 0 && e->code == 0 && answer == SAID_IT)
		converse(&d);
	if (rc == 0 && e->code == 0)
		say_goodbye(&d, d.direct && d.live.peer.len > 0);
	else
		live_end(&d.live);
	place_free(&d.place);
	buf_free(&d.host);
	buf_free(&d.port);
	buf_free(&d.login);
	buf_free(&d.from);
	buf_free(&d.live.words);
	return e->code != 0 ? -1 : d.status;
}
