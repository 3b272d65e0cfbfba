// SPDX-License-Identifier: ISC
/*
 * idn2.h - libidn2, for the source that calls it
 *
 * Here its names mean what the library has once it is mapped (base/library.h).
 */
#ifndef MINISMTP_MESSAGE_IDN2_H
#define MINISMTP_MESSAGE_IDN2_H

#include <idn2.h>
#include <stdbool.h>

#include "base/err.h"

#include "config.h"

/*
 * Maps it, the first time; afterwards nothing that a sandbox could mind.  Once
 * it is shut, what is not there is an error.
 */
int idn2_load(struct err *e);
void idn2_shut(void);
bool idn2_is_there(void);

#ifdef IDN2_FILE

#define IDN2_CALLS(X) \
	X(check_version) X(free) X(strerror) X(to_ascii_8z)

struct idn2_calls {
#define X(name) __typeof__(idn2_##name) *name;
	IDN2_CALLS(X)
#undef X
};

extern struct idn2_calls idn2_lib;

#define idn2_check_version idn2_lib.check_version
#define idn2_free idn2_lib.free
#define idn2_strerror idn2_lib.strerror
#define idn2_to_ascii_8z idn2_lib.to_ascii_8z

#endif
#endif
