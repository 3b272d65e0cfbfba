// SPDX-License-Identifier: ISC
/*
 * html.h - the little that must be known of HTML to send it
 *
 * No judgement of it, and no promise for what is broken but that something
 * sensible comes out and every byte is looked at once.
 */
#ifndef MINISMTP_MESSAGE_HTML_H
#define MINISMTP_MESSAGE_HTML_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * The same as plain text, for whoever reads no HTML.  utf8: the text may get
 * letters beyond ASCII where entities stand for them.
 */
void html_plain(struct buf *out, struct str html, bool utf8);

#endif
