// SPDX-License-Identifier: ISC
/*
 * completion_fish.c - what fish knows about us
 *
 * A line for each option; the condition says behind which verb.
 */
#include "front/completion.h"

#include "front/verbs.h"

static const char *const arguments[] = {
	[COMPLETES_NOTHING] = "",
	[COMPLETES_FILE] = "",
	[COMPLETES_DIRECTORY] = "(__fish_complete_directories)",
	[COMPLETES_ADDRESS] = "(__fish_complete_users)",
	[COMPLETES_ACCOUNT] = "(__minismtp_accounts)",
	[COMPLETES_HOST] = "(__fish_print_hostnames)",
	[COMPLETES_PROVIDER] = "(__minismtp_providers)",
	[COMPLETES_ID] = "(__minismtp_ids)",
	[COMPLETES_CHOICE] = "",
};

/* Here only \ and ' are special between single quotes. */
static void
add_quoted(struct buf *out, struct str text)
{
	buf_putc(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\'' || text.ptr[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, text.ptr[i]);
	}
	buf_putc(out, '\'');
}

static void
add_begin(struct buf *out, const char *verb)
{
	buf_puts(out, "complete -c minismtp -n '");
	if (verb == NULL)
		buf_puts(out, "__minismtp_plain");
	else
		buf_printf(out, "__minismtp_verb %s", verb);
	buf_putc(out, '\'');
}

static void
add_arguments(struct buf *out, enum completes completes, struct str value)
{
	struct buf words = { 0 };

	if (completes == COMPLETES_FILE) {
		buf_puts(out, " -r -F");
		return;
	}
	buf_puts(out, " -x");
	if (completes == COMPLETES_CHOICE)
		for (size_t i = 0; i < value.len; i++)
			buf_putc(&words, value.ptr[i] == '|' ? ' ' :
			    value.ptr[i]);
	else
		buf_puts(&words, arguments[completes]);
	if (words.len > 0) {
		buf_puts(out, " -a ");
		add_quoted(out, buf_str(&words));
	}
	buf_free(&words);
}

static void
add_option(struct buf *out, const char *verb, struct str name, char letter,
    struct str value, struct str words, enum completes completes)
{
	add_begin(out, verb);
	buf_printf(out, " -l %.*s", STR_ARGS(name));
	if (letter != '\0')
		buf_printf(out, " -s %c", letter);
	if (value.len > 0)
		add_arguments(out, completes, value);
	buf_puts(out, " -d ");
	add_quoted(out, words);
	buf_putc(out, '\n');
}

/* A word that may come first, and what it does. */
static void
add_word(struct buf *out, const char *verb, struct str name,
    struct str words)
{
	if (verb == NULL)
		buf_puts(out, "complete -c minismtp -n __minismtp_begins");
	else
		buf_printf(out, "complete -c minismtp -n "
		    "'__minismtp_verb_first %s'", verb);
	buf_printf(out, " -a %.*s -d ", STR_ARGS(name));
	add_quoted(out, words);
	buf_putc(out, '\n');
}

static void
add_operands(struct buf *out, const struct verb *v)
{
	struct str name, words;

	for (size_t i = 0; v->choice != NULL && v->choice(i, &name, &words);
	    i++)
		add_word(out, v->name, name, words);
	if (v->completes == COMPLETES_FILE) {
		add_begin(out, v->name);
		buf_puts(out, " -F\n");
	} else if (arguments[v->completes][0] != '\0') {
		buf_printf(out, "complete -c minismtp -n '%s %s' -a '%s'\n",
		    v->choice != NULL ? "__minismtp_verb_more" :
		    "__minismtp_verb", v->name, arguments[v->completes]);
	}
}

static void
add_verb(struct buf *out, const struct verb *v)
{
	add_word(out, NULL, str_of(v->name), str_of(v->words));
	for (size_t i = 0; i < verb_options(v); i++) {
		const struct verb_option *o = &v->options[i];

		add_option(out, v->name, str_of(o->name), o->letter,
		    str_of(o->value != NULL ? o->value : ""),
		    str_of(o->words), o->completes);
	}
	add_option(out, v->name, STR("help"), '\0', STR(""),
	    STR("this text"), COMPLETES_NOTHING);
	add_operands(out, v);
}

static const char head[] =
    "# fish completion for minismtp(1), by \"minismtp completion fish\"\n\n"
    "function __minismtp_accounts\n"
    "    " COMPLETION_ACCOUNTS "\n"
    "end\n\n"
    "function __minismtp_providers\n"
    "    " COMPLETION_PROVIDERS "\n"
    "end\n\n"
    "function __minismtp_ids\n"
    "    echo all\n"
    "    " COMPLETION_IDS "\n"
    "end\n\n"
    "# The words before the cursor, without options.\n"
    "function __minismtp_words\n"
    "    commandline -opc | string match -v -- '-*'\n"
    "end\n\n"
    "function __minismtp_begins\n"
    "    test (count (commandline -opc)) -eq 1\n"
    "end\n\n"
    "# There is no verb, or not yet.\n"
    "function __minismtp_plain\n"
    "    set -l words (commandline -opc)\n"
    "    test (count $words) -eq 1; or string match -q -- '-*' $words[2]\n"
    "end\n\n"
    "function __minismtp_verb\n"
    "    set -l words (commandline -opc)\n"
    "    test (count $words) -ge 2; and test $words[2] = $argv[1]\n"
    "end\n\n"
    "function __minismtp_verb_first\n"
    "    __minismtp_verb $argv; and test (count (__minismtp_words)) -eq 2\n"
    "end\n\n"
    "function __minismtp_verb_more\n"
    "    __minismtp_verb $argv; and test (count (__minismtp_words)) -ge 3\n"
    "end\n\n"
    "complete -c minismtp -f\n";

void
completion_fish(struct buf *out)
{
	struct buf spelling = { 0 };
	struct completion_option o;
	const struct verb *v;

	buf_puts(out, head);
	for (size_t i = 0; completion_option(i, &o, &spelling); i++)
		add_option(out, NULL, o.name, '\0', o.value, o.words,
		    o.completes);
	for (size_t i = 0; (v = verbs_at(i)) != NULL; i++)
		add_verb(out, v);
	buf_free(&spelling);
}
