// SPDX-License-Identifier: ISC
/*
 * help.h - the usage text, and which version this is
 */
#ifndef MINISMTP_FRONT_HELP_H
#define MINISMTP_FRONT_HELP_H

#include "base/buf.h"

void help_usage(struct buf *out);	/* the short form, for mistakes */
void help_all(struct buf *out);		/* --help: every row */
void help_version(struct buf *out);

#endif
