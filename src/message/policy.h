// SPDX-License-Identifier: ISC
/*
 * policy.h - how messages shall look that leave this machine
 *
 * The configuration's word, made for one message.  Zeroed it asks for nothing.
 */
#ifndef MINISMTP_MESSAGE_POLICY_H
#define MINISMTP_MESSAGE_POLICY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/strs.h"

struct policy {
	struct buf domain;	/* for addresses that have none */
	struct strs local;	/* hosts that mean none: root@localhost */
	struct buf from;	/* From must be this address (force_sender) */
	struct buf from_name;	/* and this name; empty: "root on host42" */
	struct strs add;	/* "Name: value", if there is none so far */
	struct strs remove;	/* names of fields that shall not leave */
	struct strs original_to;	/* redirect: for X-Original-To */
	unsigned folded;	/* it stands for so many; 0 and 1: itself */
	struct buf mailer;	/* for X-Mailer, or empty */
	bool auto_submitted;	/* say that no person wrote this */
	bool auto_if_cron;	/* say so where it is a job's output */
	bool disclosed;		/* no To where there is none */
	bool no_received;
};

/* Is it as good as no host at all? */
bool policy_is_local(const struct policy *p, struct str host);
/* Does it bring no address into a message that is not ASCII? */
bool policy_is_ascii(const struct policy *p);
void policy_free(struct policy *p);

#endif
