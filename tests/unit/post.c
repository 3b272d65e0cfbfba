// SPDX-License-Identifier: ISC
/*
 * post.c - letters for tests, which remember what has become of them
 */
#include "post.h"

#include <sysexits.h>

/* Pieces of one line each, and then the disk is broken. */
static int
pull_broken(struct source *source, struct str *piece, struct err *e)
{
	struct post *p = (struct post *)(void *)
	    ((char *)source - offsetof(struct post, broken));

	if (p->breaks == 1)
		return err_set(e, EX_IOERR, "the disk is broken");
	p->breaks--;
	*piece = STR("a line of text, as many others\r\n");
	return 1;
}

static int
open_post(struct letter *l, const struct ehlo *caps, struct source **text,
    struct err *e)
{
	struct post *p = (struct post *)l;

	(void)caps;
	p->opened++;
	if (p->words == NULL && p->breaks == 0)
		return err_set(e, EX_IOERR, "the file is gone");
	source_text_init(&p->text, str_of(p->words != NULL ? p->words : ""));
	p->broken.pull = pull_broken;
	*text = p->words != NULL ? &p->text.source : &p->broken;
	return 0;
}

static void
close_post(struct letter *l)
{
	((struct post *)l)->closed++;
}

static void
note_verdict(struct letter *l, size_t who)
{
	((struct post *)l)->verdicts[who]++;
}

static void
note_settled(struct letter *l)
{
	((struct post *)l)->settled++;
}

void
post_init(struct post *p, size_t number, size_t rcpts, const char *words)
{
	struct buf name = { 0 };

	*p = (struct post){ .words = words };
	p->letter = (struct letter){ .env = &p->env, .open = open_post,
	    .close = close_post, .verdict = note_verdict,
	    .settled = note_settled };
	buf_printf(&p->env.sender, "s%zu@x.test", number);
	for (size_t i = 0; i < rcpts; i++) {
		buf_reset(&name);
		buf_printf(&name, "r%zu@y.test", i);
		envelope_add(&p->env, buf_str(&name));
	}
	buf_free(&name);
}

void
post_free(struct post *p)
{
	envelope_free(&p->env);
}

struct letter *
post_next(void *who)
{
	struct post **at = who, *p = *at;

	if (p == NULL)
		return NULL;
	*at = p->next;
	return &p->letter;
}
