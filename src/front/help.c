// SPDX-License-Identifier: ISC
/*
 * help.c - the usage texts
 */
#include "front/help.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/vis.h"
#include "front/options.h"
#include "front/topic.h"
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

	/* A long spelling has its line for itself. */
	if (spelling.len > indent)
		column = WIDTH;
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

/* -- minismtp help */

/* The i-th thing that can be explained: verbs, then topics that are none. */
static bool
subject(size_t i, struct str *name, struct str *words)
{
	const struct verb *v;
	const struct topic *t;
	size_t n = 0;

	for (; (v = verbs_at(n)) != NULL; n++)
		if (n == i) {
			*name = str_of(v->name);
			*words = str_of(v->words);
			return true;
		}
	for (size_t j = 0; (t = topic_at(j)) != NULL; j++)
		if (verbs_find(str_of(t->name)) == NULL && n++ == i) {
			*name = str_of(t->name);
			*words = str_of(t->words);
			return true;
		}
	return false;
}

/* The whole name of what begins so, if nothing else does. */
static struct str
whole_name(struct str said)
{
	struct str name, words, found = said;
	size_t count = 0;

	for (size_t i = 0; subject(i, &name, &words); i++) {
		if (str_eq(name, said))
			return name;
		if (str_eq(str_head(name, said.len), said)) {
			found = name;
			count++;
		}
	}
	return count == 1 ? found : said;
}

static void
add_subjects(struct buf *out)
{
	const struct topic *t;

	help_all(out);
	buf_puts(out, "\n'minismtp help' explains these, and each verb:\n\n");
	for (size_t i = 0; (t = topic_at(i)) != NULL; i++)
		help_add(out, COLUMN + 2, str_of(t->name), str_of(t->words));
}

static int
add_subject(struct buf *out, struct str said, struct err *e)
{
	struct str name = whole_name(said);
	const struct topic *t = topic_find(name);
	const struct verb *v = verbs_find(name);
	const char *near = topic_nearest(name);
	struct buf shown = { 0 };

	if (t != NULL)
		topic_add(out, t);
	if (t != NULL && v != NULL)
		buf_putc(out, '\n');
	if (v != NULL)
		verb_help(out, v);
	if (t != NULL || v != NULL)
		return 0;
	if (verbs_nearest(name) != NULL)
		near = verbs_nearest(name);
	vis_add_some(&shown, said, 60);
	err_set(e, EX_USAGE, "%s: there is no help about that%s%s%s",
	    buf_cstr(&shown), near != NULL ? " (" : "",
	    near != NULL ? near : "", near != NULL ? "?)" : "");
	buf_free(&shown);
	return -1;
}

/* "exit codes" is the topic exit-codes. */
static int
run_help(void *wish, const struct strs *operands, struct err *e)
{
	struct buf out = { 0 }, said = { 0 };
	int rc = 0;

	(void)wish;
	for (size_t i = 0; i < operands->count; i++) {
		buf_puts(&said, i > 0 ? "-" : "");
		buf_add(&said, strs_at(operands, i));
	}
	if (operands->count == 0)
		add_subjects(&out);
	else
		rc = add_subject(&out, buf_str(&said), e);
	if (rc == 0)
		rc = fd_write(STDOUT_FILENO, buf_str(&out), e);
	buf_free(&out);
	buf_free(&said);
	return rc;
}

const struct verb help_verb = {
	.name = "help",
	.words = "explain a verb or a topic",
	.operands = "[verb | topic]",
	.choice = subject,
	.run = run_help,
};
