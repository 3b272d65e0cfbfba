// SPDX-License-Identifier: ISC
/*
 * postfix.h - main.cf: parameters that stand in one another
 */
#ifndef MINISMTP_IMPORT_POSTFIX_H
#define MINISMTP_IMPORT_POSTFIX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "import/importer.h"

#define PARAMETERS_MAX 2000

/* Bits of outlet.own. */
enum own {
	USE_TLS = 1,
	ENFORCE_TLS = 2,
	WRAPPER = 4,
	SASL = 8,
	LEVEL = 16		/* smtp_tls_security_level was said */
};

/* As written; the last of a name counts. */
struct parameters {
	struct parameter {
		struct buf name, value;
		size_t line;
	} * item;
	size_t count;
	size_t steps;		/* that expanding has taken */
};

void parameters_read(struct parameters *p, struct str text);
/* The last one of that name, or NULL. */
const struct parameter *parameters_find(const struct parameters *p,
    struct str name);
/*
 * $name, $(name), ${name}, ${name?text} and ${name:text} in place; a name that
 * is not set is empty.  False: that has no end.
 */
bool parameters_expand(struct parameters *p, struct str value, struct buf *out);
void parameters_free(struct parameters *p);

/* What is kept while main.cf is read; im->own. */
struct postfix {
	struct buf relayhost;
	struct kept {
		struct buf maps;
		struct place at;
		struct str word;	/* the parameter */
	} logins, senders[3];
	size_t count;			/* of senders */
};

/*
 * Each entry of some tables.  Key is "*" where there is one value for all; at
 * and word are those of the entry.
 */
typedef void postfix_entry_fn(struct importer *im, struct str key,
    struct str value);
void postfix_table(struct importer *im, struct str maps,
    postfix_entry_fn *entry);

/* For smtp_sasl_password_maps, and for those that rewrite senders. */
postfix_entry_fn postfix_login, postfix_sender;

/* The functions of rows: smtp_tls_security_level, and what was before it. */
void postfix_level(struct importer *im, struct str value);
void postfix_old_tls(struct importer *im, struct str value);
void postfix_pins(struct importer *im, struct str value);

#endif
