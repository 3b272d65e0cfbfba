// SPDX-License-Identifier: ISC
/*
 * print.c - the configuration as it is in force
 */
#include "config/print.h"

#include "base/json.h"
#include "config/keys.h"
#include "config/value.h"

/* One way to write texts: the file's, or JSON's. */
struct style {
	void (*text)(struct buf *out, struct str s);
	void (*plain)(struct buf *out, const char *word);	/* yes, 5d */
	const char *open, *close;
};

static const void *
member(const struct key *k, const void *base)
{
	return (const char *)base + k->offset;
}

/* Double quotes, and escapes for what is not text. */
void
print_text(struct buf *out, struct str s)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (str_is_control(c))
			buf_printf(out, "\\x%02x", (unsigned char)c);
		else {
			if (c == '"' || c == '\\' || c == '$')
				buf_putc(out, '\\');
			buf_putc(out, c);
		}
	}
	buf_putc(out, '"');
}

static void
file_plain(struct buf *out, const char *word)
{
	buf_puts(out, word);
}

static void
json_plain(struct buf *out, const char *word)
{
	json_add(out, str_of(word));
}

static const struct style file_style = {
	print_text, file_plain, "{ ", " }"
}, json_style = {
	json_add, json_plain, "[", "]"
};

static void
print_strs(struct buf *out, const struct strs *list, const struct style *st)
{
	if (list->count == 0 && st == &file_style) {
		buf_puts(out, "\"\"");
		return;
	}
	buf_puts(out, st->open);
	for (size_t i = 0; i < list->count; i++) {
		buf_puts(out, i > 0 ? ", " : "");
		st->text(out, strs_at(list, i));
	}
	buf_puts(out, st->close);
}

/* Words of a command: one alone would be taken apart again. */
static void
print_argv(struct buf *out, const struct strs *argv, const struct style *st)
{
	struct buf quoted = { 0 };
	struct str word = argv->count == 1 ? strs_at(argv, 0) : STR("");

	if (argv->count != 1 || st != &file_style) {
		print_strs(out, argv, st);
		return;
	}
	buf_putc(&quoted, '\'');
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\'')
			buf_puts(&quoted, "'\\''");
		else
			buf_putc(&quoted, word.ptr[i]);
	}
	buf_putc(&quoted, '\'');
	st->text(out, buf_str(&quoted));
	buf_free(&quoted);
}

static void
print_relays(struct buf *out, const struct key *k, const void *base,
    const struct style *st)
{
	struct relay *const *list = member(k, base);
	const size_t *count = (const size_t *)(const void *)(list + 1);
	struct strs texts = { 0 };

	for (size_t i = 0; i < *count; i++)
		strs_add(&texts, buf_str(&(*list)[i].text));
	print_strs(out, &texts, st);
	strs_free(&texts);
}

static void
print_rates(struct buf *out, const struct key *k, const void *base,
    const struct style *st)
{
	struct rate *const *list = member(k, base);
	const size_t *count = (const size_t *)(const void *)(list + 1);
	struct strs texts = { 0 };

	for (size_t i = 0; i < *count; i++)
		value_print_rate(strs_add(&texts, STR("")), &(*list)[i]);
	print_strs(out, &texts, st);
	strs_free(&texts);
}

static void
print_retry(struct buf *out, const int64_t *wait, const struct style *st)
{
	struct strs texts = { 0 };

	value_print_duration(strs_add(&texts, STR("")), wait[0]);
	value_print_duration(strs_add(&texts, STR("")), wait[1]);
	print_strs(out, &texts, st);
	strs_free(&texts);
}

static void
print_proxy(struct buf *out, const struct buf *host, const struct style *st)
{
	const int *port = (const int *)(const void *)(host + 1);
	struct buf text = { 0 };

	if (host->len > 0)
		buf_printf(&text, str_has(buf_str(host), ':') ? "[%s]:%d" :
		    "%s:%d", buf_cstr(host), *port);
	st->text(out, buf_str(&text));
	buf_free(&text);
}

static void
print_enum(struct buf *out, const struct key *k, int value,
    const struct style *st)
{
	const char *word = "";

	for (const struct key_word *w = k->words; w->name != NULL; w++) {
		if (w->value == value)
			word = w->name;
	}
	if (word[0] == '\0')
		st->text(out, STR(""));
	else
		st->plain(out, word);
}

static void
print_number(struct buf *out, const struct key *k, const void *p,
    const struct style *st)
{
	struct buf text = { 0 };

	if (k->type == KEY_DURATION)
		value_print_duration(&text, *(const int64_t *)p);
	else
		value_print_size(&text, *(const uint64_t *)p);
	st->plain(out, buf_cstr(&text));
	buf_free(&text);
}

/* A PIN may hide in it. */
static void
print_string(struct buf *out, const struct buf *value, const struct style *st)
{
	struct buf shown = { 0 };

	(void)secret_mask_pin(&shown, buf_str(value));
	st->text(out, buf_str(&shown));
	buf_free(&shown);
}

