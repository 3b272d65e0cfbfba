// SPDX-License-Identifier: ISC
/*
 * crew_words.h - the words of a courier, as the run understands them
 *
 * They are listed in relay/post.h.
 */
#ifndef MINISMTP_RELAY_CREW_WORDS_H
#define MINISMTP_RELAY_CREW_WORDS_H

#include "relay/crew.h"

/* A packet of his; -1 where it makes no sense. */
int crew_take(struct crew *c, const struct crew_ear *ear, struct str packet,
    struct err *e);

/* The task at that place is the crew's no more. */
struct task *crew_let_go(struct crew *c, size_t at);
void crew_settle(struct crew *c, size_t at, const struct crew_ear *ear);

#endif
