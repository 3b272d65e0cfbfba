// SPDX-License-Identifier: ISC
/*
 * help.c - the usage text, and which version this is
 */
#include "front/help.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/vis.h"
#include "config.h"
#include "front/options.h"
#include "front/verbs.h"

#define COLUMN 18
#define WIDTH 78

void
help_usage(struct buf *out)
{
	buf_puts(out, "usage: sendmail [-itv] [-f address] [-F name]"
	    " [option ...] [recipient ...]\n"
	    "       sendmail -bs | mailq | newaliases |"
	    " minismtp --help | minismtp --version\n"
	    "       minismtp VERB [option ...] [operand ...]\n");
}

void
help_add(struct buf *out, size_t indent, struct str spelling,
    struct str words)
{
	size_t column = indent > spelling.len + 2 ? indent : spelling.len + 2;
	struct str word;

	buf_printf(out, "  %-*.*s", (int)indent - 2, STR_ARGS(spelling));
	while (str_eat_word(&words, &word)) {
		if (column + 1 + word.len > WIDTH) {
			buf_printf(out, "\n%*s", (int)indent, "");
			column = indent;
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
	const struct verb *v;
	struct str words;

	help_usage(out);
	buf_puts(out, "\nReads a message on standard input and sees to it that"
	    " it gets there.\n\n");
	for (size_t i = 0; options_row(i, &spelling, &words); i++)
		help_add(out, COLUMN + 2, buf_str(&spelling), words);
	buf_puts(out, "\nUnder the name minismtp the first word may be a"
	    " verb:\n\n");
	for (size_t i = 0; (v = verbs_at(i)) != NULL; i++)
		help_add(out, COLUMN + 2, str_of(v->name), str_of(v->words));
	buf_puts(out, "\nminismtp(1) says more about each of them,"
	    " sendmail(8) about the options.\n");
	buf_free(&spelling);
}

void
help_version(struct buf *out)
{
	buf_printf(out, "%s\nqueue: %s\nconfiguration: %s/minismtp.conf\n",
	    PACKAGE_STRING, SPOOLDIR, SYSCONFDIR);
}

static int
print(void (*text)(struct buf *out), struct err *e)
{
	struct buf out = { 0 };
	int rc;

	text(&out);
	rc = fd_write(STDOUT_FILENO, buf_str(&out), e);
	buf_free(&out);
	return rc;
}

static int
print_verb(const struct verb *v, struct err *e)
{
	struct buf out = { 0 };
	int rc;

	verb_help(&out, v);
	rc = fd_write(STDOUT_FILENO, buf_str(&out), e);
	buf_free(&out);
	return rc;
}

static int
run_help(void *wish, const struct strs *operands, struct err *e)
{
	const struct verb *v;
	struct buf shown = { 0 };

	(void)wish;
	if (operands->count == 0)
		return print(help_all, e);
	v = verbs_find(strs_at(operands, 0));
	if (v != NULL)
		return print_verb(v, e);
	vis_add_some(&shown, strs_at(operands, 0), 60);
	err_set(e, EX_USAGE, "%s: there is no help about that",
	    buf_cstr(&shown));
	buf_free(&shown);
	return -1;
}

static int
run_version(void *wish, const struct strs *operands, struct err *e)
{
	(void)wish;
	(void)operands;
	return print(help_version, e);
}

static bool
topic(size_t i, struct str *name, struct str *words)
{
	const struct verb *v = verbs_at(i);

	if (v == NULL)
		return false;
	*name = str_of(v->name);
	*words = str_of(v->words);
	return true;
}

const struct verb help_verb = {
	.name = "help",
	.words = "explain a verb",
	.operands = "[verb]",
	.choice = topic,
	.run = run_help,
};

const struct verb version_verb = {
	.name = "version",
	.words = "say which program this is",
	.operands = "",
	.run = run_version,
};
