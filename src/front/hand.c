// SPDX-License-Identifier: ISC
/*
 * hand.c - one written message on its way
 */
#include "front/hand.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/colour.h"
#include "base/fd.h"
#include "base/table.h"
#include "base/vis.h"
#include "front/door.h"
#include "front/hear.h"
#include "front/place.h"
#include "front/post.h"
#include "front/tell.h"
#include "front/whom.h"

struct hand {
	const struct sending *said;
	struct writing *writing;
	struct live *live;		/* or NULL: the queue */
	struct options options;		/* its envelope, for whom.h */
	struct place place;
	struct tell tell;
	struct whom whom;
	struct letter letter;
	struct progress sending;
	bool told;			/* of a recipient who has it not */
};

/* -- print it */

/* On paper a line ends as everywhere on this machine. */
int
hand_print(struct writing *w, struct err *e)
{
	struct buf out = { 0 };
	struct str piece, line;
	int rc;

	write_begin(w);
	while ((rc = source_pull(&w->compose.source, &piece, e)) > 0) {
		buf_reset(&out);
		while (str_eat_until(&piece, '\r', &line))
			buf_add(&out, line);
		buf_add(&out, piece);
		if (fd_write(STDOUT_FILENO, buf_str(&out), e) < 0) {
			rc = err_wrap(e, "standard output");
			break;
		}
	}
	buf_free(&out);
	return rc < 0 ? -1 : EX_OK;
}

/* -- who gets it, and the text */

static int
prepare(struct hand *s, struct err *e)
{
	struct options *o = &s->options;
	struct letter *l = &s->letter;

	write_envelope(s->writing, o);
	if (whom_said(&s->whom, l, o, e) < 0 ||
	    whom_settle(&s->whom, l, o, e) < 0 ||
	    tell_open(&s->tell, &s->said->options, e) < 0 ||
	    place_find(&s->place, &s->said->options, e) < 0)
		return -1;
	l->wait = s->said->wait ? WAIT_END : WAIT_PATIENCE;
	l->trace = s->said->options.verbose;
	l->facts = s->writing->facts;
	s->writing->facts = (struct facts){ 0 };
	return 0;
}

static int
pour(struct hand *s, struct post *p, struct err *e)
{
	struct writing *w = s->writing;
	struct progress bar = { 0 };
	struct str piece;
	int rc = 0;

	write_begin(w);
	progress_begin(&bar, "queueing", w->size);
	post_envelope(p, &s->letter);
	while (!p->broken &&
	    (rc = source_pull(&w->compose.source, &piece, e)) > 0) {
		post_data(p, piece);
		progress_add(&bar, piece.len);
	}
	progress_end(&bar);
	if (rc < 0)
		return -1;
	post_end(p);
	return 0;
}

/* -- what is heard of it */

static void
hear_line(void *who, struct str line)
{
	struct hand *s = who;

	progress_end(&s->sending);
	tell_line(&s->tell, line);
}

static void
hear_moved(void *who, uint64_t done, uint64_t total)
{
	struct hand *s = who;

	if (s->sending.words == NULL)
		progress_begin(&s->sending, "sending", total);
	progress_set(&s->sending, done);
}

/*
 * Where somebody waits each recipient is news.  What went through no queue is
 * not tried again, so he must hear of it in any case.
 */
static void
hear_one(void *who, struct str state, struct str address, struct str words)
{
	struct hand *s = who;
	static const struct state {
		const char *name;
		const char *queued, *live;
		enum colour colour;
	} states[] = {
		{ "deferred", "not yet, and tried again later", "not sent",
		    COLOUR_WARNING },
		{ "failed", "refused", "refused", COLOUR_BAD },
		{ "sent", "sent", "sent", COLOUR_GOOD },
	};
	int to = s->said->wait ? STDOUT_FILENO : STDERR_FILENO;
	const struct state *row = TABLE_FIND(states, state);
	struct buf line = { 0 };

	progress_end(&s->sending);
	vis_add(&line, address);
	buf_puts(&line, ": ");
	if (row == NULL)
		buf_puts(&line, "unknown");
	else
		colour_add(&line, colour_is_wanted(to), row->colour,
		    str_of(s->live != NULL ? row->live : row->queued));
	if (words.len > 0) {
		buf_puts(&line, ": ");
		vis_add(&line, words);
	}
	if (s->said->wait) {
		puts(buf_cstr(&line));
		fflush(stdout);
	} else if (row != &states[2])
		tell_words(&s->tell, buf_str(&line));
	s->told |= row != &states[2];
	buf_free(&line);
}

/* A script hears nothing where all is well; a person wants to know. */
static void
report(const struct hand *s, const struct hear *h)
{
	struct buf words = { 0 };

	if (isatty(STDERR_FILENO) == 1 || s->said->options.verbose) {
		buf_printf(&words, h->sent ? "sent (%s)\n" :
		    "queued as %s\n", buf_cstr(&h->id));
		tell_words(&s->tell, buf_str(&words));
	}
	buf_free(&words);
}

static int
await_verdict(struct hand *s, struct hear *h, struct err *e)
{
	int rc;

	h->who = s;
	if (s->letter.trace)
		h->line = hear_line;
	if (s->said->wait)
		h->verdict = hear_one;
	h->moved = hear_moved;
	rc = hear_verdict(h, s->letter.wait, e);
	progress_end(&s->sending);
	if (!s->said->wait) {
		tell_words(&s->tell, buf_str(&h->words));
		s->told = h->words.len > 0;
	}
	if (rc == 0)
		report(s, h);
	return rc;
}

/* -- the two ways */

static int
queue(struct hand *s, struct err *e)
{
	struct post p = { 0 };
	struct hear h = { 0 };
	int rc = -1;

	p.fd = h.fd = door_open(&s->place, s->letter.wait, e);
	if (p.fd < 0)
		return err_wrap(e, "cannot reach the queue");
	if (pour(s, &p, e) == 0 && hear_commit(&h, e) == 0)
		rc = await_verdict(s, &h, e);
	close(p.fd);
	post_free(&p);
	hear_free(&h);
	return rc;
}

static int
converse(struct hand *s, struct err *e)
{
	struct hear *h = &s->live->hear;
	const struct hear before = *h;
	struct progress bar = { 0 };
	int rc;

	h->who = s;
	h->line = s->letter.trace ? hear_line : NULL;
	h->verdict = hear_one;
	h->moved = hear_moved;
	write_begin(s->writing);
	progress_begin(&bar, "writing", s->writing->size);
	rc = live_send(s->live, &s->letter, &s->writing->compose.source, &bar,
	    e);
	progress_end(&s->sending);
	h->moved = NULL;
	h->who = before.who;
	h->line = before.line;
	h->verdict = NULL;
	return rc;
}

int
hand_in(struct writing *w, const struct sending *said, struct live *live,
    struct err *e)
{
	struct hand s = { .said = said, .writing = w, .live = live };
	int rc = prepare(&s, e);

	if (rc == 0)
		rc = live != NULL ? converse(&s, e) : queue(&s, e);
	/* The words on all of it are those on one of the recipients. */
	if (rc < 0 && s.told) {
		rc = e->code;
		err_clear(e);
	}
	/* The others have their mail, but this must not pass for success. */
	if (rc == 0 && s.whom.bad.len > 0)
		rc = EX_DATAERR;
	tell_words(&s.tell, buf_str(&s.whom.bad));
	place_free(&s.place);
	tell_close(&s.tell);
	letter_free(&s.letter);
	whom_free(&s.whom);
	options_free(&s.options);
	return rc;
}
