// SPDX-License-Identifier: ISC
/*
 * help.c - the usage text, and which version this is
 */
#include "front/help.h"

#include "config.h"
#include "front/options.h"

#define COLUMN 20

void
help_usage(struct buf *out)
{
	buf_puts(out, "usage: sendmail [-itv] [-f address] [-F name]"
	    " [option ...] [recipient ...]\n"
	    "       sendmail -bs | mailq | newaliases |"
	    " minismtp --help | minismtp --version\n");
}

void
help_all(struct buf *out)
{
	struct buf spelling = { 0 };
	struct str words;

	help_usage(out);
	buf_puts(out, "\nReads a message on standard input and sees to it that"
	    " it gets there.\n\n");
	for (size_t i = 0; options_row(i, &spelling, &words); i++)
		buf_printf(out, "  %-*s  %.*s\n", COLUMN, buf_cstr(&spelling),
		    STR_ARGS(words));
	buf_puts(out, "\nsendmail(8) says more about each of them.\n");
	buf_free(&spelling);
}

void
help_version(struct buf *out)
{
	buf_printf(out, "%s\nqueue: %s\nconfiguration: %s/minismtp.conf\n",
	    PACKAGE_STRING, SPOOLDIR, SYSCONFDIR);
}
