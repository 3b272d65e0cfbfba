// SPDX-License-Identifier: ISC
/*
 * sasl.h - the mechanisms that libgsasl knows from the relay's side
 */
#ifndef MINISMTP_TESTS_SASL_H
#define MINISMTP_TESTS_SASL_H

#include "session.h"

/* The whole exchange, with its last reply; initial may be empty. */
void sasl_run(struct session *s, const char *mechanism, struct str initial);

#endif
