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

/*
 * The login for the relay, from smtp_sasl_password_maps.  Call it where im's
 * line is that of the parameter, and the outlet knows its host.
 */
void postfix_login(struct importer *im, struct str maps, struct str relayhost);

/* The functions of rows: smtp_tls_security_level, and what was before it. */
void postfix_level(struct importer *im, struct str value);
void postfix_old_tls(struct importer *im, struct str value);
void postfix_pins(struct importer *im, struct str value);

#endif
