// SPDX-License-Identifier: ISC
/*
 * help.c - the usage text, and which version this is
 */
#include "front/help.h"

#include "config.h"
#include "front/options.h"

#define COLUMN 18
#define WIDTH 78

void
help_usage(struct buf *out)
{
	buf_puts(out, "usage: sendmail [-itv] [-f address] [-F name]"
	    " [option ...] [recipient ...]\n"
	    "       sendmail -bs | mailq | newaliases |"
	    " minismtp --help | minismtp --version\n"
	    "       minismtp config [--check [file ...] | --defaults |"
	    " --json]\n"
	    "       minismtp queue VERB [option ...] [ID ... | all]\n");
}

/* Words go on below themselves. */
static void
add_row(struct buf *out, const struct buf *spelling, struct str words)
{
	size_t column = COLUMN + 2;
	struct str word;

	buf_printf(out, "  %-*s", COLUMN, buf_cstr(spelling));
	while (str_eat_word(&words, &word)) {
		if (column + 1 + word.len > WIDTH) {
			buf_printf(out, "\n%*s", COLUMN + 2, "");
			column = COLUMN + 2;
		}
		buf_printf(out, " %.*s", STR_ARGS(word));
		column += 1 + word.len;
	}
	buf_putc(out, '\n');
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
		add_row(out, &spelling, words);
	buf_puts(out, "\nsendmail(8) says more about each of them.\n");
	buf_free(&spelling);
}

void
help_version(struct buf *out)
{
	buf_printf(out, "%s\nqueue: %s\nconfiguration: %s/minismtp.conf\n",
	    PACKAGE_STRING, SPOOLDIR, SYSCONFDIR);
}
