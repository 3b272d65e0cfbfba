// SPDX-License-Identifier: ISC
/*
 * actions.h - the steps of a script, each a row of a table
 */
#ifndef MINISMTP_TESTS_ACTIONS_H
#define MINISMTP_TESTS_ACTIONS_H

#include "script.h"

struct action;

const struct action *action_find(struct str name);
void action_run(struct session *s, const struct step *step);

#endif