static void
print_value(struct buf *out, const struct key *k, const void *base,
    const struct style *st)
{
	const void *p = member(k, base);

	switch (k->type) {
	case KEY_STRING:
		print_string(out, p, st);
		break;
	case KEY_STRINGS:
	case KEY_HEADERS:
		print_strs(out, p, st);
		break;
	case KEY_ARGV:
		print_argv(out, p, st);
		break;
	case KEY_SECRET:
		st->text(out, secret_is_set(p) ? STR("...") : STR(""));
		break;
	case KEY_BOOL:
		if (st == &json_style)
			buf_puts(out, *(const bool *)p ? "true" : "false");
		else
			buf_puts(out, *(const bool *)p ? "yes" : "no");
		break;
	case KEY_INT:
		buf_printf(out, "%d", *(const int *)p);
		break;
	case KEY_DURATION:
	case KEY_SIZE:
		print_number(out, k, p, st);
		break;
	case KEY_ENUM:
		print_enum(out, k, *(const int *)p, st);
		break;
	case KEY_RELAYS:
		print_relays(out, k, base, st);
		break;
	case KEY_RATES:
		print_rates(out, k, base, st);
		break;
	case KEY_RETRY:
		print_retry(out, p, st);
		break;
	case KEY_PROXY:
		print_proxy(out, p, st);
		break;
	}
}

/* header "Name" = "value", one line for each. */
static void
print_headers(struct buf *out, const struct strs *list, const char *indent)
{
	for (size_t i = 0; i < list->count; i++) {
		struct str value = strs_at(list, i), name;

		if (!str_eat_until(&value, ':', &name))
			continue;
		buf_printf(out, "%sheader ", indent);
		print_text(out, name);
		buf_puts(out, " = ");
		print_text(out, str_skip(value, 1));
		buf_putc(out, '\n');
	}
}

static void
print_key(struct buf *out, const struct key *k, const void *base,
    const char *indent)
{
	if (k->type == KEY_HEADERS) {
		print_headers(out, member(k, base), indent);
		return;
	}
	buf_printf(out, "%s%s = ", indent, k->name);
	print_value(out, k, base, &file_style);
	buf_putc(out, '\n');
}

void
print_config(const struct config *c, struct buf *out)
{
	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *k = keys_at(i);

		if (k->where == KEY_TOP)
			print_key(out, k, c, "");
		else if (k->where != KEY_ACCOUNT)
			print_key(out, k, &c->account[0], "");
	}
	for (size_t n = 1; n < c->accounts; n++) {
		buf_puts(out, "\naccount ");
		print_text(out, buf_str(&c->account[n].name));
		buf_puts(out, " {\n");
		for (size_t i = 0; i < keys_count(); i++) {
			if (keys_at(i)->where != KEY_TOP)
				print_key(out, keys_at(i), &c->account[n],
				    "\t");
		}
		buf_puts(out, "}\n");
	}
}

void
print_defaults(struct buf *out)
{
	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *k = keys_at(i);

		buf_printf(out, "%s# %s%s\n", i > 0 ? "\n" : "", k->help,
		    k->where == KEY_ACCOUNT ? " (only in an account)" : "");
		if (k->type == KEY_HEADERS)
			buf_printf(out, "#%s \"Name\" = \"value\"\n", k->name);
		else if (k->init[0] == '\0')
			buf_printf(out, "#%s = \"\"\n", k->name);
		else if (k->type == KEY_STRING)
			buf_printf(out, "%s = \"%s\"\n", k->name, k->init);
		else if (key_is_list(k))
			buf_printf(out, "%s = { %s }\n", k->name, k->init);
		else
			buf_printf(out, "%s = %s\n", k->name, k->init);
	}
}

/* The members of one object; what only accounts have is left out of [0]. */
static void
json_members(struct buf *out, const struct config *c,
    const struct account *a, const char *indent)
{
	const char *comma = "";

	if (a != &c->account[0]) {
		buf_printf(out, "%s\"name\": ", indent);
		json_add(out, buf_str(&a->name));
		comma = ",\n";
	}
	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *k = keys_at(i);

		if (a == &c->account[0] ? k->where == KEY_ACCOUNT :
		    k->where == KEY_TOP)
			continue;
		buf_printf(out, "%s%s\"%s\": ", comma, indent, k->name);
		if (k->where == KEY_TOP)
			print_value(out, k, c, &json_style);
		else
			print_value(out, k, a, &json_style);
		comma = ",\n";
	}
}

void
print_json(const struct config *c, struct buf *out)
{
	buf_puts(out, "{\n");
	json_members(out, c, &c->account[0], "  ");
	buf_puts(out, ",\n  \"account\": [");
	for (size_t n = 1; n < c->accounts; n++) {
		buf_puts(out, n > 1 ? ", {\n" : "{\n");
		json_members(out, c, &c->account[n], "    ");
		buf_puts(out, "\n  }");
	}
	buf_puts(out, "]\n}\n");
}
