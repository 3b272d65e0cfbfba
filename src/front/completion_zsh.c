// SPDX-License-Identifier: ISC
/*
 * completion_zsh.c - what zsh knows about us
 *
 * A function for compinit: each verb is a call of _arguments.
 */
#include "front/completion.h"

#include "front/verbs.h"

/* Between brackets, or in a list of "name:words". */
static void
add_escaped(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == ':' || c == '[' || c == ']' || c == '\\')
			buf_putc(out, '\\');
		if (c == '\'')
			buf_puts(out, "'\\''");
		else
			buf_putc(out, c);
	}
}

static void
add_choices(struct buf *out, struct str words)
{
	buf_putc(out, '(');
	for (size_t i = 0; i < words.len; i++)
		buf_putc(out, words.ptr[i] == '|' ? ' ' : words.ptr[i]);
	buf_putc(out, ')');
}

static void
add_action(struct buf *out, enum completes completes, struct str value)
{
	switch (completes) {
	case COMPLETES_NOTHING:
		break;
	case COMPLETES_FILE:
		buf_puts(out, "_files");
		break;
	case COMPLETES_DIRECTORY:
		buf_puts(out, "_files -/");
		break;
	case COMPLETES_ADDRESS:
		buf_puts(out, "_users");
		break;
	case COMPLETES_HOST:
		buf_puts(out, "_hosts");
		break;
	case COMPLETES_ACCOUNT:
		buf_puts(out, "_minismtp_accounts");
		break;
	case COMPLETES_PROVIDER:
		buf_puts(out, "_minismtp_providers");
		break;
	case COMPLETES_ID:
		buf_puts(out, "_minismtp_ids");
		break;
	case COMPLETES_CHOICE:
		add_choices(out, value);
		break;
	}
}

/* letter is '\0' where there is none, value is empty where there is none. */
static void
add_option(struct buf *out, struct str name, char letter, struct str value,
    struct str words, enum completes completes)
{
	const char *mark = value.len > 0 ? "=" : "";

	buf_puts(out, "\t\t    ");
	if (letter != '\0')
		buf_printf(out, "'*'{-%c%s,--%.*s%s}'[", letter,
		    value.len > 0 ? "+" : "", STR_ARGS(name), mark);
	else
		buf_printf(out, "'*--%.*s%s[", STR_ARGS(name), mark);
	add_escaped(out, words);
	buf_putc(out, ']');
	if (value.len > 0) {
		buf_putc(out, ':');
		add_escaped(out, completes == COMPLETES_CHOICE ?
		    STR("value") : value);
		buf_putc(out, ':');
		add_action(out, completes, value);
	}
	buf_puts(out, "' \\\n");
}

static void
add_list(struct buf *out, bool (*choice)(size_t i, struct str *name,
    struct str *words))
{
	struct str name, words;

	buf_puts(out, "\t\t    '1: :((");
	for (size_t i = 0; choice(i, &name, &words); i++) {
		buf_printf(out, "%s%.*s\\:\"", i > 0 ? " " : "",
		    STR_ARGS(name));
		add_escaped(out, words);
		buf_putc(out, '"');
	}
	buf_puts(out, "))' \\\n");
}

static void
add_verb(struct buf *out, const struct verb *v)
{
	buf_printf(out, "\t%s)\n\t\t_arguments -s -S \\\n", v->name);
	for (size_t i = 0; i < verb_options(v); i++) {
		const struct verb_option *o = &v->options[i];

		add_option(out, str_of(o->name), o->letter,
		    str_of(o->value != NULL ? o->value : ""),
		    str_of(o->words), o->completes);
	}
	if (v->choice != NULL)
		add_list(out, v->choice);
	if (v->completes != COMPLETES_NOTHING) {
		buf_puts(out, "\t\t    '*:operand:");
		add_action(out, v->completes, STR(""));
		buf_puts(out, "' \\\n");
	}
	buf_puts(out, "\t\t    '(-)--help[this text]' ;;\n");
}

static void
add_names(struct buf *out)
{
	const struct verb *v;

	for (size_t i = 0; (v = verbs_at(i)) != NULL; i++) {
		buf_printf(out, "\t\t    '%s:", v->name);
		add_escaped(out, str_of(v->words));
		buf_puts(out, "'\n");
	}
}

static const char head[] =
    "#compdef minismtp\n"
    "# zsh completion for minismtp(1), by \"minismtp completion zsh\"\n\n"
    "_minismtp_accounts() {\n"
    "\tlocal -a found\n"
    "\tfound=(${(f)\"$(" COMPLETION_ACCOUNTS ")\"})\n"
    "\tcompadd -a found\n"
    "}\n\n"
    "_minismtp_providers() {\n"
    "\tlocal -a found\n"
    "\tfound=(${(f)\"$(" COMPLETION_PROVIDERS ")\"})\n"
    "\tcompadd -a found\n"
    "}\n\n"
    "_minismtp_ids() {\n"
    "\tlocal -a found\n"
    "\tfound=(all ${(f)\"$(" COMPLETION_IDS ")\"})\n"
    "\tcompadd -a found\n"
    "}\n\n"
    "_minismtp() {\n"
    "\tlocal -a verbs\n"
    "\tlocal verb=$words[2]\n"
    "\tif [[ $verb == -* ]]; then\n"
    "\t\t_arguments -s -S \\\n";

static const char middle[] =
    "\t\t    '*:address:_users'\n"
    "\t\treturn\n"
    "\tfi\n"
    "\tif (( CURRENT == 2 )); then\n"
    "\t\tverbs=(\n";

void
completion_zsh(struct buf *out)
{
	struct buf spelling = { 0 };
	struct completion_option o;
	const struct verb *v;

	buf_puts(out, head);
	for (size_t i = 0; completion_option(i, &o, &spelling); i++)
		add_option(out, o.name, '\0', o.value, o.words, o.completes);
	buf_puts(out, middle);
	add_names(out);
	buf_puts(out, "\t\t)\n\t\t_describe -t verbs verb verbs\n"
	    "\t\treturn\n\tfi\n\tshift words\n\t(( CURRENT-- ))\n"
	    "\tcase $verb in\n");
	for (size_t i = 0; (v = verbs_at(i)) != NULL; i++)
		add_verb(out, v);
	buf_puts(out, "\tesac\n}\n\n_minismtp \"$@\"\n");
	buf_free(&spelling);
}
