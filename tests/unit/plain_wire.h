// SPDX-License-Identifier: ISC
/*
 * plain_wire.h - what canon.c and widen.c do, by bytes, to compare with
 */
#ifndef MINISMTP_TESTS_PLAIN_WIRE_H
#define MINISMTP_TESTS_PLAIN_WIRE_H

#include "base/buf.h"
#include "base/str.h"
#include "message/canon.h"
#include "message/widen.h"

/* The naive form of it all, to compare with. */
static inline void
plain_wire(struct buf *out, struct str in, bool stuff)
{
	bool begins = true;

	for (size_t i = 0; i < in.len; i++) {
		size_t crs = 0;

		while (i + crs < in.len && in.ptr[i + crs] == '\r')
			crs++;
		if (crs > 0 && i + crs < in.len && in.ptr[i + crs] == '\n') {
			for (; crs > CANON_CRS; crs--, i++)
				buf_puts(out, "\r\n");
			i += crs;
		}
		if (in.ptr[i] == '\0')
			continue;
		if (stuff && begins && in.ptr[i] == '.')
			buf_putc(out, '.');
		begins = in.ptr[i] == '\r' || in.ptr[i] == '\n';
		if (begins)
			buf_puts(out, "\r\n");
		else
			buf_putc(out, in.ptr[i]);
	}
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buf_puts(out, "\r\n");
}

/* Is there something odd in the window?  A CR that ends it may be. */
static inline bool
plain_is_odd(struct str window)
{
	for (size_t i = 0; i < window.len; i++)
		if (window.ptr[i] == '\0' || (window.ptr[i] == '\r' &&
		    (i + 1 == window.len || window.ptr[i + 1] != '\n')))
			return true;
	return false;
}

/*
 * What is wrong with "done" bytes behind the first, and "out", that widen()
 * made of them?  NULL: nothing.
 */
static inline const char *
plain_widened(struct str text, size_t done, bool stuff, struct str out)
{
	struct str rest = str_skip(text, done);

	if (done >= text.len + (text.len == 0))
		return "more than there were";
	if (done > 0 && text.ptr[done] == '\r')
		return "ends with a CR";
	/* One more may be left, where a CR was taken back. */
	if (rest.len > WIDEN_MIN + 1 &&
	    !plain_is_odd(str_head(rest, WIDEN_ODD + 1)))
		return "stops without a reason";
	for (size_t i = 1; i <= done; i++) {
		char c = text.ptr[i], before = text.ptr[i - 1];

		if (c == '\0' || (before == '\r' && c != '\n'))
			return "something odd passes";
		if (c == '\n' && before != '\r' && !str_eat(&out, STR("\r")))
			return "a CR is missing";
		if (c == '.' && before == '\n' && stuff &&
		    !str_eat(&out, STR(".")))
			return "a dot is missing";
		if (!str_eat(&out, (struct str){ &c, 1 }))
			return "another byte";
	}
	return out.len == 0 ? NULL : "more than is right";
}

#endif
