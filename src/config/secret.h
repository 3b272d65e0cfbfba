// SPDX-License-Identifier: ISC
/*
 * secret.h - where a password comes from
 *
 * A file, a command, systemd's credentials, ~/.netrc.  Whatever it is, the
 * bytes go straight into a struct secret, and a place where others could read
 * or exchange them is refused with the command that mends it.
 *
 * All return 0 with the secret set, or -1; an empty secret is an error.  Which
 * place is asked is the configuration's business, not ours.
 */
#ifndef MINISMTP_CONFIG_SECRET_H
#define MINISMTP_CONFIG_SECRET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/strs.h"

#define SECRET_MAX 8192		/* bytes of a secret; OAuth tokens are long */
#define SECRET_COMMAND_MS 30000	/* how long a password_command may think */

/* The first line. */
int secret_from_file(const char *path, struct secret *s, struct err *e);

/*
 * The first line of what a program says: no shell, an environment of PATH,
 * HOME, USER, LOGNAME, LANG and XDG_RUNTIME_DIR, /dev/null as its stdin and
 * stderr.  A name without a slash is looked up in our own fixed PATH.  The
 * program's file must belong to root or to us and be writable by nobody else.
 * An exit status other than 0 is an error even if it has spoken.
 */
int secret_from_command(const struct strs *argv, int64_t ms,
    struct secret *s, struct err *e);

/*
 * Whoever runs it has a right that his user has not, so the program must be
 * root's and nobody else's to write.  key is for words.
 */
int secret_check_helper(const char *key, const char *name, struct err *e);

/*
 * Takes "cmd arg 'a b' \"c\"" apart into words as a shell would, but expands
 * nothing.  What only a shell could do (| & ; < > $ ` unquoted) is an error,
 * so that nobody believes it happened.
 */
int secret_split(struct str line, struct strs *argv, struct err *e);

/*
 * The whole of the file name in dir, less one line end; dir is usually
 * getenv("CREDENTIALS_DIRECTORY"), and NULL is an error with words of its own.
 */
int secret_from_credential(const char *dir, const char *name,
    struct secret *s, struct err *e);

/*
 * The entry of a .netrc for host, and for *user unless that is empty; else
 * *user is set to the entry's login.  1: found, 0: there is none, -1.  That
 * the file is missing is "none"; "default" entries are not for us, a password
 * goes to the host it is meant for.
 */
int secret_from_netrc(const char *path, struct str host, struct buf *user,
    struct secret *s, struct err *e);

/* The one in the home of who we are; the environment may be empty. */
bool secret_netrc_path(struct buf *path);

/*
 * May this open file hold a secret?  It must belong to root or to us; nobody
 * else may read or write it but our own group (read only, for
 * root:minismtp 0640); no directory above it may be writable by others.  The
 * configuration file is asked the same question when it has a password in it.
 */
int secret_check_file(int fd, const char *path, struct err *e);

#endif
