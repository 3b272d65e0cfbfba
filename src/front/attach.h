// SPDX-License-Identifier: ISC
/*
 * attach.h - a file that becomes a part of a message
 *
 * Looked through when it is opened, read again when the message is written;
 * whoever changes it in between is told, and nothing is sent.  What is no file
 * (a pipe, a device) is copied first.
 */
#ifndef MINISMTP_FRONT_ATTACH_H
#define MINISMTP_FRONT_ATTACH_H

#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/source.h"
#include "front/magic.h"
#include "front/progress.h"
#include "message/compose.h"
#include "message/survey.h"

/* It must stay where it is while a message is made from it. */
struct attach {
	struct source source;		/* of its bytes, once */
	struct buf path;		/* for words */
	struct part part;
	struct survey survey;
	int fd;				/* 0: the text is in memory */
	struct buf text;
	uint64_t at;
	struct timespec changed;
	struct buf chunk;
	struct progress *progress;	/* or NULL */
};

/*
 * "-" is standard input.  -1 with one line about what is wrong with it.  The
 * part has neither type nor name yet.
 */
int attach_open(struct attach *a, struct str path, struct err *e);

/* A text that is here already; it is copied. */
void attach_text(struct attach *a, struct str text);

/* As a file of its own: type by content and name, and its name. */
void attach_file(struct attach *a, struct magic *magic, struct str charset);

/*
 * As the text of the message; type is "text/plain" or "text/html".  -1 when it
 * is no text, or not in the charset that was said.
 */
int attach_body(struct attach *a, const char *type, struct str said,
    struct str charset, struct err *e);

/* All of it into memory; -1 if that is more than max. */
int attach_read(struct attach *a, struct buf *out, size_t max,
    struct err *e);

void attach_free(struct attach *a);

#endif
