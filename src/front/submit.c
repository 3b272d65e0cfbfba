// SPDX-License-Identifier: ISC
/*
 * submit.c - one message from standard input into the queue
 */
#include "front/submit.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "front/door.h"
#include "front/hear.h"
#include "front/help.h"
#include "front/input.h"
#include "front/origin.h"
#include "front/place.h"
#include "front/post.h"
#include "front/tell.h"
#include "front/whom.h"
#include "message/dots.h"
#include "message/header.h"
#include "message/reader.h"

struct submission {
	const struct options *options;
	struct place place;
	struct tell tell;
	struct letter letter;
	struct whom whom;
	struct input input;
	struct dots dots;
	struct source *source;	/* the message */
	struct reader reader;
	struct str rest;	/* of the piece in which the header ended */
};

/* All that can be refused before standard input has been touched. */
static int
prepare(struct submission *s, int in, struct err *e)
{
	const struct options *o = s->options;
	struct letter *l = &s->letter;

	if (whom_said(&s->whom, l, o, e) < 0 || tell_open(&s->tell, o, e) < 0 ||
	    place_find(&s->place, o, e) < 0)
		return -1;
	buf_set(&l->env.envid, buf_str(&o->envid));
	l->env.ret = o->ret;
	l->body = o->body;
	l->wait = o->wait;
	l->errors = o->errors;
	l->trace = o->verbose || o->trace_given;
	input_init(&s->input, in);
	s->source = &s->input.source;
	if (!o->ignore_dots) {
		dots_init(&s->dots, s->source, isatty(in) == 1);
		s->source = &s->dots.source;
	}
	return 0;
}

static int
read_header(struct submission *s, struct err *e)
{
	struct header h = { 0 };
	int rc = 0;

	while (!s->reader.in_body &&
	    (rc = source_pull(s->source, &s->rest, e)) > 0)
		if (reader_push(&s->reader, &s->rest, e) < 0)
			return -1;
	if (rc < 0)
		return -1;
	if (!s->reader.in_body && reader_end(&s->reader, e) < 0)
		return -1;
	if (s->options->extract) {
		header_parse(&h, reader_header(&s->reader));
		whom_header(&s->whom, &h);
		header_free(&h);
	}
	return whom_settle(&s->whom, &s->letter, s->options, e);
}

static void
note_facts(struct submission *s)
{
	struct facts *f = &s->letter.facts;

	origin_note(f);
	origin_name(&f->name, buf_str(&s->options->name));
	buf_set(&f->account, buf_str(&s->options->account));
}

/*
 * Without its end the drop throws away what it has got: so whoever leaves here
 * early leaves nothing behind.
 */
static int
pour(struct submission *s, struct post *p, struct err *e)
{
	struct str piece;
	int rc;

	post_envelope(p, &s->letter);
	post_data(p, buf_str(&s->reader.head));
	post_data(p, s->rest);
	while (!p->broken && (rc = source_pull(s->source, &piece, e)) != 0) {
		if (rc < 0)
			return -1;
		post_data(p, piece);
	}
	post_end(p);
	return 0;
}

static void
report(struct submission *s, const struct hear *h)
{
	struct buf words = { 0 };

	if (s->options->verbose || s->options->report) {
		buf_printf(&words, h->sent ? "%s: sent\n" : "%s: queued\n",
		    buf_cstr(&h->id));
		tell_words(&s->tell, buf_str(&words));
	}
	buf_free(&words);
}

/* The message is safe; is there a verdict worth telling? */
static int
await_verdict(struct submission *s, struct hear *h, struct err *e)
{
	if (s->letter.trace) {
		h->line = tell_line;
		h->who = &s->tell;
	}
	if (hear_verdict(h, s->options->wait, e) == 0) {
		tell_words(&s->tell, buf_str(&h->words));
		report(s, h);
		return 0;
	}
	if (s->options->errors == 'e') {	/* by mail, and only so */
		err_clear(e);
		return 0;
	}
	tell_words(&s->tell, buf_str(&h->words));
	/* The words on all of it are those on one of the recipients. */
	if (h->words.len > 0)
		buf_reset(&e->text);
	return -1;
}

static int
submit(struct submission *s, int in, struct err *e)
{
	struct post p = { 0 };
	struct hear h = { 0 };
	int rc = -1;

	if (prepare(s, in, e) < 0 || read_header(s, e) < 0)
		return -1;
	note_facts(s);
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

static void
free_all(struct submission *s)
{
	place_free(&s->place);
	tell_close(&s->tell);
	letter_free(&s->letter);
	whom_free(&s->whom);
	if (s->source == &s->dots.source)
		dots_free(&s->dots);
	input_free(&s->input);
	reader_free(&s->reader);
}

int
submit_run(const struct options *o, int in)
{
	struct submission s = { .options = o };
	struct err e = { 0 };
	struct buf usage = { 0 };
	int status = submit(&s, in, &e) < 0 ? e.code : EX_OK;

	/* The others have their mail, but this must not pass for success. */
	if (status == EX_OK && s.whom.bad.len > 0)
		status = EX_DATAERR;
	tell_words(&s.tell, buf_str(&s.whom.bad));
	if (e.code != 0)
		tell_words(&s.tell, buf_str(&e.text));
	if (status == EX_USAGE) {
		help_usage(&usage);
		fputs(buf_cstr(&usage), stderr);
		buf_free(&usage);
	}
	free_all(&s);
	err_clear(&e);
	return status;
}
