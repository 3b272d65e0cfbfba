// SPDX-License-Identifier: ISC
/*
 * finding.c - what one check has come to
 */
#include "relay/finding.h"

#include <stdarg.h>

#include "base/table.h"
#include "base/vis.h"
#include "queue/field.h"

#define WORDS_MAX 2000		/* of any one line */

static const char *const state_words[] = {
	[FINDING_GOOD] = "ok",
	[FINDING_UNKNOWN] = "unknown",
	[FINDING_WARNING] = "warning",
	[FINDING_BAD] = "failure",
};

const char *
finding_word(enum finding_state state)
{
	return state_words[state];
}

/* Much of it has been made harmless already, and once is enough. */
static bool
is_harmless(struct str raw)
{
	struct buf shown = { 0 };
	size_t at = 0;
	bool same;

	vis_add(&shown, raw);
	for (size_t i = 0; i < raw.len && at < shown.len &&
	    raw.ptr[i] == shown.data[at]; i++)
		at += raw.ptr[i] == '\\' ? 2 : 1;
	same = at == shown.len;
	buf_free(&shown);
	return same;
}

static void
format(struct buf *out, const char *fmt, va_list ap)
{
	struct buf raw = { 0 };

	buf_vprintf(&raw, fmt, ap);
	if (raw.len <= WORDS_MAX && is_harmless(buf_str(&raw)))
		buf_add(out, buf_str(&raw));
	else
		vis_add_some(out, buf_str(&raw), WORDS_MAX);
	buf_free(&raw);
}

/*
 * The worst is the line; what was the line until now is a detail.  Beside what
 * is not well, nobody wants to hear what is.
 */
static void
say(struct finding *f, enum finding_state state, struct str words)
{
	bool worse = state > f->state;

	if (state == FINDING_GOOD && f->state != FINDING_GOOD)
		return;
	if (f->words.len > 0 && worse && f->state == FINDING_GOOD)
		buf_reset(&f->words);
	else if (f->words.len > 0)
		strs_add(&f->details, worse ? buf_str(&f->words) : words);
	if (f->words.len == 0 || worse)
		buf_set(&f->words, words);
	if (worse)
		f->state = state;
}

void
finding_say(struct finding *f, enum finding_state state, const char *fmt, ...)
{
	struct buf words = { 0 };
	va_list ap;

	va_start(ap, fmt);
	format(&words, fmt, ap);
	va_end(ap);
	say(f, state, buf_str(&words));
	buf_free(&words);
}

void
finding_add(struct finding *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	format(strs_add(&f->details, STR("")), fmt, ap);
	va_end(ap);
}

/* The same mend for several faults is said once. */
void
finding_mend(struct finding *f, const char *fmt, ...)
{
	struct buf words = { 0 };
	va_list ap;

	va_start(ap, fmt);
	format(&words, fmt, ap);
	va_end(ap);
	if (!strs_has(&f->mend, buf_str(&words)))
		strs_add(&f->mend, buf_str(&words));
	buf_free(&words);
}

/* How the errs of this house name a command. */
static const char *const commands[] = { ": chmod ", ": chown ", ": chgrp " };

static bool
cut_mend(struct str text, struct str *words, struct str *mend)
{
	for (size_t at = 0; at < text.len; at++)
		for (size_t i = 0; i < TABLE_COUNT(commands); i++) {
			struct str rest = str_skip(text, at);

			if (!str_eat(&rest, str_of(commands[i])))
				continue;
			*words = str_head(text, at);
			*mend = str_skip(text, at + 2);
			return true;
		}
	return false;
}

void
finding_err(struct finding *f, enum finding_state state, const struct err *e)
{
	struct str words = buf_str(&e->text), mend = STR("");

	(void)cut_mend(buf_str(&e->text), &words, &mend);
	finding_say(f, state, "%.*s", STR_ARGS(words));
	if (mend.len > 0)
		finding_mend(f, "%.*s", STR_ARGS(mend));
}

void
finding_pack(struct buf *out, const struct finding *f)
{
	field_add(out, "check", buf_str(&f->check));
	field_add(out, "group", buf_str(&f->group));
	field_addf(out, "state", "%d", (int)f->state);
	field_add(out, "words", buf_str(&f->words));
	for (size_t i = 0; i < f->details.count; i++)
		field_add(out, "detail", strs_at(&f->details, i));
	for (size_t i = 0; i < f->mend.count; i++)
		field_add(out, "mend", strs_at(&f->mend, i));
}

static bool
take(struct finding *f, struct str key, struct str value)
{
	uint64_t n;

	if (str_eq(key, STR("check")))
		buf_set(&f->check, value);
	else if (str_eq(key, STR("group")))
		buf_set(&f->group, value);
	else if (str_eq(key, STR("words")))
		buf_set(&f->words, value);
	else if (str_eq(key, STR("detail")))
		strs_add(&f->details, value);
	else if (str_eq(key, STR("mend")))
		strs_add(&f->mend, value);
	else if (!str_eq(key, STR("state")) || !str_eat_number(&value, &n) ||
	    value.len > 0 || n > FINDING_BAD)
		return false;
	else
		f->state = (enum finding_state)n;
	return true;
}

bool
finding_unpack(struct finding *f, struct str in)
{
	struct str key, value;

	finding_free(f);
	while (in.len > 0)
		if (field_eat(&in, 4 * WORDS_MAX, &key, &value) != 1 ||
		    !take(f, key, value))
			return false;
	return f->check.len > 0;
}

void
finding_free(struct finding *f)
{
	buf_free(&f->check);
	buf_free(&f->group);
	buf_free(&f->words);
	strs_free(&f->details);
	strs_free(&f->mend);
	*f = (struct finding){ 0 };
}
