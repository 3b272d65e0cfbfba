// SPDX-License-Identifier: ISC
/*
 * inspect.h - is the configuration right, and what does it come to?
 */
#ifndef MINISMTP_RELAY_INSPECT_H
#define MINISMTP_RELAY_INSPECT_H

#include "relay/question.h"

/*
 * Every mistake as "file:line: words", of the configuration or of the files
 * that the question is about: EX_CONFIG if there is one.
 */
int inspect_config(const struct question *q);

/* The same for the alias file: EX_DATAERR. */
int inspect_aliases(const struct question *q);

/* The configuration in force, and what each key is when it is not said. */
int inspect_print(const struct question *q);
int inspect_json(const struct question *q);
int inspect_defaults(const struct question *q);

#endif
