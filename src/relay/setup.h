// SPDX-License-Identifier: ISC
/*
 * setup.h - minismtp setup: from an address to a configuration that works
 *
 * Asks for what it cannot find out, and for nothing where there is no terminal;
 * finds a relay (ways.h), tries it and the login (trial.h), and only then
 * writes (config/store.h).  Whoever says "quit" has changed nothing.
 *
 * People's words are on standard error.  Standard output has the configuration
 * with dry-run, the list with providers, else a line "test ADDRESS" if a test
 * message is wanted: sending that is the front's business.
 */
#ifndef MINISMTP_RELAY_SETUP_H
#define MINISMTP_RELAY_SETUP_H

#include <stdbool.h>

#include "base/strs.h"

/* The words are those of wish.h.  Returns the exit status. */
int setup(const char *config, bool personal, const struct strs *words);

#endif
