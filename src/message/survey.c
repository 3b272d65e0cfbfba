// SPDX-License-Identifier: ISC
/*
 * survey.c - a part of a message, looked through before it is written
 */
#include "message/survey.h"

#include "base/table.h"

/* What begins a text whose letters have two or four bytes; longest first. */
static const struct {
	const char *name;
	struct str mark;
} wide[] = {
	{ "utf-32", { "\xff\xfe\0\0", 4 } },
	{ "utf-32", { "\0\0\xfe\xff", 4 } },
	{ "utf-16", { "\xff\xfe", 2 } },
	{ "utf-16", { "\xfe\xff", 2 } },
};

static const char *
wide_name(const struct survey *s)
{
	for (size_t i = 0; i < TABLE_COUNT(wide); i++) {
		struct str head = buf_str(&s->head);

		if (str_eat(&head, wide[i].mark))
			return wide[i].name;
	}
	return NULL;
}

/* Where no more of it can come the count is past its end. */
static void
note_from(struct survey *s, char c)
{
	static const char from[] = "From ";

	if (c == '\n')
		s->from = 0;
	else if (s->from < sizeof(from) - 1)
		s->from = c == from[s->from] ? s->from + 1 : sizeof(from);
	s->from_line |= s->from == sizeof(from) - 1;
}

void
survey_add(struct survey *s, struct str piece)
{
	uint64_t odd = 0;

	if (piece.len == 0)
		return;
	/* With a NUL it is base64 whatever follows: no need to look at it. */
	if (!s->scan.facts.nul)
		scan_add(&s->scan, piece);
	for (size_t i = 0; i < piece.len && !s->scan.facts.nul; i++) {
		unsigned char c = (unsigned char)piece.ptr[i];

		note_from(s, piece.ptr[i]);
		odd += c > 126 || c == '=' || (c < 32 && c != '\n' &&
		    c != '\r' && c != '\t');
	}
	s->odd += odd;
	s->bytes += piece.len;
	s->last = piece.ptr[piece.len - 1];
	if (s->head.len < SURVEY_HEAD)
		buf_add(&s->head, str_head(piece, SURVEY_HEAD - s->head.len));
}

void
survey_end(struct survey *s)
{
	scan_end(&s->scan, &s->facts);
}

void
survey_free(struct survey *s)
{
	buf_free(&s->head);
	*s = (struct survey){ 0 };
}

/* Escapes, tabs and page breaks are in many a log; others are in none. */
static bool
is_text_control(char c)
{
	return str_has(STR("\a\b\t\n\v\f\r\033"), c);
}

bool
survey_is_text(const struct survey *s)
{
	if (wide_name(s) != NULL)
		return true;
	for (size_t i = 0; i < s->head.len; i++)
		if (str_is_control(s->head.data[i]) &&
		    !is_text_control(s->head.data[i]) &&
		    s->head.data[i] != 127)
			return false;
	return !s->facts.nul;
}

struct str
survey_charset(const struct survey *s, struct str hint)
{
	const char *name = wide_name(s);

	if (name != NULL)
		return str_of(name);
	if (!s->facts.eight_bit)
		return STR("us-ascii");
	if (s->facts.utf8)
		return STR("utf-8");
	if (hint.len == 0 || str_ieq(hint, STR("utf-8")) ||
	    str_ieq(hint, STR("us-ascii")))
		return STR("unknown-8bit");
	return hint;
}

/* Quoted-printable adds two bytes to each odd one, base64 a third to all. */
enum transfer_kind
survey_transfer(const struct survey *s, bool text)
{
	const struct body_facts *f = &s->facts;

	if (!text || wide_name(s) != NULL || f->nul)
		return TRANSFER_BASE64;
	if (!f->eight_bit && !f->bare_cr && !f->long_line)
		return TRANSFER_NONE;
	return s->odd * 6 <= s->bytes ? TRANSFER_QP : TRANSFER_BASE64;
}
