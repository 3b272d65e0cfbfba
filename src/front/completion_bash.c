// SPDX-License-Identifier: ISC
/*
 * completion_bash.c - what bash knows about us
 *
 * A table as a case of shell, and a function that reads the words before the
 * cursor with it.
 */
#include "front/completion.h"

#include "front/verbs.h"

static void
add_value(struct buf *out, const char *dash, struct str name,
    enum completes completes, struct str value)
{
	buf_printf(out, " %s%.*s=%s", dash, STR_ARGS(name),
	    completion_kind(completes));
	/* Words with "|" between them, which is no blank: they stay one. */
	if (completes == COMPLETES_CHOICE)
		buf_printf(out, ":%.*s", STR_ARGS(value));
}

static void
add_options(struct buf *out, const struct verb *v)
{
	buf_puts(out, "\t\toptions='");
	for (size_t i = 0; i < verb_options(v); i++)
		buf_printf(out, "--%s ", v->options[i].name);
	buf_puts(out, "--help'\n\t\tvalues='");
	for (size_t i = 0; i < verb_options(v); i++) {
		const struct verb_option *o = &v->options[i];

		if (o->value == NULL)
			continue;
		add_value(out, "--", str_of(o->name), o->completes,
		    str_of(o->value));
		if (o->letter != '\0')
			add_value(out, "-", (struct str){ &o->letter, 1 },
			    o->completes, str_of(o->value));
	}
	buf_puts(out, " '\n");
}

static void
add_verb(struct buf *out, const struct verb *v)
{
	struct str name, words;

	buf_printf(out, "\t%s)\n", v->name);
	add_options(out, v);
	buf_puts(out, "\t\tfirst='");
	for (size_t i = 0; v->choice != NULL && v->choice(i, &name, &words);
	    i++)
		buf_printf(out, "%s%.*s", i > 0 ? " " : "", STR_ARGS(name));
	buf_printf(out, "'\n\t\toperand=%s ;;\n",
	    completion_kind(v->completes));
}

static void
add_verbs(struct buf *out)
{
	const struct verb *v;

	buf_puts(out, "\t\tfirst='");
	for (size_t i = 0; (v = verbs_at(i)) != NULL; i++)
		buf_printf(out, "%s%s", i > 0 ? " " : "", v->name);
	buf_puts(out, "'\n\t\toperand=address ;;\n");
	for (size_t i = 0; (v = verbs_at(i)) != NULL; i++)
		add_verb(out, v);
}

static void
add_table(struct buf *out)
{
	struct buf spelling = { 0 };
	struct completion_option o;

	buf_puts(out, "_minismtp_table() {\n\tcase $1 in\n\t'')\n"
	    "\t\toptions='");
	for (size_t i = 0; completion_option(i, &o, &spelling); i++)
		buf_printf(out, "%s--%.*s", i > 0 ? " " : "",
		    STR_ARGS(o.name));
	buf_puts(out, "'\n\t\tvalues='");
	for (size_t i = 0; completion_option(i, &o, &spelling); i++)
		if (o.value.len > 0)
			add_value(out, "--", o.name, o.completes, o.value);
	buf_puts(out, " '\n");
	add_verbs(out);
	buf_puts(out, "\t*) return 1 ;;\n\tesac\n}\n");
	buf_free(&spelling);
}

static const char head[] =
    "# bash completion for minismtp(1), by \"minismtp completion bash\"\n\n"
    "# What a verb has: its options, which of them want a value and of what\n"
    "# kind, the words that may come first, and the kind of its operands.\n";

static const char values[] =
    "\n# The words of a kind that begin as the one at the cursor.\n"
    "_minismtp_offer() {\n"
    "\tcase $1 in\n"
    "\tfile)\n"
    "\t\tcompopt -o filenames 2>/dev/null\n"
    "\t\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY"
    " < <(compgen -f -- \"$cur\") ;;\n"
    "\tdirectory)\n"
    "\t\tcompopt -o filenames 2>/dev/null\n"
    "\t\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY"
    " < <(compgen -d -- \"$cur\") ;;\n"
    "\taddress) _minismtp_add \"$(compgen -u)\" ;;\n"
    "\thost) _minismtp_add \"$(compgen -A hostname)\" ;;\n"
    "\taccount) _minismtp_add \"$(" COMPLETION_ACCOUNTS ")\" ;;\n"
    "\tprovider) _minismtp_add \"$(" COMPLETION_PROVIDERS ")\" ;;\n"
    "\tid) _minismtp_add \"all $(" COMPLETION_IDS ")\" ;;\n"
    "\tchoice:*) _minismtp_add \"$(echo \"${1#choice:}\" | tr '|' ' ')\""
    " ;;\n"
    "\tesac\n"
    "}\n\n"
    "_minismtp_add() {\n"
    "\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY"
    " < <(compgen -W \"$1\" -- \"$cur\")\n"
    "}\n\n"
    "# The kind of value that the option wants, or nothing.\n"
    "_minismtp_kind() {\n"
    "\tcase $values in\n"
    "\t*\" $1=\"*)\n"
    "\t\tkind=${values#*\" $1=\"}\n"
    "\t\tkind=${kind%% *} ;;\n"
    "\tesac\n"
    "}\n";

static const char reader[] =
    "\n_minismtp() {\n"
    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} word i count=0 kind= ended=\n"
    "\tlocal options= values= first= operand=nothing\n"
    "\tCOMPREPLY=()\n"
    "\t_minismtp_table ''\n"
    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
    "\t\tword=${COMP_WORDS[i]}\n"
    "\t\tif [[ -n $kind ]]; then\n"
    "\t\t\t# bash makes three words of --name=value\n"
    "\t\t\t[[ $word == = ]] || kind=\n"
    "\t\telif [[ -z $ended && $word == -- ]]; then\n"
    "\t\t\tended=1\n"
    "\t\telif [[ -z $ended && $word == -?* ]]; then\n"
    "\t\t\t_minismtp_kind \"$word\"\n"
    "\t\telif [[ $i -eq 1 ]] && _minismtp_table \"$word\"; then\n"
    "\t\t\tcount=0\n"
    "\t\telse\n"
    "\t\t\tcount=$((count + 1))\n"
    "\t\tfi\n"
    "\t\t# behind an option of sendmail there is no verb\n"
    "\t\t[[ $i -gt 1 || $word != -* ]] || first=\n"
    "\tdone\n"
    "\t[[ $cur != = ]] || cur=\n"
    "\tif [[ -n $kind ]]; then\n"
    "\t\t_minismtp_offer \"$kind\"\n"
    "\telif [[ -z $ended && $cur == -* ]]; then\n"
    "\t\t_minismtp_add \"$options\"\n"
    "\telif [[ $count -eq 0 && -n $first ]]; then\n"
    "\t\t_minismtp_add \"$first\"\n"
    "\telse\n"
    "\t\t_minismtp_offer \"$operand\"\n"
    "\tfi\n"
    "}\n"
    "complete -F _minismtp minismtp\n";

void
completion_bash(struct buf *out)
{
	buf_puts(out, head);
	add_table(out);
	buf_puts(out, values);
	buf_puts(out, reader);
}
