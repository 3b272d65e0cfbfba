// SPDX-License-Identifier: ISC
/*
 * session.c - where an SMTP dialogue stands
 */
#include "front/session.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/vis.h"

#define MISTAKES_MAX 50		/* then this is no SMTP client */

/* Nothing of a message that was not finished remains, here or in the drop. */
void
session_reset(struct session *s)
{
	if (s->post.fd > 0)
		close(s->post.fd);
	post_free(&s->post);
	s->post = (struct post){ 0 };
	letter_free(&s->letter);
	s->mail = false;
	s->refused = false;
}

void
session_finish(struct session *s, int status)
{
	s->over = true;
	s->status = status;
}

void
session_mistake(struct session *s, const char *reply)
{
	if (++s->mistakes < MISTAKES_MAX) {
		talk_say(&s->talk, "%s", reply);
		return;
	}
	talk_say(&s->talk, "421 4.7.0 too many mistakes");
	session_finish(s, EX_PROTOCOL);
}

/* The client is gone, or has fallen asleep. */
void
session_lost(struct session *s, enum talked how)
{
	switch (how) {
	case TALK_SILENT:
		talk_say(&s->talk, "421 4.4.2 nothing heard for too long");
		session_finish(s, EX_TEMPFAIL);
		break;
	case TALK_CLOSED:
		/* Between two messages that is rude, inside of one a loss. */
		session_finish(s, s->mail ? EX_PROTOCOL : EX_OK);
		break;
	case TALK_HEARD:
	case TALK_LONG:
	case TALK_BROKEN:
		session_finish(s, EX_IOERR);
		break;
	}
}

/* What an err of the drop is in SMTP: later, too big, or never. */
void
session_say_err(struct session *s, struct err *e)
{
	struct buf words = { 0 };

	vis_add_some(&words, buf_str(&e->text), 400);
	if (err_is_temporary(e))
		talk_say(&s->talk, "451 4.3.0 %s", buf_cstr(&words));
	else
		talk_say(&s->talk, "554 5.6.0 %s", buf_cstr(&words));
	buf_free(&words);
	err_clear(e);
}
