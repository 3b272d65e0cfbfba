// SPDX-License-Identifier: ISC
/*
 * take.h - ways to take a value that several formats have
 *
 * Each is the function of a row, and where that names a key or a bit they are
 * meant.
 */
#ifndef MINISMTP_IMPORT_TAKE_H
#define MINISMTP_IMPORT_TAKE_H

#include "import/importer.h"

/* The relay's host alone, its port alone, or host:port and [host]:port. */
void take_host(struct importer *im, struct str value);
void take_port(struct importer *im, struct str value);
void take_host_port(struct importer *im, struct str value);
void take_password(struct importer *im, struct str value);

/* A path, maybe with ~/; none takes it back. */
void take_path(struct importer *im, struct str value);
/* One more value; value may have several, between blanks and commas. */
void take_list(struct importer *im, struct str value);
void take_seconds(struct importer *im, struct str value);

/* The bit is set by yes, on, true, 1 and nothing; or by their opposites. */
void take_on(struct importer *im, struct str value);
void take_off(struct importer *im, struct str value);
bool take_truth(struct importer *im, struct str value, bool *truth);

/* What is done here whether one says so or not; only "no" has no equal. */
void take_always(struct importer *im, struct str value);

#endif
