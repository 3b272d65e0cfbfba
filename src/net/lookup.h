// SPDX-License-Identifier: ISC
/*
 * lookup.h - ask the name service, and not longer than we want to
 *
 * The C library's resolver cannot be told how long it may take, and what it
 * takes apart has come from the network.  So a child process asks and parses,
 * hands over the result and ends; at the deadline it is killed.  All errors
 * are temporary (EX_TEMPFAIL or EX_NOHOST), in words for an administrator.
 */
#ifndef MINISMTP_NET_LOOKUP_H
#define MINISMTP_NET_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/*
 * What the child does: append the answer, "what" being whatever the question
 * needs.  It may take as long as it likes and need not clean up.
 */
typedef void lookup_fn(const char *name, int what, struct buf *answer);
int lookup_ask(lookup_fn *question, const char *name, int what,
    int64_t deadline, struct buf *answer, struct err *e);

#define LOOKUP_MAX 64		/* addresses or hosts that we look at */

struct endpoint {
	struct sockaddr_storage addr;
	socklen_t len;
};

struct endpoints {
	struct endpoint item[LOOKUP_MAX];
	size_t count;
};

/* "192.0.2.1", "2001:db8::1": known without asking anybody. */
bool lookup_literal(const char *host, int port, struct endpoints *p);

/* Literals, and what /etc/hosts has (listed.h), without asking. */
int lookup_host(const char *host, int port, int64_t deadline,
    struct endpoints *p, struct err *e);

/* One answer to SRV or MX; port 0 and weight 0 for MX. */
struct service {
	struct buf host;	/* empty: "." - there is no such service */
	unsigned priority, weight;
	int port;
};

struct services {
	struct service *item;
	size_t count;
};

/*
 * In the order in which they are to be tried (RFC 2782, RFC 5321, 5.1).  A
 * name that has none is no error: the count is 0.
 */
int lookup_srv(const char *name, int64_t deadline, struct services *s,
    struct err *e);
int lookup_mx(const char *name, int64_t deadline, struct services *s,
    struct err *e);
void services_free(struct services *s);

/* For lookup.c and the tests: sorts them, with the dice of base/rand.h. */
void services_order(struct services *s);

/* "192.0.2.1", without brackets or port. */
void endpoint_words(const struct endpoint *p, struct buf *out);

#endif
