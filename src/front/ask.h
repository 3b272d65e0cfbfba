// SPDX-License-Identifier: ISC
/*
 * ask.h - questions that need the configuration
 *
 * The front never reads it: it becomes the relay program, with the rights of
 * the caller, which says what he may know.
 */
#ifndef MINISMTP_FRONT_ASK_H
#define MINISMTP_FRONT_ASK_H

#include "front/options.h"
#include "front/place.h"
#include "front/verb.h"

/*
 * MODE_ALIASES	minismtp-relay --check-aliases
 * MODE_VERIFY	minismtp-relay --verify [--sender ADDRESS] [--account NAME]
 *			-- ADDRESS...
 * MODE_CHECK	minismtp-relay --check
 * MODE_FLUSH	minismtp-relay --flush [-- SELECT...]
 * MODE_WATCH	minismtp-relay --watch
 *
 * each with --spool DIR --config FILE behind it for personal use, and --verbose
 * for -v.  Returns only if that failed, with the exit status.
 */
int ask_relay(const struct options *o);

/* The same with these options of minismtp-relay. */
int ask_become(const struct options *o, const struct strs *words);

/*
 * Become the relay program of that place: words are its options, with personal
 * use in front of them.  Returns only if that failed, -1.
 */
int ask_at(const struct place *p, const struct strs *words, struct err *e);

/*
 * minismtp config [--check [FILE...] | --defaults | --json]: the same for
 * minismtp-relay, --print where there are none.
 */
extern const struct verb config_verb;

#endif
