// SPDX-License-Identifier: ISC
/*
 * print.h - the configuration as it is in force
 *
 * In the form in which it is read, so that it can be read again; secrets are
 * "..." (and are the reason why it cannot).
 */
#ifndef MINISMTP_CONFIG_PRINT_H
#define MINISMTP_CONFIG_PRINT_H

#include "base/buf.h"
#include "config/config.h"

void print_config(const struct config *c, struct buf *out);
void print_defaults(struct buf *out);		/* with a comment for each */
void print_json(const struct config *c, struct buf *out);

/* One text, quoted so that it is read again as it is. */
void print_text(struct buf *out, struct str s);

#endif
