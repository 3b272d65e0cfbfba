// SPDX-License-Identifier: ISC
/*
 * dane.h - TLSA records, signed up to the root
 *
 * libgnutls-dane asks, and libunbound below it looks at each signature.  That
 * is done by a child process that has a deadline, as all lookups (lookup.h).
 */
#ifndef MINISMTP_NET_DANE_H
#define MINISMTP_NET_DANE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "net/tlsa.h"

bool dane_is_built_in(void);

/*
 * Those of _port._tcp.host that prove anything: at least one, or it is an
 * error, temporary as all that DNS says.
 */
int dane_lookup(struct tlsas *t, struct str host, unsigned port,
    int64_t deadline, struct err *e);

/* For dane.c and the tests: what the child said. */
int dane_answer(struct tlsas *t, struct str answer, struct err *e);

#endif
