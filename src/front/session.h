// SPDX-License-Identifier: ISC
/*
 * session.h - where an SMTP dialogue stands
 */
#ifndef MINISMTP_FRONT_SESSION_H
#define MINISMTP_FRONT_SESSION_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "front/post.h"
#include "front/serve.h"
#include "front/talk.h"
#include "message/facts.h"

struct session {
	struct talk talk;
	const struct options *options;
	const struct serve_exit *to;
	struct facts facts;	/* of the process, copied into each letter */
	struct letter letter;
	bool mail;		/* MAIL has been taken */
	struct post post;	/* while data comes; post.fd 0: none */
	bool refused;		/* the rest of a BDAT message is thrown away */
	int mistakes;
	bool over;
	int status;
};

void session_reset(struct session *s);		/* as after RSET */
void session_finish(struct session *s, int status);
/* One wrong command; the reply, or the end if there were too many. */
void session_mistake(struct session *s, const char *reply);
void session_lost(struct session *s, enum talked how);
/* A failure of ours as a reply; clears e. */
void session_say_err(struct session *s, struct err *e);

#endif
