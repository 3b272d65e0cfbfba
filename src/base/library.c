// SPDX-License-Identifier: ISC
/*
 * library.c - a library that is mapped when it is needed, and not before
 */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>
#include <sysexits.h>

/* ISO C has no pointer that may point to both, POSIX says it works. */
static void
point(const struct library_part *p, void *to)
{
	memcpy(p->at, &to, sizeof(to));
}

static void *
pointed(const struct library_part *p)
{
	void *to;

	memcpy(&to, p->at, sizeof(to));
	return to;
}

int
library_load(const char *file, const struct library_part *part,
    size_t count, struct err *e)
{
	void *library, *symbol;

	/* The last one is filled last. */
	if (pointed(&part[count - 1]) != NULL)
		return 0;
	/*
	 * What wants to be bound at once says so itself.  The rest has
	 * hundreds of functions of which a mail needs a few, each found when
	 * it is called first, in memory alone, so a sandbox does not mind.
	 */
	library = dlopen(file, RTLD_LAZY);
	if (library == NULL)
		return err_set(e, EX_OSERR, "%s", dlerror());
	for (size_t i = 0; i < count; i++) {
		symbol = dlsym(library, part[i].name);
		if (symbol == NULL)
			return err_set(e, EX_OSERR, "%s", dlerror());
		point(&part[i], symbol);
	}
	return 0;
}
