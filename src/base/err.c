// SPDX-License-Identifier: ISC
/*
 * err.c - the one error type
 */
#include "base/err.h"

#include <errno.h>
#include <string.h>
#include <sysexits.h>

static void
start_over(struct err *e, int code, const char *fmt, va_list ap)
{
	struct buf text = { 0 };

	/* The arguments may point into the err that is to be replaced. */
	buf_vprintf(&text, fmt, ap);
	err_clear(e);
	e->code = code;
	e->text = text;
}

int
err_set(struct err *e, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	start_over(e, code, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_sys(struct err *e, int code, const char *fmt, ...)
{
	int saved = errno;
	va_list ap;

	va_start(ap, fmt);
	start_over(e, code, fmt, ap);
	va_end(ap);
	buf_printf(&e->text, ": %s", strerror(saved));
	return -1;
}

int
err_reply(struct err *e, int smtp, struct str reply, const char *fmt, ...)
{
	struct buf words = { 0 };
	va_list ap;

	buf_add(&words, reply);
	va_start(ap, fmt);
	start_over(e, smtp / 100 == 5 ? EX_UNAVAILABLE : EX_TEMPFAIL, fmt, ap);
	va_end(ap);
	e->smtp = smtp;
	e->reply = words;
	return -1;
}

int
err_wrap(struct err *e, const char *fmt, ...)
{
	struct buf text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	buf_puts(&text, ": ");
	buf_add(&text, buf_str(&e->text));
	buf_free(&e->text);
	e->text = text;
	return -1;
}

int
err_copy(struct err *to, const struct err *from)
{
	err_clear(to);
	to->code = from->code;
	to->smtp = from->smtp;
	buf_add(&to->text, buf_str(&from->text));
	buf_add(&to->reply, buf_str(&from->reply));
	return -1;
}

/*
 * Permanent is only what a relay said with a 5xx, or what no relay would ever
 * take: everything else may be mended by time or by an administrator.
 */
bool
err_is_temporary(const struct err *e)
{
	switch (e->code) {
	case EX_USAGE:
	case EX_DATAERR:
	case EX_NOUSER:
	case EX_UNAVAILABLE:
		return false;
	default:
		return true;
	}
}

void
err_clear(struct err *e)
{
	buf_free(&e->text);
	buf_free(&e->reply);
	e->code = 0;
	e->smtp = 0;
}
