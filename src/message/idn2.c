// SPDX-License-Identifier: ISC
/*
 * idn2.c - libidn2, mapped when it is needed
 */
#include "message/idn2.h"

#ifdef IDN2_FILE

#include "base/library.h"
#include "base/table.h"

struct idn2_calls idn2_lib;

static const struct library_part parts[] = {
#define X(name) { "idn2_" #name, &idn2_lib.name },
	IDN2_CALLS(X)
#undef X
};

int
idn2_load(struct err *e)
{
	return library_load(IDN2_FILE, parts, TABLE_COUNT(parts), e);
}

#else

int
idn2_load(struct err *e)
{
	(void)e;
	return 0;
}

#endif
