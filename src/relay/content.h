// SPDX-License-Identifier: ISC
/*
 * content.h - what was handed in, looked at once before it is sent
 *
 * The header is held, the body stays in the file: here is where, and what kind
 * of body it is.
 */
#ifndef MINISMTP_RELAY_CONTENT_H
#define MINISMTP_RELAY_CONTENT_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "message/header.h"
#include "message/scan.h"
#include "queue/record.h"

/* Zeroed is none. */
struct content {
	struct buf head;	/* what header has its views of */
	struct header header;
	off_t body;		/* where in the file it begins */
	off_t len;
	struct body_facts facts;
};

/* The header alone, in head and header; body and len as well. */
int content_head(struct content *c, const struct record *r, int fd,
    struct err *e);

/* And the body, looked through once. */
int content_read(struct content *c, const struct record *r, int fd,
    struct err *e);

/* The same, and the sum is compared on the way: 1 where the file is torn. */
int content_verify(struct content *c, const struct record *r, int fd,
    struct err *e);
void content_free(struct content *c);

#endif
