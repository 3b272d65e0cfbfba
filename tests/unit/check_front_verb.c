// SPDX-License-Identifier: ISC
/*
 * check_front_verb.c - the words behind a verb, and the tables they come from
 */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/table.h"
#include "front/help.h"
#include "front/topic.h"
#include "front/verbs.h"
#include "run.h"

struct greeting {
	bool loud, twice;
	struct buf language;
	struct strs to;
	uint64_t times;
};

#define AT(member) offsetof(struct greeting, member)

static const struct verb_option options[] = {
	{ "language", 'l', "NAME", verb_text, AT(language), "in this one",
	    COMPLETES_NOTHING },
	{ "loud", 'L', NULL, verb_flag, AT(loud), "so that all hear it",
	    COMPLETES_NOTHING },
	{ "times", '\0', "N", verb_number, AT(times), "so often",
	    COMPLETES_NOTHING },
	{ "to", 't', "WHOM", verb_texts, AT(to), "whom", COMPLETES_ADDRESS },
	{ "twice", '2', NULL, verb_flag, AT(twice), "once more",
	    COMPLETES_NOTHING },
	{ 0 }
};

static const struct greeting blank = { .times = 7 };
static struct buf said;		/* what the last run was like */

static void
say(const struct greeting *g, const struct strs *operands, struct buf *out)
{
	if (g->loud)
		buf_puts(out, "loud ");
	if (g->twice)
		buf_puts(out, "twice ");
	if (g->language.len > 0)
		buf_printf(out, "in %s ", buf_cstr(&g->language));
	for (size_t i = 0; i < g->to.count; i++)
		buf_printf(out, "to %s ", buf_cstr(&g->to.item[i]));
	buf_printf(out, "%d:", (int)g->times);
	for (size_t i = 0; i < operands->count; i++)
		buf_printf(out, " %s", buf_cstr(&operands->item[i]));
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	if (strs_has(operands, STR("nobody")))
		return err_set(e, EX_NOUSER, "nobody is there");
	say(wish, operands, &said);
	return 3;
}

static int
failed(const void *wish, const struct strs *operands, const struct err *e)
{
	const struct greeting *g = wish;

	return g->twice && operands->count < 2 ? 40 : e->code;
}

static void
free_greeting(void *wish)
{
	struct greeting *g = wish;

	buf_free(&g->language);
	strs_free(&g->to);
}

static const struct verb greet = {
	.name = "greet", .words = "say hello", .operands = "[name ...]",
	.options = options, .size = sizeof(struct greeting), .blank = &blank,
	.run = run, .failed = failed, .free = free_greeting,
};

/* Words with one blank between them, "_" for an empty one. */
static size_t
split(struct str line, char **words, size_t max)
{
	struct str word;
	size_t n = 0;

	while (n < max && str_eat_word(&line, &word))
		words[n++] = strndup(word.ptr, word.ptr[0] == '_' ? 0 :
		    word.len);
	words[n] = NULL;
	return n;
}

static int
with_words(const struct verb *v, const char *line)
{
	char *words[17];
	size_t n = split(str_of(line), words, 16);
	int status = verb_run(v, words);

	while (n > 0)
		free(words[--n]);
	return status;
}

static const struct {
	const char *line, *said;
} good[] = {
	{ "", "7:" },
	{ "bob", "7: bob" },
	{ "-", "7: -" },
	{ "--loud", "loud 7:" },
	{ "bob --loud alice", "loud 7: bob alice" },
	{ "-- --loud", "7: --loud" },
	{ "-L2", "loud twice 7:" },
	{ "-L -2 bob", "loud twice 7: bob" },
	{ "--language welsh", "in welsh 7:" },
	{ "--language=welsh", "in welsh 7:" },
	{ "--language=", "7:" },
	{ "--language _ x", "7: x" },
	{ "--language a=b", "in a=b 7:" },
	{ "--language=a=b", "in a=b 7:" },
	{ "-l welsh", "in welsh 7:" },
	{ "-lwelsh", "in welsh 7:" },
	{ "-Llwelsh", "loud in welsh 7:" },
	{ "-l -L", "in -L 7:" },
	{ "--language --loud", "in --loud 7:" },
	{ "--language -- x", "in -- 7: x" },
	{ "-l welsh -l dutch", "in dutch 7:" },
	{ "-t a --to b --to=c", "to a to b to c 7:" },
	{ "--times 0", "0:" },
	{ "--times 12 -- -x --help", "12: -x --help" },
};

