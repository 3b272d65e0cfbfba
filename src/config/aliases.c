// SPDX-License-Identifier: ISC
/*
 * aliases.c - /etc/aliases: reading it
 */
#include "config/aliases.h"

#include <stdlib.h>

#include "base/vis.h"
#include "base/xmem.h"
#include "config/word.h"

/* Without quotes and what they escape: "bob\ jones" is bob jones. */
static void
unquote(struct buf *out, struct str s)
{
	char c;
	bool in_quotes = false;

	while (str_eat_byte(&s, &c)) {
		if (c == '"') {
			in_quotes = !in_quotes;
			continue;
		}
		if (in_quotes && c == '\\')
			str_eat_byte(&s, &c);
		buf_putc(out, c);
	}
}

/*
 * Up to stop, which is eaten, outside of quotes; a # behind a blank ends it
 * all.  False where a quote is left open.
 */
static bool
eat_part(struct str *line, char stop, struct str *part, bool *stopped)
{
	bool in_quotes = false;
	size_t i;

	*stopped = false;
	for (i = 0; i < line->len; i++) {
		char c = line->ptr[i];

		if (c == '"')
			in_quotes = !in_quotes;
		else if (c == '\\' && in_quotes)
			i++;
		else if (!in_quotes && c == stop)
			break;
		else if (!in_quotes && c == '#' &&
		    (i == 0 || str_is_blank(line->ptr[i - 1]))) {
			*part = str_trim(str_head(*line, i));
			*line = str_skip(*line, line->len);
			return true;
		}
	}
	*stopped = i < line->len;
	*part = str_trim(str_head(*line, i));
	*line = str_skip(*line, *stopped ? i + 1 : line->len);
	return !in_quotes;
}

static const char *
check_name(struct str name)
{
	if (name.len == 0)
		return "a name is missing before the colon";
	if (str_has(name, '@'))
		return "an alias is a name on this machine, without @domain";
	if (!utf8_is_valid(name) || word_text(name) != NULL)
		return "there is a control byte in the name";
	return NULL;
}

/* NULL, or why this target is none; quoted and bare say what it was. */
static const char *
check_target(struct str written, struct str bare)
{
	bool quoted = written.len > 0 && written.ptr[0] == '"';
	struct str path = bare;

	if (bare.len == 0)
		return "an empty name";
	if (word_text(bare) != NULL || !utf8_is_valid(bare))
		return "there is a control byte in it";
	if (bare.ptr[0] == '|')
		return "no program is run for an alias";
	if (bare.ptr[0] == '/' || bare.ptr[0] == '~')
		return "no mail is written to a file";
	if (str_ieat(&path, STR(":include:"))) {
		path = str_trim(path);
		return path.len > 0 && path.ptr[0] == '/' ? NULL :
		    ":include: wants a path from the root on";
	}
	if (bare.ptr[0] == ':')
		return "there is no such thing but :include:";
	if (str_has(written, '@'))
		return word_address(written) == NULL ? NULL :
		    "this is no address";
	for (size_t i = 0; !quoted && i < bare.len; i++) {
		if (str_has(STR(" \t<>(),;:[]"), bare.ptr[i]))
			return "this is neither an address nor a name";
	}
	return NULL;
}

/* A list of targets on one line. */
static void
targets(struct strs *out, struct str line, struct place at,
    struct mistakes *m)
{
	struct buf bare = { 0 };

	while (line.len > 0) {
		struct str part;
		const char *wrong;
		bool stopped;

		if (!eat_part(&line, ',', &part, &stopped)) {
			mistakes_add(m, at, "a quote is not closed");
			break;
		}
		if (part.len == 0)
			continue;	/* a comma too many harms nobody */
		if (part.len > 2 && part.ptr[0] == '<' &&
		    part.ptr[part.len - 1] == '>')
			part = str_head(str_skip(part, 1), part.len - 2);
		buf_reset(&bare);
		unquote(&bare, part);
		wrong = check_target(part, buf_str(&bare));
		if (wrong != NULL)
			mistakes_add(m, at, "%s", wrong);
		else if (str_has(part, '@'))
			strs_add(out, part);
		else
			strs_add(out, buf_str(&bare));
	}
	buf_free(&bare);
}

static bool
is_comment(struct str line)
{
	line = str_trim(line);
	return line.len == 0 || line.ptr[0] == '#';
}

