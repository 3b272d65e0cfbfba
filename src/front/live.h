// SPDX-License-Identifier: ISC
/*
 * live.h - a session with the relay, for as long as somebody writes
 *
 * Seen from here it is a process beside us (relay/converse.h), for the front
 * has no network.
 */
#ifndef MINISMTP_FRONT_LIVE_H
#define MINISMTP_FRONT_LIVE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/source.h"
#include "base/str.h"
#include "front/hear.h"
#include "front/place.h"
#include "front/post.h"
#include "front/progress.h"

enum {
	LIVE_RELAY = 1,		/* a configuration answers that */
	LIVE_USER = 2,
	LIVE_PASSWORD = 4,
	LIVE_LOGS_IN = 8,	/* and by that there is a login */
	LIVE_CLOSED = 16	/* there is one, and it is not ours to read */
};

enum live_fate {
	LIVE_UP,
	LIVE_LOGIN,		/* user or password are refused */
	LIVE_DOWN
};

/* Zeroed is none. */
struct live {
	struct hear hear;	/* .fd 0: not started */
	struct buf peer;	/* with whom */
	struct buf words;	/* the relay's last */
};

/* From here on live_end() is due; who and line are for hear. */
int live_start(struct live *l, const struct place *p, struct err *e);

/* What is known; without "wanted" no configuration is looked at. */
int live_known(struct live *l, bool wanted, struct str account,
    struct str from, unsigned *known, struct err *e);

/* Instead of what a configuration says. */
void live_relay(struct live *l, struct str relay);
void live_user(struct live *l, struct str user);
void live_password(struct live *l, const struct secret *password);

/* Connect and log in; e is filled where it is not up. */
enum live_fate live_open(struct live *l, struct err *e);

/*
 * One message; each recipient's verdict goes to l->hear.verdict.  0 when all
 * are sent; -1 when not, or when the text could not be read: then nothing was
 * sent, and the session is over.
 */
int live_send(struct live *l, const struct letter *letter,
    struct source *text, struct progress *bar, struct err *e);

/* QUIT; the relay's answer is in l->words, or it is empty. */
void live_end(struct live *l);

#endif
