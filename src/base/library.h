// SPDX-License-Identifier: ISC
/*
 * library.h - a library that is mapped when it is needed, and not before
 *
 * A mail to the relay next door needs no TLS, and most domains need no IDNA;
 * but to map and relocate GnuTLS with what it stands on costs more than all the
 * rest of such a mail.  So these libraries are not linked.  Their names are
 * known at build time, the dynamic linker looks for them where it looks for all
 * others, and nothing that a user can name is ever loaded.
 */
#ifndef MINISMTP_BASE_LIBRARY_H
#define MINISMTP_BASE_LIBRARY_H

#include <stddef.h>

#include "base/err.h"

struct library_part {
	const char *name;	/* of a symbol */
	void *at;		/* the pointer that shall point to it */
};

/*
 * Maps the library and fills all pointers; where that was done before it does
 * nothing at all.  What is mapped stays.  It opens files: in a sandbox it is
 * too late.
 */
int library_load(const char *file, const struct library_part *part,
    size_t count, struct err *e);

#endif
