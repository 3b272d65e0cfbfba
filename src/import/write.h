// SPDX-License-Identifier: ISC
/*
 * write.h - what was found, as a configuration of ours
 */
#ifndef MINISMTP_IMPORT_WRITE_H
#define MINISMTP_IMPORT_WRITE_H

#include <stddef.h>

#include "base/buf.h"
#include "import/found.h"

enum write_secrets {
	WRITE_FILES,		/* password_file = ..., see config/store.h */
	WRITE_PASSWORDS		/* the passwords themselves: wipe out */
};

/*
 * Where a password that is printed as a file has to go; secret belongs to the
 * found.
 */
struct secret_files {
	struct secret_file {
		struct buf path;
		const struct secret *secret;
	} * item;
	size_t count;
};

/*
 * f has been settled; path is where the configuration is to go, which says
 * where its secrets are.  What an account has as the top level has it is not
 * repeated, and what it must not inherit is taken back.  files may be NULL.
 */
void write_config(const struct found *f, enum write_secrets how,
    const char *path, struct buf *out, struct secret_files *files);
void secret_files_free(struct secret_files *files);

#endif
