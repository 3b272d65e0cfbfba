// SPDX-License-Identifier: ISC
/*
 * verb.c - a verb of minismtp: its words understood, run, explained
 */
#include "front/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/table.h"
#include "base/vis.h"
#include "base/xmem.h"
#include "front/help.h"
#include "front/options.h"

#define INDENT 26		/* of the words in the usage text */

int
verb_flag(void *at, struct str value, struct err *e)
{
	(void)value;
	(void)e;
	*(bool *)at = true;
	return 0;
}

int
verb_text(void *at, struct str value, struct err *e)
{
	(void)e;
	buf_set(at, value);
	return 0;
}

int
verb_texts(void *at, struct str value, struct err *e)
{
	(void)e;
	strs_add(at, value);
	return 0;
}

int
verb_config(void *at, struct str value, struct err *e)
{
	return options_set_config(at, value, e);
}

int
verb_number(void *at, struct str value, struct err *e)
{
	uint64_t n;

	if (!str_eat_number(&value, &n) || value.len > 0)
		return err_set(e, EX_USAGE, "it wants a number");
	*(uint64_t *)at = n;
	return 0;
}

/* -- the words */

struct parse {
	const struct verb *verb;
	char *const *next;		/* the words that are left */
	void *wish;
	bool help;
	struct err *e;
};

static const struct verb_option help_row = {
	.name = "help", .letter = 'h', .words = "this text",
};

size_t
verb_options(const struct verb *v)
{
	size_t n = 0;

	while (v->options != NULL && v->options[n].name != NULL)
		n++;
	return n;
}

static const struct verb_option *
by_name(const struct verb *v, struct str name)
{
	const struct verb_option *row = table_find(v->options,
	    sizeof(*v->options), verb_options(v), name);

	return row == NULL && str_eq(name, STR("help")) ? &help_row : row;
}

static const struct verb_option *
by_letter(const struct verb *v, char letter)
{
	for (size_t i = 0; i < verb_options(v); i++)
		if (v->options[i].letter == letter)
			return &v->options[i];
	return letter == help_row.letter ? &help_row : NULL;
}

static int
unknown(const struct parse *p, struct str word, const char *near)
{
	struct buf shown = { 0 };

	vis_add_some(&shown, word, 60);
	if (near != NULL)
		err_set(p->e, EX_USAGE, "%s: no such option (--%s?)",
		    buf_cstr(&shown), near);
	else
		err_set(p->e, EX_USAGE, "%s: no such option",
		    buf_cstr(&shown));
	buf_free(&shown);
	return -1;
}

static int
apply(struct parse *p, const struct verb_option *row, struct str value)
{
	if (row == &help_row)
		p->help = true;
	else if (p->wish != NULL &&
	    row->set((char *)p->wish + row->at, value, p->e) < 0)
		return err_wrap(p->e, "--%s", row->name);
	return 0;
}

static int
separate(struct parse *p, const struct verb_option *row)
{
	if (*p->next == NULL)
		return err_set(p->e, EX_USAGE, "--%s: %s is missing",
		    row->name, row->value);
	return apply(p, row, str_of(*p->next++));
}

static int
parse_long(struct parse *p, struct str word)
{
	struct str value = str_skip(word, 2), name = value;
	bool joined = str_eat_until(&value, '=', &name);
	const struct verb_option *row = by_name(p->verb, name);

	if (row == NULL)
		return unknown(p, word, table_nearest(p->verb->options,
		    sizeof(*row), verb_options(p->verb), name));
	if (row->value == NULL)
		return joined ? err_set(p->e, EX_USAGE,
		    "--%s: it takes no value", row->name) :
		    apply(p, row, STR(""));
	return joined ? apply(p, row, value) : separate(p, row);
}

static int
parse_letters(struct parse *p, struct str word)
{
	struct str rest = str_skip(word, 1);
	char letter;

	while (str_eat_byte(&rest, &letter)) {
		const struct verb_option *row = by_letter(p->verb, letter);

		if (row == NULL)
			return unknown(p, word, NULL);
		if (row->value != NULL)
			return rest.len > 0 ? apply(p, row, rest) :
			    separate(p, row);
		if (apply(p, row, STR("")) < 0)
			return -1;
	}
	return 0;
}

