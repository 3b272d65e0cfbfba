// SPDX-License-Identifier: ISC
/*
 * sniff.h - what kind of file this is
 *
 * From its first bytes and its name: bytes know more about pictures and
 * archives, a name more about text and about what is in a container.
 */
#ifndef MINISMTP_MESSAGE_SNIFF_H
#define MINISMTP_MESSAGE_SNIFF_H

#include <stdbool.h>

#include "base/str.h"
#include "message/survey.h"

/*
 * "image/png": a type that a part may have, never a multipart.  said is what
 * somebody else found in the content (libmagic), or empty; it is believed where
 * it is a type at all.  What is returned may be a view into it.
 */
struct str sniff(const struct survey *s, struct str name, struct str said);

/* By the table of first bytes alone, or of names; empty where none fits. */
struct str sniff_bytes(struct str head);
struct str sniff_name(struct str name);

#endif