START_TEST(words_are_understood)
{
	buf_reset(&said);
	ck_assert_msg(with_words(&greet, good[_i].line) == 3, "%s",
	    good[_i].line);
	ck_assert_str_eq(buf_cstr(&said), good[_i].said);
	buf_free(&said);
}
END_TEST

static const struct {
	const char *line, *words;
	int code;
} bad[] = {
	{ "--loudd", "--loudd: no such option (--loud?)", EX_USAGE },
	{ "--langage=x", "--langage=x: no such option (--language?)",
	    EX_USAGE },
	{ "--frobnicate", "--frobnicate: no such option", EX_USAGE },
	{ "-x", "-x: no such option", EX_USAGE },
	{ "-Lx", "-Lx: no such option", EX_USAGE },
	{ "--loud=yes", "--loud: it takes no value", EX_USAGE },
	{ "--language", "--language: NAME is missing", EX_USAGE },
	{ "-l", "--language: NAME is missing", EX_USAGE },
	{ "--times x", "--times: it wants a number", EX_USAGE },
	{ "--times 1x", "--times: it wants a number", EX_USAGE },
	{ "--times -1", "--times: it wants a number", EX_USAGE },
	{ "--times 99999999999999999999", "--times: it wants a number",
	    EX_USAGE },
	{ "--help=x", "--help: it takes no value", EX_USAGE },
};

START_TEST(what_is_wrong_is_said)
{
	struct greeting g = { 0 };
	struct strs operands = { 0 };
	struct err e = { 0 };
	char *words[17];
	bool help;
	size_t n = split(str_of(bad[_i].line), words, 16);

	ck_assert_int_eq(verb_parse(&greet, words, &g, &operands, &help, &e),
	    -1);
	ck_assert_str_eq(buf_cstr(&e.text), bad[_i].words);
	ck_assert_int_eq(e.code, bad[_i].code);
	while (n > 0)
		free(words[--n]);
	free_greeting(&g);
	strs_free(&operands);
	err_clear(&e);
	ck_assert_int_eq(with_words(&greet, bad[_i].line), bad[_i].code);
}
END_TEST

START_TEST(a_failure_has_a_status)
{
	ck_assert_int_eq(with_words(&greet, "nobody"), EX_NOUSER);
	ck_assert_int_eq(with_words(&greet, "--twice nobody"), 40);
	ck_assert_int_eq(with_words(&greet, "--twice --nosuch"), 40);
}
END_TEST

static const struct {
	const char *line;
	bool help;
} asking[] = {
	{ "--help", true },
	{ "-h", true },
	{ "-Lh", true },
	{ "bob --help --nosuch", true },
	{ "--times 3 --help", true },
	{ "-- --help", false },
	{ "--language --help", false },
	{ "-lh", false },
	{ "help", false },
};

START_TEST(help_is_asked_for)
{
	struct strs operands = { 0 };
	struct err e = { 0 };
	char *words[17];
	bool help;
	size_t n = split(str_of(asking[_i].line), words, 16);

	ck_assert_int_eq(verb_parse(&greet, words, NULL, &operands, &help,
	    &e), 0);
	ck_assert_msg(help == asking[_i].help, "%s", asking[_i].line);
	while (n > 0)
		free(words[--n]);
	strs_free(&operands);
}
END_TEST

/* -- the verbs that there are */

