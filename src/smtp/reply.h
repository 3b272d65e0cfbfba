// SPDX-License-Identifier: ISC
/*
 * reply.h - one answer of the relay (RFC 5321, 4.2)
 *
 * Pure: no socket in here.  wire.c reads lines and feeds them in one by one.
 * What is not in the grammar is no reply at all, and a reply that is not
 * whole is none either; both are temporary trouble, never a verdict.
 */
#ifndef MINISMTP_SMTP_REPLY_H
#define MINISMTP_SMTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define REPLY_LINES_MAX 512
#define REPLY_BYTES_MAX (64 * 1024)

struct reply {
	int code;		/* 200..559, or 0 before the first line */
	size_t lines;
	struct buf text;	/* lines without their codes, '\n' between */
};

/*
 * Take in one line, CRLF already removed.  Returns 1 when the reply wants
 * another line, 0 when it is complete, -1 when this is not SMTP.
 */
int reply_feed(struct reply *r, struct str line, struct err *e);

/* The digit that decides: 2 is yes, 3 go on, 4 not now, 5 never. */
int reply_class(const struct reply *r);

/*
 * The enhanced status code in front of a reply's text (RFC 2034), "4.5.3", if
 * there is one and its class is the reply's.
 */
bool reply_status(int code, struct str text, struct str *status);

/* "250 2.0.0 ok": all of it on one line, made harmless, for logs. */
void reply_words(int code, struct str text, struct buf *out);

/* This is a refusal of, or a broken answer to, what fmt says; -1. */
int reply_refusal(const struct reply *r, struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

void reply_reset(struct reply *r);
void reply_free(struct reply *r);

#endif
