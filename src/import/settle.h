// SPDX-License-Identifier: ISC
/*
 * settle.h - where mail goes and how safely, judged once for all formats
 *
 * What protects mail is kept.  What did not is not carried over, with one
 * exception: a relay that was spoken to in the clear and without a password
 * stays so, for it may know nothing else.  A password never goes in the clear,
 * TLS is never optional, and certificates are checked; where the old program
 * saw that otherwise a remark says so, and a line that is commented out brings
 * it back.
 */
#ifndef MINISMTP_IMPORT_SETTLE_H
#define MINISMTP_IMPORT_SETTLE_H

#include "base/err.h"
#include "import/found.h"

/*
 * Makes relay, tls and what depends on others settings of every outlet.  -1
 * with words (EX_CONFIG) if the top level has no relay: that is nothing to
 * write down.
 */
int found_settle(struct found *f, struct err *e);

#endif
