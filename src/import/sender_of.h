// SPDX-License-Identifier: ISC
/*
 * sender_of.h - a table of logins and the addresses that they write under
 */
#ifndef MINISMTP_IMPORT_SENDER_OF_H
#define MINISMTP_IMPORT_SENDER_OF_H

#include "import/importer.h"

/*
 * Makes an account for the mail of login, which goes as that of the outlet at
 * hand, but under address; force is a word of force_sender.  NULL, and a remark
 * says why, if that is not possible.  Outlets may have moved afterwards.
 */
struct outlet *sender_of(struct importer *im, struct str login,
    struct str address, const char *force);

#endif
