// SPDX-License-Identifier: ISC
/*
 * check.h - what is wrong with my mail?
 */
#ifndef MINISMTP_FRONT_CHECK_H
#define MINISMTP_FRONT_CHECK_H

#include "front/verb.h"

/* minismtp check: becomes minismtp-relay --examine. */
extern const struct verb check_verb;

#endif
