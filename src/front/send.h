// SPDX-License-Identifier: ISC
/*
 * send.h - minismtp send: a message written by a person or a script
 */
#ifndef MINISMTP_FRONT_SEND_H
#define MINISMTP_FRONT_SEND_H

#include "front/verb.h"

extern const struct verb send_verb;

#endif
