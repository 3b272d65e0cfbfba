// SPDX-License-Identifier: ISC
/*
 * msmtp.h - msmtprc's accounts, which inherit from one another
 */
#ifndef MINISMTP_IMPORT_MSMTP_H
#define MINISMTP_IMPORT_MSMTP_H

#include "import/importer.h"

/* Bits of outlet.own. */
enum own {
	AUTH = 1,
	TLS = 2,
	WHOLE_TLS = 4,		/* tls_starttls off */
	UNVERIFIED = 8,		/* tls_certcheck off */
	FIXED_SENDER = 16,	/* allow_from_override off */
	FIXED_FROM = 32,	/* set_from_header on */
	AUTO_FROM = 64
};

/* The lines "defaults" and "account NAME [: NAME, ...]". */
void msmtp_defaults(struct importer *im, struct str value);
void msmtp_account(struct importer *im, struct str value);

/* What the lines of an account come to; and which is the top level. */
void msmtp_finish(struct importer *im);

#endif
