// SPDX-License-Identifier: ISC
/*
 * gsasl.c - libgsasl, mapped when it is needed
 */
#include "smtp/gsasl.h"

#ifdef GSASL_FILE

#include "base/library.h"
#include "base/table.h"

struct gsasl_calls gsasl_lib;

static const struct library_part parts[] = {
#define X(name) { "gsasl_" #name, &gsasl_lib.name },
	GSASL_CALLS(X)
#undef X
};

int
gsasl_load(struct err *e)
{
	return library_load(GSASL_FILE, parts, TABLE_COUNT(parts), e);
}

#else

int
gsasl_load(struct err *e)
{
	(void)e;
	return 0;
}

#endif
