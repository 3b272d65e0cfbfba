// SPDX-License-Identifier: ISC
/*
 * word.h - is this text what it should be?
 *
 * Each check returns NULL, or what is wrong in words that follow
 * "'KEY' = VALUE: ".  Control bytes are wrong everywhere.
 */
#ifndef MINISMTP_CONFIG_WORD_H
#define MINISMTP_CONFIG_WORD_H

#include "base/str.h"

const char *word_text(struct str s);		/* no control bytes */
const char *word_host(struct str s);		/* a name, or an IPv4 */
const char *word_domain(struct str s);		/* a name with a dot */
const char *word_helo(struct str s);		/* a name, or [literal] */
const char *word_ip(struct str s);		/* IPv4 or IPv6, bare */
const char *word_address(struct str s);		/* local@domain */
const char *word_sender(struct str s);		/* the same with %u %h %f */
const char *word_pattern(struct str s);		/* *@domain, see account.h */
const char *word_path(struct str s);		/* /from/the/root */
const char *word_tls_file(struct str s);	/* that, or pkcs11: */
const char *word_pin(struct str s);
const char *word_mechanism(struct str s);	/* auto, off, or a name */
const char *word_header_name(struct str s);
const char *word_file_name(struct str s);	/* no slash, no dot before */

#endif
