// SPDX-License-Identifier: ISC
/*
 * found.h - what an old configuration comes to
 *
 * Each format fills the same struct: settings in our own keys, and beside them
 * what only all lines together decide: where mail goes and how safely it gets
 * there.  settle.h judges that once for all formats and makes settings of it,
 * write.h prints them.
 */
#ifndef MINISMTP_IMPORT_FOUND_H
#define MINISMTP_IMPORT_FOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/keys.h"
#include "config/mistakes.h"
#include "import/remark.h"

#define OUTLETS_MAX 200
/*
 * Names that no account has, with a line end in front, are for what is needed
 * while reading; found_settle() drops them.
 */
#define OUTLET_NOBODY STR("\n")

enum found_tls {
	FOUND_TLS_NONE,		/* never */
	FOUND_TLS_MAYBE,	/* if the relay happens to offer it */
	FOUND_TLS_STARTTLS,
	FOUND_TLS_IMPLICIT
};

struct setting {
	const struct key *key;
	struct strs values;	/* none: taken back */
};

/* An account as the old program had it.  Places are views into found.files. */
struct outlet {
	struct buf name;		/* empty: the top level */
	struct place at;		/* where it begins */
	struct setting *setting;
	size_t settings;

	struct buf host;		/* or /path of a socket */
	int port;			/* 0: as the program has it */
	bool mx;			/* the domain's mail exchangers */
	bool lmtp;
	struct buf proxy;
	int proxy_port;
	unsigned own;			/* bits of the format's own */
	unsigned said;			/* which of them were said */
	struct strs spare;		/* further relays, as we write them */
	enum found_tls tls;
	bool unverified;		/* whoever answers is believed */
	struct secret password;
	bool exposed;			/* everybody could read it */
	struct place host_at, tls_at, verify_at, password_at;

	struct strs hints;		/* lines to print commented out */
};

struct found {
	const char *program;		/* whose configuration it was */
	struct strs files;		/* their names, in order */
	struct outlet *outlet;		/* [0] is the top level */
	size_t outlets;
	int64_t retry_min, retry_max;	/* seconds; 0: not said */
	struct remarks remarks;
};

/*
 * The outlet with that name, in any case, as our accounts have theirs; made if
 * need be.  NULL: there are too many.
 */
struct outlet *found_outlet(struct found *f, struct str name);
/* The same, but NULL where there is none. */
struct outlet *found_find(const struct found *f, struct str name);
/* The first that goes somewhere, or the top level. */
struct outlet *found_first(struct found *f);
bool outlet_is_aside(const struct outlet *o);
void found_drop(struct found *f, size_t i);
/*
 * Makes to what from is, but for its name, its place and what is the whole
 * machine's; never the same outlet.
 */
void outlet_copy(struct outlet *to, const struct outlet *from);
/* The same, but what from does not say stays in to. */
void outlet_merge(struct outlet *to, const struct outlet *from);

/* One value in place of all; one more; one more if it is new. */
void outlet_set(struct outlet *o, const char *key, struct str value);
void outlet_append(struct outlet *o, const char *key, struct str value);
void outlet_add(struct outlet *o, const char *key, struct str value);
void outlet_unset(struct outlet *o, const char *key);
/* NULL: it was not said. */
const struct setting *outlet_get(const struct outlet *o, const struct key *key);
/* The first value, or empty. */
struct str outlet_value(const struct outlet *o, const char *key);

void found_free(struct found *f);

#endif