int
verb_parse(const struct verb *v, char *const *words, void *wish,
    struct strs *operands, bool *help, struct err *e)
{
	struct parse p = { .verb = v, .next = words, .wish = wish, .e = e };
	bool more = true;		/* options: no "--" yet */
	int rc = 0;

	while (rc == 0 && !p.help && *p.next != NULL) {
		struct str word = str_of(*p.next++);

		if (!more || word.len < 2 || word.ptr[0] != '-')
			strs_add(operands, word);
		else if (str_eq(word, STR("--")))
			more = false;
		else if (word.ptr[1] == '-')
			rc = parse_long(&p, word);
		else
			rc = parse_letters(&p, word);
	}
	*help = p.help;
	return rc;
}

/* -- the usage text */

void
verb_spell(struct buf *out, const struct verb_option *row)
{
	if (row->letter != '\0')
		buf_printf(out, "-%c, --%s", row->letter, row->name);
	else
		buf_printf(out, "    --%s", row->name);
	if (row->value != NULL)
		buf_printf(out, " %s", row->value);
}

void
verb_usage(struct buf *out, const struct verb *v)
{
	buf_printf(out, "usage: minismtp %s%s%s%s\n", v->name,
	    verb_options(v) > 0 ? " [option ...]" : "",
	    v->operands[0] != '\0' ? " " : "", v->operands);
}

static void
add_option(struct buf *out, const struct verb_option *row)
{
	struct buf spelling = { 0 };

	verb_spell(&spelling, row);
	help_add(out, INDENT, buf_str(&spelling),
	    str_of(row->words));
	buf_free(&spelling);
}

void
verb_help(struct buf *out, const struct verb *v)
{
	struct str name, words;

	verb_usage(out, v);
	buf_printf(out, "\n%s: %s.\n\n", v->name, v->words);
	for (size_t i = 0; v->choice != NULL && v->choice(i, &name, &words);
	    i++)
		help_add(out, INDENT, name, words);
	if (v->choice != NULL)
		buf_putc(out, '\n');
	for (size_t i = 0; i < verb_options(v); i++)
		add_option(out, &v->options[i]);
	add_option(out, &help_row);
	buf_puts(out, "\nminismtp(1) says more.\n");
}

/* -- all of it */

static void
complain(const struct verb *v, const struct err *e, bool usage)
{
	struct buf out = { 0 };

	buf_printf(&out, "minismtp: %s: %s\n", v->name, buf_cstr(&e->text));
	if (usage) {
		verb_usage(&out, v);
		buf_printf(&out, "'minismtp %s --help' says more.\n",
		    v->name);
	}
	fputs(buf_cstr(&out), stderr);
	buf_free(&out);
}

static int
start(const struct verb *v, char *const *words, void *wish,
    struct strs *operands, struct err *e)
{
	struct buf text = { 0 };
	bool help;
	int status;

	if (verb_parse(v, words, wish, operands, &help, e) < 0) {
		complain(v, e, true);
		return -1;
	}
	if (help) {
		verb_help(&text, v);
		status = fd_write(STDOUT_FILENO, buf_str(&text), e);
		buf_free(&text);
	} else
		status = v->run(wish, operands, e);
	if (status < 0)
		complain(v, e, false);
	return status;
}

int
verb_run(const struct verb *v, char *const *words)
{
	void *wish = xcalloc(1, v->size > 0 ? v->size : 1);
	struct strs operands = { 0 };
	struct err e = { 0 };
	int status;

	if (v->blank != NULL)
		memcpy(wish, v->blank, v->size);
	status = start(v, words, wish, &operands, &e);
	if (status < 0)
		status = v->failed != NULL ? v->failed(wish, &operands, &e) :
		    e.code;
	if (v->free != NULL)
		v->free(wish);
	free(wish);
	strs_free(&operands);
	err_clear(&e);
	return status;
}