/* Sorted by name, so that finding is quick and twins are neighbours. */
static int
by_name(const void *a, const void *b)
{
	const struct alias *x = a, *y = b;
	struct str s = buf_str(&x->name), t = buf_str(&y->name);

	for (size_t i = 0; i < s.len && i < t.len; i++) {
		int d = (unsigned char)str_lower(s.ptr[i]) -
		    (unsigned char)str_lower(t.ptr[i]);

		if (d != 0)
			return d;
	}
	return s.len < t.len ? -1 : s.len > t.len;
}

static int
by_name_and_line(const void *a, const void *b)
{
	const struct alias *x = a, *y = b;
	int d = by_name(a, b);

	return d != 0 ? d : x->line < y->line ? -1 : x->line > y->line;
}

static void
finish(struct aliases *a, struct mistakes *m)
{
	struct str file = buf_str(&a->file);

	if (a->count == 0)
		return;
	qsort(a->item, a->count, sizeof(*a->item), by_name_and_line);
	for (size_t i = 0; i < a->count; i++) {
		struct place at = { file, a->item[i].line };

		if (a->item[i].target.count == 0)
			mistakes_add(m, at, "this alias stands for nobody");
		if (i > 0 && by_name(&a->item[i - 1], &a->item[i]) == 0)
			mistakes_add(m, at, "this alias is here for the "
			    "second time, after line %zu", a->item[i - 1].line);
	}
	mistakes_sort(m);
}

/* "name: targets"; NULL where there is no name, and so no alias. */
static struct alias *
begin(struct aliases *a, struct str *line, struct place at,
    struct mistakes *m)
{
	struct str part;
	struct buf name = { 0 };
	const char *wrong = NULL;
	struct alias *x = NULL;
	bool colon;

	if (!eat_part(line, ':', &part, &colon))
		wrong = "a quote is not closed";
	else if (!colon)
		wrong = "an alias is a name, a colon, and addresses";
	unquote(&name, part);
	if (wrong == NULL)
		wrong = check_name(buf_str(&name));
	if (wrong != NULL) {
		mistakes_add(m, at, "%s", wrong);
	} else {
		a->item = xgrow(a->item, a->count, sizeof(*a->item));
		x = &a->item[a->count++];
		*x = (struct alias){ .line = at.line };
		buf_set(&x->name, buf_str(&name));
	}
	buf_free(&name);
	return x;
}

void
aliases_parse(struct aliases *a, const char *file, struct str text,
    struct mistakes *m)
{
	struct place at = { { NULL, 0 }, 0 };
	struct alias *now = NULL;
	struct str line;
	bool started = false;

	buf_set(&a->file, str_of(file));
	at.file = buf_str(&a->file);
	str_eat(&text, STR("\xef\xbb\xbf"));
	while (str_eat_line(&text, &line)) {
		at.line++;
		if (is_comment(line))
			continue;
		if (!str_is_blank(line.ptr[0])) {
			now = begin(a, &line, at, m);
			started = true;
		} else if (!started) {
			mistakes_add(m, at, "this line continues nothing");
			continue;
		}
		if (now != NULL)
			targets(&now->target, line, at, m);
	}
	finish(a, m);
}

void
aliases_parse_list(struct strs *out, const char *file, struct str text,
    struct mistakes *m)
{
	struct place at = { str_of(file), 0 };
	struct str line;

	while (str_eat_line(&text, &line)) {
		at.line++;
		if (!is_comment(line))
			targets(out, line, at, m);
	}
}

const struct alias *
aliases_find(const struct aliases *a, struct str name)
{
	struct alias key = { 0 };
	const struct alias *found = NULL;

	if (a->count == 0)
		return NULL;
	unquote(&key.name, name);
	found = bsearch(&key, a->item, a->count, sizeof(*a->item), by_name);
	buf_free(&key.name);
	while (found != NULL && found > a->item && by_name(found - 1, found)
	    == 0)
		found--;	/* of twins the first counts */
	return found;
}

void
aliases_free(struct aliases *a)
{
	for (size_t i = 0; i < a->count; i++) {
		buf_free(&a->item[i].name);
		strs_free(&a->item[i].target);
	}
	free(a->item);
	buf_free(&a->file);
	*a = (struct aliases){ 0 };
}
