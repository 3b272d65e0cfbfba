// SPDX-License-Identifier: ISC
/*
 * gnutls.c - GnuTLS, mapped when it is needed
 */
#include "net/gnutls.h"

#ifdef GNUTLS_FILE

#include "base/library.h"
#include "base/table.h"

struct gnutls_calls gnutls_lib;

static const struct library_part parts[] = {
#define X(name) { "gnutls_" #name, &gnutls_lib.name },
	GNUTLS_CALLS(X)
#undef X
#if GNUTLS_VERSION_NUMBER >= 0x030704
	{ "gnutls_ciphersuite_get", &gnutls_lib.ciphersuite_get },
#endif
	{ "gnutls_free", &gnutls_lib.free },
};

int
gnutls_load(struct err *e)
{
	return library_load(GNUTLS_FILE, parts, TABLE_COUNT(parts), e);
}

#else

int
gnutls_load(struct err *e)
{
	(void)e;
	return 0;
}

#endif
