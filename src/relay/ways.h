// SPDX-License-Identifier: ISC
/*
 * ways.h - where mail of a domain may be handed in
 *
 * From what is surest to what is only likely: a provider that the table has,
 * SRV records (RFC 6186, RFC 8314), a provider that takes in the domain's mail,
 * and the host names that people use for this.
 */
#ifndef MINISMTP_RELAY_WAYS_H
#define MINISMTP_RELAY_WAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "config/provider.h"

struct way {
	struct buf relay;	/* "host:port", as the key has it */
	const char *tls;	/* as the key, where the port does not say it */
	bool foreign;		/* DNS names a host outside of the domain */
};

struct ways {
	struct way *item;
	size_t count;
	const struct provider *provider;	/* whose they are, or NULL */
	/* How they are known, for people; behind the provider's title. */
	const char *source;
};

/*
 * All of the surest kind that there is.  A provider without a relay has none:
 * the count is 0 then, and its note says why.  DNS that does not answer by the
 * deadline has nothing to say; that is no error.
 */
void ways_of_domain(struct ways *w, struct str domain, int64_t deadline);

void ways_of_provider(struct ways *w, const struct provider *p);

/* What somebody typed: "host" has the usual ports, "host:port" that one. */
void ways_of_relay(struct ways *w, struct str relay);

void ways_free(struct ways *w);

#endif
