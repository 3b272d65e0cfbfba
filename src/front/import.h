// SPDX-License-Identifier: ISC
/*
 * import.h - minismtp import: the configuration of another program
 *
 * The same words go to minismtp-relay --import, and with them the configuration
 * that is to be written.
 */
#ifndef MINISMTP_FRONT_IMPORT_H
#define MINISMTP_FRONT_IMPORT_H

#include "front/verb.h"

extern const struct verb import_verb;

#endif
