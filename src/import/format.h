// SPDX-License-Identifier: ISC
/*
 * format.h - the programs whose configurations we can read
 *
 * A reader gets the bytes of one file, whose name and lines are im->at's, and
 * fills im->found, in which there is the top level; further files it asks
 * from im's loader.  It cannot fail: what it does not understand is a remark.
 */
#ifndef MINISMTP_IMPORT_FORMAT_H
#define MINISMTP_IMPORT_FORMAT_H

#include "base/str.h"
#include "import/importer.h"

struct format {
	const char *name;	/* of the program */
	void (*read)(struct importer *im, struct str text);
	/* Where it looks for its configuration, in its order; ~/ is a home. */
	const char *path[4];
};

size_t formats_count(void);
const struct format *formats_at(size_t i);
const struct format *formats_find(struct str name);

void read_dma(struct importer *im, struct str text);
void read_esmtp(struct importer *im, struct str text);
void read_exim(struct importer *im, struct str text);
void read_msmtp(struct importer *im, struct str text);
void read_nullmailer(struct importer *im, struct str text);
void read_opensmtpd(struct importer *im, struct str text);
void read_postfix(struct importer *im, struct str text);
void read_ssmtp(struct importer *im, struct str text);

#endif
