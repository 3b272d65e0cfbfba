// SPDX-License-Identifier: ISC
/*
 * cfws.c - what structured fields may have between any two words
 */
#include "message/cfws.h"

/* Counting, not recursion: a thousand parentheses cost no stack. */
bool
comment_eat(struct str *in, struct str *comment)
{
	size_t depth = 0;

	for (size_t i = 0; i < in->len; i++) {
		char c = in->ptr[i];

		if (c == '\\' && depth > 0)
			i++;
		else if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		if (depth == 0) {
			if (i == 0)
				return false;
			*comment = str_head(*in, i + 1);
			*in = str_skip(*in, i + 1);
			return true;
		}
	}
	return false;
}

bool
quoted_eat(struct str *in, struct str *quoted)
{
	if (in->len == 0 || in->ptr[0] != '"')
		return false;
	for (size_t i = 1; i < in->len; i++) {
		if (in->ptr[i] == '\\') {
			i++;
		} else if (in->ptr[i] == '"') {
			*quoted = str_head(*in, i + 1);
			*in = str_skip(*in, i + 1);
			return true;
		}
	}
	return false;
}

bool
cfws_eat(struct str *in)
{
	struct str rest = *in, part;

	for (;;) {
		if (str_eat_span(&rest, " \t\r\n", &part))
			continue;
		if (rest.len == 0 || rest.ptr[0] != '(') {
			*in = rest;
			return true;
		}
		if (!comment_eat(&rest, &part))
			return false;
	}
}
