// SPDX-License-Identifier: ISC
/*
 * target.h - where a relay is, as an administrator writes it
 *
 *	mail.example.com		port 587, STARTTLS
 *	mail.example.com:465		implicit TLS
 *	192.0.2.1  [2001:db8::1]:25	v6 addresses in brackets
 *	unix:/run/mta/socket		a local socket
 *	lmtp:HOST[:PORT]  lmtp:unix:/path	LMTP; port 24 when none is said
 *	srv:example.com			_submissions, _submission (RFC 6186)
 *	mx:example.com			its mail exchangers, port 25
 */
#ifndef MINISMTP_NET_TARGET_H
#define MINISMTP_NET_TARGET_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define PORT_SUBMISSION 587
#define PORT_SUBMISSIONS 465
#define PORT_SMTP 25
#define PORT_LMTP 24

enum target_kind {
	TARGET_HOST,
	TARGET_UNIX,
	TARGET_SRV,
	TARGET_MX
};

struct target {
	enum target_kind kind;
	struct buf name;	/* host, address without brackets, path, domain */
	int port;		/* of TARGET_HOST */
	bool lmtp;
	bool implicit_tls;
};

/* Mistakes are EX_CONFIG, in words that name the text. */
int target_parse(struct str text, struct target *t, struct err *e);
void target_free(struct target *t);

#endif
