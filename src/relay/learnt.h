// SPDX-License-Identifier: ISC
/*
 * learnt.h - one session with a relay, and all that was seen of it
 *
 * The way that mail goes (line.h), with ears: name service, addresses, answers,
 * TLS, login; then MAIL and RCPT, which are taken back.  Nothing in here
 * judges; the checks do (exam_relay.c).
 */
#ifndef MINISMTP_RELAY_LEARNT_H
#define MINISMTP_RELAY_LEARNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "net/chain.h"
#include "net/lookup.h"
#include "relay/exam.h"
#include "smtp/greet.h"
#include "smtp/probe.h"

/* A host that stands for the relay, and what the name service says of it. */
struct learnt_host {
	struct buf host;
	int port;
	struct endpoints places;
	int64_t ms;
	struct err why;			/* code 0: it was found */
};

/*
 * One of its addresses.  Where there are several each is knocked at; a single
 * one is reached by the session, or not.
 */
struct learnt_door {
	struct buf address;		/* "192.0.2.1 587" */
	int64_t ms;
	struct err why;			/* code 0: it opens */
};

struct learnt {
	const struct account *account;
	size_t relay;			/* which of the account's */
	bool direct;			/* no proxy, no command, no path */

	struct learnt_host *host;
	size_t hosts;
	struct err no_host;		/* srv: and mx: */
	struct learnt_door *door;
	size_t doors;
	int other_port;			/* open where ours is not, or 0 */

	bool reached, ready;
	enum greet_step step;		/* how far it came */
	struct err why;			/* it ended there */
	int64_t began, connect_ms;
	struct buf banner;		/* "220 mx ESMTP" */
	int64_t banner_ms;
	struct buf hello;		/* the last answer to EHLO, its lines */
	unsigned has;			/* EHLO_* */
	struct buf tls;			/* "TLS1.3 ..." */
	struct chain chain;
	struct buf offered;		/* AUTH */
	const char *mechanism;		/* taken, or NULL */
	bool logging_in;
	bool without_login;		/* the password is not ours to have */

	struct buf sender, to;
	bool probed;
	enum probe_step probe;
	struct buf probe_words;
	struct err probe_why;
};

/* Closes the sandbox on the way: to be called in a child. */
void learn(struct learnt *l, const struct exam *x);
void learnt_free(struct learnt *l);

#endif
