// SPDX-License-Identifier: ISC
/*
 * environment.h - nobody talks to us through the environment
 */
#ifndef MINISMTP_GUARD_ENVIRONMENT_H
#define MINISMTP_GUARD_ENVIRONMENT_H

/*
 * Removes every variable that is not on the list of names, which ends with
 * NULL; a NULL list removes all.  What is not NAME=VALUE goes too.
 */
void environment_clear(const char *const keep[]);

/* What a program of ours needs when it runs for its own user only. */
extern const char *const environment_personal[];

#endif
