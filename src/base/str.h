// SPDX-License-Identifier: ISC
/*
 * str.h - a view of bytes that belong to somebody else
 *
 * Two words, passed and returned by value, never freed, never stored beyond
 * the call that got it, not NUL-terminated and free to hold NULs.  What it
 * points into must outlive it: a str taken from a buf dies with the next call
 * that changes the buf.
 *
 * Text is taken apart by eaters.  Each takes something off the front of *in
 * and returns true, or returns false and leaves *in and its outputs alone:
 *
 *	if (str_ieat(&line, STR("SIZE")) && str_eat(&line, STR(" ")) &&
 *	    str_eat_number(&line, &limit) && line.len == 0)
 *		...
 */
#ifndef MINISMTP_BASE_STR_H
#define MINISMTP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *ptr;
	size_t len;
};

/* STR("literal") may stand in a table; str_of() measures a C string. */
#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
static inline struct str
str_of(const char *cstr)
{
	return (struct str){ cstr, strlen(cstr) };
}

/* printf("%.*s", STR_ARGS(s)); a view longer than an int prints as much. */
#define STR_ARGS(s) str_printable_len(s), (s).ptr
int str_printable_len(struct str s);

bool str_ieq(struct str a, struct str b);	/* ASCII only, no locale */
int str_cmp(struct str a, struct str b);	/* for sorting, by bytes */
bool str_has(struct str s, char c);
bool str_ends(struct str s, struct str suffix);
bool str_iends(struct str s, struct str suffix);

bool str_ieat(struct str *in, struct str prefix);
bool str_eat_byte(struct str *in, char *c);
/* Up to the stop byte, which is eaten too and is in neither part. */
bool str_eat_until(struct str *in, char stop, struct str *head);
/* One or more bytes out of set. */
bool str_eat_span(struct str *in, const char *set, struct str *head);
/* A run of other things than blanks, and the blanks before and behind it. */
bool str_eat_word(struct str *in, struct str *word);
/* A line without its LF or CRLF; the last one may lack both. */
bool str_eat_line(struct str *in, struct str *line);
bool str_eat_digits(struct str *in, size_t count, int *value);	/* exactly */
bool str_eat_number(struct str *in, uint64_t *value);	/* overflow: false */

struct str str_trim(struct str s);		/* spaces, tabs, CR, LF */
/* Around the last c: "a@b@c" cut at '@' is "a@b" and "c". */
bool str_cut_last(struct str s, char c, struct str *head, struct str *tail);

bool str_is_ascii(struct str s);	/* no byte above 127 */

/*
 * What is asked of every byte, or compared with a literal, has its body here,
 * so that the loops of others call nothing.
 */

/* Without the first n. */
static inline struct str
str_skip(struct str s, size_t n)
{
	if (n > s.len)
		n = s.len;
	/* An empty view may have no bytes at all to count from. */
	return n == 0 ? s : (struct str){ s.ptr + n, s.len - n };
}

/* At most the first n. */
static inline struct str
str_head(struct str s, size_t n)
{
	return (struct str){ s.ptr, n < s.len ? n : s.len };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len &&
	    (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* This, off the front. */
static inline bool
str_eat(struct str *in, struct str prefix)
{
	if (!str_eq(str_head(*in, prefix.len), prefix))
		return false;
	*in = str_skip(*in, prefix.len);
	return true;
}

/* The one idea of what a byte is; <ctype.h> would ask the locale. */
static inline char
str_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool
str_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
str_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Space or tab. */
static inline bool
str_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Below 32, or 127. */
static inline bool
str_is_control(char c)
{
	return (unsigned char)c < 32 || c == 127;
}

#endif
