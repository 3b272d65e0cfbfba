// SPDX-License-Identifier: ISC
/*
 * send.c - minismtp send: a message written by a person or a script
 */
#include "front/send.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/prompt.h"
#include "base/table.h"
#include "base/vis.h"
#include "front/door.h"
#include "front/editor.h"
#include "front/hear.h"
#include "front/place.h"
#include "front/post.h"
#include "front/sending.h"
#include "front/tell.h"
#include "front/typed.h"
#include "front/whom.h"
#include "front/write.h"

struct send {
	const struct sending *said;
	struct options options;		/* its envelope, for whom.h */
	struct writing writing;
	struct place place;
	struct tell tell;
	struct whom whom;
	struct letter letter;
};

/* -- the text, where no file was named */

static int
type_text(struct writing *w, struct err *e)
{
	const struct prompt p = { STDIN_FILENO, STDERR_FILENO, NULL, NULL };
	const char *editor = editor_name();
	struct buf text = { 0 };
	int rc = 0;

	if (editor != NULL)
		rc = editor_write(editor, &text, e);
	else if (typed_read(&p, &text) == SAID_QUIT)
		rc = err_set(e, EX_DATAERR, "nothing was sent");
	if (rc == 0)
		write_text(w, buf_str(&text));
	buf_free(&text);
	return rc;
}

static int
take_text(struct send *s, struct sending *said, struct err *e)
{
	if (said->bodies.count > 0 || said->htmls.count > 0)
		return 0;
	if (isatty(STDIN_FILENO) == 1)
		return type_text(&s->writing, e);
	strs_add(&said->bodies, STR("-"));
	return 0;
}

/* -- print it */

/* On paper a line ends as everywhere on this machine. */
static int
print(struct writing *w, struct err *e)
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

/* -- hand it in */

static int
prepare(struct send *s, struct err *e)
{
	struct options *o = &s->options;
	struct letter *l = &s->letter;

	write_envelope(&s->writing, o);
	if (whom_said(&s->whom, l, o, e) < 0 ||
	    whom_settle(&s->whom, l, o, e) < 0 ||
	    tell_open(&s->tell, &s->said->options, e) < 0 ||
	    place_find(&s->place, &s->said->options, e) < 0)
		return -1;
	l->wait = s->said->wait ? WAIT_END : WAIT_PATIENCE;
	l->trace = s->said->options.verbose;
	l->facts = s->writing.facts;
	s->writing.facts = (struct facts){ 0 };
	return 0;
}

static int
pour(struct send *s, struct post *p, struct err *e)
{
	struct writing *w = &s->writing;
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

static void
tell_verdict(void *who, struct str state, struct str address,
    struct str words)
{
	static const struct state {
		const char *name;
		const char *words;
	} states[] = {
		{ "deferred", "not yet, and tried again later" },
		{ "failed", "refused" },
		{ "sent", "sent" },
	};
	const struct state *row = TABLE_FIND(states, state);
	struct buf line = { 0 };

	(void)who;
	vis_add(&line, address);
	buf_printf(&line, ": %s", row != NULL ? row->words : "unknown");
	if (words.len > 0) {
		buf_puts(&line, ": ");
		vis_add(&line, words);
	}
	puts(buf_cstr(&line));
	fflush(stdout);
	buf_free(&line);
}

/* A script hears nothing where all is well; a person wants to know. */
static void
report(const struct send *s, const struct hear *h)
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
await_verdict(struct send *s, struct hear *h, struct err *e)
{
	int rc;

	h->who = &s->tell;
	if (s->letter.trace)
		h->line = tell_line;
	if (s->said->wait)
		h->verdict = tell_verdict;
	rc = hear_verdict(h, s->letter.wait, e);
	if (!s->said->wait)
		tell_words(&s->tell, buf_str(&h->words));
	if (rc == 0)
		report(s, h);
	return rc;
}

static int
hand_in(struct send *s, struct err *e)
{
	struct post p = { 0 };
	struct hear h = { 0 };
	int rc = -1;

	if (prepare(s, e) < 0)
		return -1;
	p.fd = h.fd = door_open(&s->place, "put", e);
	if (p.fd < 0)
		return err_wrap(e, "cannot reach the queue");
	if (pour(s, &p, e) == 0 && hear_commit(&h, e) == 0)
		rc = await_verdict(s, &h, e);
	close(p.fd);
	post_free(&p);
	hear_free(&h);
	return rc;
}

/* -- all of it */

static int
send_one(struct send *s, struct sending *said, struct err *e)
{
	struct writing *w = &s->writing;

	if (write_who(w, said, e) < 0)
		return -1;
	if (!write_has_recipients(w))
		return err_set(e, EX_USAGE,
		    "no recipients: name them, or say --to");
	if (take_text(s, said, e) < 0 || write_parts(w, said, e) < 0)
		return -1;
	tell_words(&s->tell, buf_str(&w->warning));
	if (said->dry_run)
		return print(w, e);
	return hand_in(s, e);
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	struct sending *said = wish;
	struct send s = { .said = said };
	int rc;

	for (size_t i = 0; i < operands->count; i++)
		strs_add(&said->to, strs_at(operands, i));
	rc = send_one(&s, said, e);
	if (rc == 0 && s.whom.bad.len > 0)
		rc = EX_DATAERR;
	tell_words(&s.tell, buf_str(&s.whom.bad));
	place_free(&s.place);
	tell_close(&s.tell);
	letter_free(&s.letter);
	whom_free(&s.whom);
	options_free(&s.options);
	write_free(&s.writing);
	return rc;
}

static void
forget(void *wish)
{
	sending_free(wish);
}

const struct verb send_verb = {
	.name = "send",
	.words = "write a message and send it",
	.operands = "[address ...]",
	.completes = COMPLETES_ADDRESS,
	.options = sending_options,
	.size = sizeof(struct sending),
	.run = run,
	.free = forget,
};
