// SPDX-License-Identifier: ISC
/*
 * setup.h - minismtp setup: a configuration, made by asking and trying
 *
 * The relay program does it (relay/setup.h), for the front knows neither keys
 * nor network.  The front sends the test message, as any program would.
 */
#ifndef MINISMTP_FRONT_SETUP_H
#define MINISMTP_FRONT_SETUP_H

#include "front/verb.h"

extern const struct verb setup_verb;

#endif
