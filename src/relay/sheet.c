// SPDX-License-Identifier: ISC
/*
 * sheet.c - what was found, for people and for programs
 */
#include "relay/sheet.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/colour.h"
#include "base/json.h"
#include "base/table.h"

#define NAME_WIDTH 12

static const struct look {
	const char *utf8, *ascii;
	enum colour colour;
} looks[] = {
	[FINDING_GOOD] = { "\xe2\x9c\x93", "ok", COLOUR_GOOD },
	[FINDING_UNKNOWN] = { "-", "--", COLOUR_WEAK },
	[FINDING_WARNING] = { "!", "!!", COLOUR_WARNING },
	[FINDING_BAD] = { "\xe2\x9c\x97", "XX", COLOUR_BAD },
};

/* The first of them that is said decides (POSIX). */
static bool
wants_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < TABLE_COUNT(names); i++) {
		const char *value = getenv(names[i]);
		struct str s, head;

		if (value == NULL || value[0] == '\0')
			continue;
		s = str_of(value);
		if (!str_eat_until(&s, '.', &head))
			return false;
		if (str_eat_until(&s, '@', &head))
			s = head;
		return str_ieq(s, STR("UTF-8")) || str_ieq(s, STR("utf8"));
	}
	return false;
}

void
sheet_begin(struct sheet *s, bool json)
{
	*s = (struct sheet){ .json = json, .utf8 = wants_utf8(),
	    .colour = colour_is_wanted(STDOUT_FILENO) };
}

/* -- for people */

static void
add_headline(struct sheet *s, const struct finding *f, struct buf *out)
{
	if (s->lines > 0 && str_eq(buf_str(&s->group), buf_str(&f->group)))
		return;
	buf_set(&s->group, buf_str(&f->group));
	colour_add(out, s->colour, COLOUR_STRONG, buf_str(&f->group));
	buf_putc(out, '\n');
}

static void
add_mends(const struct sheet *s, const struct finding *f, struct buf *out)
{
	for (size_t i = 0; i < f->mend.count; i++) {
		buf_puts(out, s->utf8 ? "      \xe2\x86\x92 " : "      => ");
		colour_add(out, s->colour, COLOUR_STRONG,
		    strs_at(&f->mend, i));
		buf_putc(out, '\n');
	}
}

static void
add_text(struct sheet *s, const struct finding *f, struct buf *out)
{
	const struct look *look = &looks[f->state];

	add_headline(s, f, out);
	buf_puts(out, "  ");
	colour_add(out, s->colour, look->colour,
	    str_of(s->utf8 ? look->utf8 : look->ascii));
	buf_printf(out, " %-*s %s\n", NAME_WIDTH, buf_cstr(&f->check),
	    buf_cstr(&f->words));
	for (size_t i = 0; i < f->details.count; i++)
		buf_printf(out, "      %.*s\n",
		    STR_ARGS(strs_at(&f->details, i)));
	add_mends(s, f, out);
}

static void
add_count(struct buf *out, size_t n, const char *one, const char *many)
{
	if (n == 0)
		return;
	buf_printf(out, "%s%zu %s", out->len > 0 ? ", " : "", n,
	    n == 1 ? one : many);
}

static void
add_sum(struct sheet *s, struct buf *out)
{
	struct buf words = { 0 };

	add_count(&words, s->count[FINDING_BAD], "failure", "failures");
	add_count(&words, s->count[FINDING_WARNING], "warning", "warnings");
	if (words.len == 0)
		buf_puts(&words, "no failure, no warning");
	add_count(&words, s->count[FINDING_UNKNOWN], "unknown", "unknown");
	buf_printf(out, "%s\n", buf_cstr(&words));
	buf_free(&words);
}

/* -- for programs */

static void
add_member(struct buf *out, const char *name, struct str value)
{
	buf_printf(out, ", \"%s\": ", name);
	json_add(out, value);
}

static void
add_list(struct buf *out, const char *name, const struct strs *list)
{
	buf_printf(out, ", \"%s\": [", name);
	for (size_t i = 0; i < list->count; i++) {
		buf_puts(out, i > 0 ? ", " : "");
		json_add(out, strs_at(list, i));
	}
	buf_putc(out, ']');
}

static void
add_json(struct sheet *s, const struct finding *f, struct buf *out)
{
	buf_puts(out, s->lines == 0 ? "{\"checks\": [\n" : ",\n");
	buf_puts(out, "  {\"check\": ");
	json_add(out, buf_str(&f->check));
	add_member(out, "group", buf_str(&f->group));
	add_member(out, "state", str_of(finding_word(f->state)));
	add_member(out, "words", buf_str(&f->words));
	add_list(out, "details", &f->details);
	add_list(out, "mend", &f->mend);
	buf_putc(out, '}');
}

void
sheet_add(struct sheet *s, const struct finding *f, struct buf *out)
{
	if (s->json)
		add_json(s, f, out);
	else
		add_text(s, f, out);
	s->count[f->state]++;
	s->lines++;
}

void
sheet_end(struct sheet *s, struct buf *out)
{
	if (!s->json)
		add_sum(s, out);
	else
		buf_printf(out, "%s\n], \"status\": %d}\n", s->lines == 0 ?
		    "{\"checks\": [" : "", sheet_status(s));
}

int
sheet_status(const struct sheet *s)
{
	return s->count[FINDING_BAD] > 0 ? 2 :
	    s->count[FINDING_WARNING] > 0 ? 1 : 0;
}

void
sheet_free(struct sheet *s)
{
	buf_free(&s->group);
}
