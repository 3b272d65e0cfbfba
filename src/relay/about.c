// SPDX-License-Identifier: ISC
/*
 * about.c - which program this is, and what is built in
 */
#include "relay/about.h"

#include <stdio.h>
#include <sysexits.h>

#include <confuse.h>

#include "base/table.h"
#include "guard/sandbox.h"
#include "message/idn2.h"
#include "net/dane.h"
#include "net/gnutls.h"
#include "smtp/gsasl.h"
#include "smtp/gssapi.h"
#include "smtp/mechanism.h"

static const char *
gnutls(struct err *e)
{
	return gnutls_load(e) < 0 ? NULL : gnutls_check_version(NULL);
}

static const char *
confuse(struct err *e)
{
	(void)e;
	return confuse_version;
}

static const char *
idn2(struct err *e)
{
	return idn2_load(e) < 0 ? NULL : idn2_check_version(NULL);
}

static const char *
gsasl(struct err *e)
{
	return gsasl_load(e) < 0 ? NULL : gsasl_check_version(NULL);
}

/* What is there now, not what it was built with; or why it is not there. */
static const struct library {
	const char *name;
	const char *(*version)(struct err *e);
} libraries[] = {
	{ "GnuTLS", gnutls },
	{ "libconfuse", confuse },
	{ "libidn2", idn2 },
	{ "libgsasl", gsasl },
};

static void
add_libraries(struct buf *out)
{
	for (size_t i = 0; i < TABLE_COUNT(libraries); i++) {
		struct err e = { 0 };
		const char *version = libraries[i].version(&e);

		buf_printf(out, "%s%s %s", i > 0 ? ", " : "",
		    libraries[i].name, version != NULL ? version :
		    buf_cstr(&e.text));
		err_clear(&e);
	}
}

static void
add_tls(struct buf *out)
{
	buf_printf(out, "1.2, 1.3, DANE %s, OCSP yes, client certificates yes",
	    dane_is_built_in() ? "yes" : "no");
}

static void
add_login(struct buf *out)
{
	const struct mechanism *m;
	const char *blank = "";

	for (size_t i = 0; (m = mechanism_at(i)) != NULL; i++) {
		if ((m->flags & NEEDS_TICKET) != 0 && !gssapi_is_there())
			continue;
		buf_printf(out, "%s%s", blank, m->name);
		blank = " ";
	}
}

static void
add_queue(struct buf *out)
{
	buf_puts(out, SPOOLDIR);
}

static void
add_configuration(struct buf *out)
{
	buf_puts(out, SYSCONFDIR "/minismtp.conf");
}

static const struct fact {
	const char *name;
	void (*add)(struct buf *out);
} facts[] = {
	{ "libraries", add_libraries },
	{ "TLS", add_tls },
	{ "login", add_login },
	{ "sandbox", sandbox_words },
	{ "queue", add_queue },
	{ "configuration", add_configuration },
};

int
about_version(const struct question *q)
{
	struct buf out = { 0 };
	int status;

	(void)q;
	buf_puts(&out, PACKAGE_STRING "\n");
	for (size_t i = 0; i < TABLE_COUNT(facts); i++) {
		buf_printf(&out, "%s: ", facts[i].name);
		facts[i].add(&out);
		buf_putc(&out, '\n');
	}
	status = fputs(buf_cstr(&out), stdout) == EOF ||
	    fflush(stdout) == EOF ? EX_IOERR : EX_OK;
	buf_free(&out);
	return status;
}
