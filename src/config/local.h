// SPDX-License-Identifier: ISC
/*
 * local.h - who is meant by an address that is none outside of this machine
 *
 * cron writes to "root", and no relay knows him.  Such a recipient goes
 * through the aliases, then to admin, then to itself with a domain behind it.
 */
#ifndef MINISMTP_CONFIG_LOCAL_H
#define MINISMTP_CONFIG_LOCAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/aliases.h"
#include "config/config.h"

/* The names that this machine has; each may be empty. */
struct here {
	struct buf host;	/* its name, full where that is known */
	struct buf mailname;	/* of /etc/mailname */
};

/* Asks the kernel and /etc/mailname; nothing here is worth an error. */
void here_load(struct here *h);
void here_free(struct here *h);

/*
 * Does this machine answer to that name?  Any case, maybe a dot at the end.
 * What stands in /etc/mailname does not count where it is also the domain that
 * bare addresses get: then people with an address there live elsewhere.
 */
bool local_is_here(const struct config *c, const struct here *h,
    struct str host);

/*
 * Is address somebody on this machine?  Then *name is his name, a view into
 * address.  "root", "root@localhost", "root@" and the full names.
 */
bool local_name(const struct config *c, const struct here *h,
    struct str address, struct str *name);

/*
 * What stands behind the @ of a bare address: domain, else that of sender,
 * else helo, else the host's full name, else mailname; the host's short name
 * where there is nothing better.
 */
void local_domain(const struct account *a, const struct here *h,
    struct buf *out);

/* address as it is, or with that domain where it has none. */
void local_qualify(const struct account *a, const struct here *h,
    struct str address, struct buf *out);

/* All names that mean here, for message/complete.h. */
void local_hosts(const struct config *c, const struct here *h,
    struct strs *out);

/*
 * Where a recipient really goes: one or more full addresses are added to out
 * (each once; one that out has already is not added again).  redirect is not
 * looked at here.  why (or NULL) gets one line per step.  -1 as from
 * aliases_expand(): this recipient waits, the others do not.
 */
struct local {
	const struct config *config;
	const struct account *account;
	const struct here *here;
	const struct aliases *aliases;	/* or NULL */
	const struct loader *loader;	/* for :include:, or NULL: none */
	/* For forward = yes; NULL: forward_load() of forward.h. */
	int (*forward)(void *arg, struct str login, struct buf *text,
	    struct err *e);
};
int local_resolve(const struct local *l, struct str recipient,
    struct strs *out, struct buf *why, struct err *e);

/* Reads the aliases of the configuration; no such file is no error. */
int local_aliases(const struct config *c, struct aliases *a,
    struct mistakes *m, struct err *e);

/* Every loop in l->aliases, and each file it names that cannot be read. */
void local_check_aliases(const struct local *l, struct mistakes *m);

#endif
