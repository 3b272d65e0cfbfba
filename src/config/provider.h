// SPDX-License-Identifier: ISC
/*
 * provider.h - relays that many people use
 *
 * What somebody would have to look up: which host and port, which password of
 * several, and where that is made.  A row never says more than the provider's
 * own pages; what has changed shows at the login, before anything is written.
 */
#ifndef MINISMTP_CONFIG_PROVIDER_H
#define MINISMTP_CONFIG_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define PROVIDER_PORTS 2

enum provider_user {
	USER_IS_ADDRESS,
	USER_IS_LOCAL,		/* what stands before the @ */
	USER_IS_FIXED,		/* the same for everybody */
	USER_IS_ASKED		/* made there, like the password */
};

struct provider {
	const char *name;	/* for --provider */
	const char *title;	/* for people */
	const char *domains;	/* of its addresses, with blanks between */
	const char *mx;		/* ends of the names of its mail exchangers */
	const char *host;	/* NULL: it has no relay, see note */
	int port[PROVIDER_PORTS];	/* in order; 0: no more */
	enum provider_user user;
	const char *user_words;	/* the fixed one, or what to ask for */
	const char *password;	/* which one it wants */
	bool token;		/* which only a program can fetch */
	const char *where;	/* the page where that is made, or NULL */
	bool own_from;		/* it takes no other address in From */
	const char *limit;	/* as the key has it, or NULL */
	const char *more;	/* further lines for the file, or NULL */
	const char *note;	/* what else one should know, or NULL */
};

const struct provider *provider_at(size_t i);	/* by name; NULL at the end */
const struct provider *provider_find(struct str name);		/* or NULL */
const char *provider_nearest(struct str name);			/* or NULL */

/* Whose addresses have that domain, in any case; or NULL. */
const struct provider *provider_of_domain(struct str domain);

/* Whose mail exchanger that is: the name, or the end of it; or NULL. */
const struct provider *provider_of_mx(struct str host);

#endif
