// SPDX-License-Identifier: ISC
/*
 * version.h - minismtp --version
 *
 * The front links nothing but libc; which libraries and features there are is
 * known to the relay program, so that one is asked.  It may be missing.
 */
#ifndef MINISMTP_FRONT_VERSION_H
#define MINISMTP_FRONT_VERSION_H

#include "front/verb.h"

int version_print(struct err *e);

extern const struct verb version_verb;

#endif