static void
check_option(const struct verb *v, size_t i, const char *text)
{
	const struct verb_option *row = &v->options[i];
	struct buf spelling = { 0 };

	ck_assert(row->set != NULL && row->words != NULL);
	ck_assert_uint_lt(row->at, v->size);
	ck_assert(row->value != NULL || row->completes == COMPLETES_NOTHING);
	verb_spell(&spelling, row);
	ck_assert_msg(strstr(text, buf_cstr(&spelling)) != NULL, "%s %s",
	    v->name, row->name);
	for (size_t j = 0; j < i; j++)
		ck_assert_msg(strcmp(v->options[j].name, row->name) < 0 &&
		    (row->letter == '\0' ||
		    row->letter != v->options[j].letter), "%s %s", v->name,
		    row->name);
	buf_free(&spelling);
}

START_TEST(the_tables_are_in_order)
{
	const struct verb *v;
	struct buf help = { 0 };
	struct str last = STR("");
	size_t i;

	for (i = 0; (v = verbs_at(i)) != NULL; i++) {
		buf_reset(&help);
		verb_help(&help, v);
		ck_assert_int_lt(str_cmp(last, str_of(v->name)), 0);
		ck_assert(v->words != NULL && v->operands != NULL);
		ck_assert_ptr_eq(verbs_find(str_of(v->name)), v);
		ck_assert_str_eq(verbs_nearest(str_of(v->name)), v->name);
		for (size_t j = 0; j < verb_options(v); j++)
			check_option(v, j, buf_cstr(&help));
		last = str_of(v->name);
	}
	ck_assert_uint_ge(i, 4);
	ck_assert_ptr_null(verbs_find(STR("frobnicate")));
	buf_free(&help);
}
END_TEST

/* Each text is for a screen: 78 columns, and a line end at the end. */
START_TEST(topics_fit_on_a_screen)
{
	const struct topic *t;
	struct buf out = { 0 };
	struct str rest, line, last = STR("");

	for (size_t i = 0; (t = topic_at(i)) != NULL; i++) {
		ck_assert_int_lt(str_cmp(last, str_of(t->name)), 0);
		last = str_of(t->name);
		ck_assert((t->text == NULL) != (t->add == NULL));
		buf_reset(&out);
		topic_add(&out, t);
		ck_assert(str_ends(buf_str(&out), STR("\n")));
		rest = buf_str(&out);
		while (str_eat_line(&rest, &line))
			ck_assert_msg(line.len <= 79, "%s: %.*s", t->name,
			    STR_ARGS(line));
	}
	ck_assert_ptr_eq(topic_at(0), topic_find(STR("accounts")));
	ck_assert_ptr_null(topic_find(STR("account")));
	ck_assert_str_eq(topic_nearest(STR("acounts")), "accounts");
	buf_free(&out);
}
END_TEST

START_TEST(help_knows_each_subject_once)
{
	struct str name, words, other;
	const struct topic *t;
	bool topic = false;
	size_t i;

	for (i = 0; help_verb.choice(i, &name, &words); i++) {
		for (size_t j = 0; j < i; j++) {
			(void)help_verb.choice(j, &other, &words);
			ck_assert(!str_eq(name, other));
		}
		topic |= str_eq(name, STR("tls"));
	}
	ck_assert(topic);
	for (size_t j = 0; (t = topic_at(j)) != NULL; j++)
		ck_assert_int_eq(with_words(&help_verb, t->name), 0);
	ck_assert_int_eq(with_words(&help_verb, "exit codes"), 0);
	ck_assert_int_eq(with_words(&help_verb, "alias"), 0);
	ck_assert_int_eq(with_words(&help_verb, "que"), 0);
	ck_assert_int_eq(with_words(&help_verb, "nosuch"), EX_USAGE);
	ck_assert_int_eq(with_words(&help_verb, ""), 0);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ words_are_understood, TABLE_COUNT(good) },
		{ what_is_wrong_is_said, TABLE_COUNT(bad) },
		{ a_failure_has_a_status, 0 },
		{ help_is_asked_for, TABLE_COUNT(asking) },
		{ the_tables_are_in_order, 0 },
		{ topics_fit_on_a_screen, 0 },
		{ help_knows_each_subject_once, 0 },
	};

	return RUN("front_verb", tests);
}
