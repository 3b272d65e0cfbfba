// SPDX-License-Identifier: ISC
/*
 * doors.h - the addresses of a relay, found and knocked at
 *
 * For learnt.c, into whose struct they are written.
 */
#ifndef MINISMTP_RELAY_DOORS_H
#define MINISMTP_RELAY_DOORS_H

#include "config/config.h"
#include "relay/learnt.h"

/* Ask the name service: l->host and l->door. */
void doors_find(struct learnt *l, const struct relay *r);

/* Connect to each of them, one after the other, and hang up. */
void doors_knock(struct learnt *l);

/* None opens: l->other_port, at the same host. */
void doors_try_others(struct learnt *l);

#endif
