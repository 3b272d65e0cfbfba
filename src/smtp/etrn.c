// SPDX-License-Identifier: ISC
/*
 * etrn.c - ask the relay to send what it holds for us (RFC 1985)
 */
#include "smtp/etrn.h"

#include <sysexits.h>

#include "base/table.h"

static const struct answer {
	int code;
	const char *words;
} answers[] = {
	{ 250, "the relay has begun to send" },
	{ 251, "the relay holds no mail for this name" },
	{ 252, "the relay has begun to send what is pending" },
	{ 253, "the relay has begun to send so many messages" },
	{ 458, "the relay cannot look into its queue now" },
	{ 459, "the relay does not do this for this name" },
};

static const char *
words_for(int code)
{
	for (size_t i = 0; i < TABLE_COUNT(answers); i++)
		if (answers[i].code == code)
			return answers[i].words;
	return code / 100 == 2 ? "the relay says yes" : "the relay refuses";
}

/* "@domain" and "#queue" are names too (RFC 1985, 5.3 and 5.4). */
static bool
is_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] <= ' ' || name.ptr[i] > '~')
			return false;
	return name.len > 0;
}

int
etrn(struct wire *w, const struct ehlo *caps, struct str name,
    struct buf *words, struct err *e)
{
	struct buf line = { 0 };
	struct reply r = { 0 };
	int rc;

	if (!is_name(name))
		return err_set(e, EX_USAGE, "ETRN: this is no name");
	if (!ehlo_has(caps, EHLO_ETRN))
		return err_set(e, EX_UNAVAILABLE,
		    "the relay does not offer ETRN");
	buf_printf(&line, "ETRN %.*s", STR_ARGS(name));
	wire_say(w, buf_str(&line));
	rc = wire_hear(w, &r, e);
	if (rc == 0 && reply_class(&r) != 2) {
		rc = reply_refusal(&r, e, "%s", words_for(r.code));
	} else if (rc == 0) {
		buf_printf(words, "%s: ", words_for(r.code));
		reply_words(r.code, buf_str(&r.text), words);
	}
	buf_free(&line);
	reply_free(&r);
	return rc;
}
