// SPDX-License-Identifier: ISC
/*
 * send.c - minismtp send: a message written by a person or a script
 */
#include "front/send.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/prompt.h"
#include "front/dialogue.h"
#include "front/editor.h"
#include "front/hand.h"
#include "front/live.h"
#include "front/place.h"
#include "front/sending.h"
#include "front/tell.h"
#include "front/typed.h"
#include "front/write.h"

/* -- the text, where no file was named */

static int
nothing_sent(struct err *e)
{
	return err_set(e, EX_DATAERR, "nothing was sent");
}

/* As mail(1) does, for whoever has said to whom and not what. */
static int
ask_subject(const struct prompt *p, struct sending *said, struct err *e)
{
	const struct question q = { .words = "Subject:", .optional = true };
	struct buf answer = { 0 };
	int rc = 0;

	if (said->subject.count > 0)
		return 0;
	if (prompt_ask(p, &q, &answer) == SAID_QUIT)
		rc = nothing_sent(e);
	else
		strs_add(&said->subject, buf_str(&answer));
	buf_free(&answer);
	return rc;
}

static int
type_text(struct writing *w, const struct prompt *p, struct err *e)
{
	const char *editor = editor_name();
	struct buf text = { 0 };
	int rc = 0;

	if (editor != NULL)
		rc = editor_write(editor, &text, e);
	else if (typed_read(p, &text) == SAID_QUIT)
		rc = nothing_sent(e);
	if (rc == 0)
		write_text(w, buf_str(&text));
	buf_free(&text);
	return rc;
}

/* Whether it must be typed; else it comes from standard input. */
static bool
is_typed(struct sending *said)
{
	if (said->bodies.count > 0 || said->htmls.count > 0)
		return false;
	if (isatty(STDIN_FILENO) == 1)
		return true;
	strs_add(&said->bodies, STR("-"));
	return false;
}

/* -- without the queue */

static int
go_live(struct live *l, const struct sending *said, struct err *e)
{
	struct str from = said->from.count > 0 ?
	    strs_at(&said->from, said->from.count - 1) : STR("");
	struct place place = { 0 };
	unsigned known = 0;
	int rc = -1;

	if (place_find(&place, &said->options, e) == 0 &&
	    live_start(l, &place, e) == 0)
		rc = live_known(l, true, buf_str(&said->options.account),
		    from, &known, e);
	place_free(&place);
	if (rc < 0)
		return -1;
	if ((known & LIVE_CLOSED) != 0)
		return err_set(e, EX_NOPERM, "--now: %s",
		    buf_cstr(&l->words));
	if ((known & LIVE_RELAY) == 0)
		return err_set(e, EX_CONFIG, "--now: there is no "
		    "configuration that names a relay");
	return live_open(l, e) == LIVE_UP ? 0 : -1;
}

static int
send_now(struct writing *w, const struct sending *said, struct err *e)
{
	struct tell tell = { .verbose = true };
	struct live live = { 0 };
	int rc;

	if (said->options.verbose) {
		live.hear.line = tell_line;
		live.hear.who = &tell;
	}
	rc = go_live(&live, said, e);
	if (rc == 0)
		rc = hand_in(w, said, &live, e);
	live_end(&live);
	buf_free(&live.words);
	return rc;
}

/* -- all of it */

static int
send_written(struct writing *w, struct sending *said, struct err *e)
{
	const struct prompt p = { STDIN_FILENO, STDERR_FILENO, NULL, NULL };
	const struct tell tell = { 0 };
	bool typed = is_typed(said);

	if (typed && ask_subject(&p, said, e) < 0)
		return -1;
	if (write_who(w, said, e) < 0)
		return -1;
	if (!write_has_recipients(w))
		return err_set(e, EX_USAGE,
		    "no recipients: name them, or say --to");
	if (typed && type_text(w, &p, e) < 0)
		return -1;
	if (write_parts(w, said, e) < 0)
		return -1;
	tell_words(&tell, buf_str(&w->warning));
	if (said->dry_run)
		return hand_print(w, e);
	return said->now ? send_now(w, said, e) : hand_in(w, said, NULL, e);
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	struct sending *said = wish;
	struct writing w = { 0 };
	int rc;

	for (size_t i = 0; i < operands->count; i++)
		strs_add(&said->to, strs_at(operands, i));
	if (dialogue_is_wanted(said))
		return dialogue_run(said, e);
	if (said->ask)
		return err_set(e, EX_USAGE, "--ask: there is no terminal");
	rc = send_written(&w, said, e);
	write_free(&w);
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
