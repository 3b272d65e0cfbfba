// SPDX-License-Identifier: ISC
/*
 * store.h - a configuration, and the secret beside it, onto the disk
 *
 * For programs that write what administrators usually write.  There is the old
 * file or the new one, whole, whatever happens: a new one is written beside it,
 * synced, and renamed over it.  The old one stays, with its owner and mode, as
 * "NAME.old", "NAME.old.2" and so on; none of these is ever overwritten.  A
 * file that is already as it shall be is left alone.
 *
 *	store_secret_path(&path, config, STR(""));
 *	buf_puts(&text, "password_file = ");
 *	print_text(&text, buf_str(&path));		(config/print.h)
 *	...
 *	if (store_secret(buf_cstr(&path), &secret, personal, NULL, e) < 0 ||
 *	    store_config(config, buf_str(&text), personal, &backup, e) < 0)
 *
 * The secret comes first: a configuration never names one that is not there.
 *
 * The machine's files become root:minismtp 0640, for the group that carries the
 * mail; without that group nothing is written.  Personal ones are the caller's
 * own, 0600, and their directory is made (0700) where it is missing.
 */
#ifndef MINISMTP_CONFIG_STORE_H
#define MINISMTP_CONFIG_STORE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

/*
 * "/etc/minismtp.conf" has its secret in "/etc/minismtp.password", that of an
 * account in "/etc/minismtp.ACCOUNT.password"; what cannot stand in the name of
 * a file becomes "_".
 */
void store_secret_path(struct buf *out, const char *config,
    struct str account);

/*
 * A text that the parser does not take is not written (EX_DATAERR, and its
 * first mistake).  backup is set to where the old one is kept, or becomes empty
 * if there was none or it was the same; it may be NULL.
 */
int store_config(const char *path, struct str text, bool personal,
    struct buf *backup, struct err *e);

/* One line. */
int store_secret(const char *path, const struct secret *s, bool personal,
    struct buf *backup, struct err *e);

#endif
