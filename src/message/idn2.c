// SPDX-License-Identifier: ISC
/*
 * idn2.c - libidn2, mapped when it is needed
 */
#include "message/idn2.h"

#ifdef IDN2_FILE

#include <sysexits.h>

#include "base/library.h"
#include "base/table.h"

struct idn2_calls idn2_lib;

static const struct library_part parts[] = {
#define X(name) { "idn2_" #name, &idn2_lib.name },
	IDN2_CALLS(X)
#undef X
};

static bool shut;

int
idn2_load(struct err *e)
{
	if (shut && !idn2_is_there())
		return err_set(e, EX_TEMPFAIL,
		    "libidn2 cannot be mapped any more");
	return library_load(IDN2_FILE, parts, TABLE_COUNT(parts), e);
}

void
idn2_shut(void)
{
	shut = true;
}

/* They are filled in together. */
bool
idn2_is_there(void)
{
	return idn2_lib.to_ascii_8z != NULL;
}

#else

int
idn2_load(struct err *e)
{
	(void)e;
	return 0;
}

void
idn2_shut(void)
{
}

bool
idn2_is_there(void)
{
	return true;
}

#endif
