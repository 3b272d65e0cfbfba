// SPDX-License-Identifier: ISC
/*
 * dsn.c - the text of a report to a sender (RFC 3464, RFC 3834)
 */
#include "relay/dsn.h"

#include "base/vis.h"
#include "message/date.h"
#include "message/words.h"
#include "relay/fate.h"

/* What each kind is called, and what a person should know of it. */
static const struct {
	const char *subject, *action, *news, *advice;
} kinds[] = {
	[DSN_FAILED] = {
		"Undelivered: ", "failed",
		"Your message could not be delivered, and nobody will try it "
		"again.",
		"Look at the reason that stands with each address.  If the "
		"address is wrong,\nsend the message again to the right one.  "
		"If the relay refuses you or your\nmessage, the administrator "
		"of this machine can change how it is sent.",
	},
	[DSN_DELAYED] = {
		"Delayed: ", "delayed",
		"Your message has not been delivered yet.",
		"You need not do anything: it is tried again and again.  You "
		"hear from us once\nmore only if that does not help.",
	},
	[DSN_RELAYED] = {
		"Relayed: ", "relayed",
		"Your message has been handed to the next mail server, as you "
		"wanted to know.",
		"That server does not report any further.",
	},
};

static void
add_header(struct buf *out, const struct dsn *d)
{
	buf_printf(out, "From: Mail Delivery System <%.*s>\n"
	    "To: <%.*s>\nSubject: %s", STR_ARGS(d->from), STR_ARGS(d->to),
	    kinds[d->kind].subject);
	vis_add_some(out, d->subject.len > 0 ? d->subject :
	    STR("your message"), 200);
	buf_puts(out, "\nAuto-Submitted: auto-replied\n");
	if (d->message_id.len > 0)
		buf_printf(out, "In-Reply-To: %.*s\nReferences: %.*s\n",
		    STR_ARGS(d->message_id), STR_ARGS(d->message_id));
	buf_printf(out, "MIME-Version: 1.0\n"
	    "Content-Type: multipart/report; report-type=delivery-status;\n"
	    "\tboundary=\"%.*s\"\n\n"
	    "This is a report on the delivery of a message, "
	    "in the form of RFC 3464.\n", STR_ARGS(d->boundary));
}

static void
add_part(struct buf *out, const struct dsn *d, const char *type)
{
	buf_printf(out, "\n--%.*s\nContent-Type: %s\n\n",
	    STR_ARGS(d->boundary), type);
}

static void
add_words(struct buf *out, const struct dsn *d)
{
	add_part(out, d, "text/plain; charset=utf-8");
	buf_printf(out, "This is the mail system of %.*s.\n\n%s\n",
	    STR_ARGS(d->host), kinds[d->kind].news);
	for (size_t i = 0; i < d->env->count; i++) {
		if (!d->about[i])
			continue;
		buf_puts(out, "\n  <");
		vis_add_some(out, buf_str(&d->env->rcpt[i].address), 1000);
		buf_puts(out, ">\n    ");
		fate_words(out, &d->env->rcpt[i]);
		buf_putc(out, '\n');
	}
	buf_printf(out, "\n%s\n", kinds[d->kind].advice);
	if (d->kind == DSN_DELAYED) {
		buf_puts(out, "The last attempt is made on ");
		date_add(out, d->until, d->zone);
		buf_puts(out, ".\n");
	}
	buf_printf(out, "\nIn the log of %.*s the message is called %.*s.\n",
	    STR_ARGS(d->host), STR_ARGS(d->id));
}

static uint32_t
code_point(struct str c)
{
	uint32_t code = (unsigned char)c.ptr[0] & (0xffU >> (c.len + 1));

	for (size_t i = 1; i < c.len; i++)
		code = code << 6 | ((unsigned char)c.ptr[i] & 0x3f);
	return code;
}

/*
 * Nothing may encode this part of a report, so it is ASCII from the beginning
 * (RFC 6533, 3): \x{F6} for what is not.
 */
static void
add_ascii(struct buf *out, struct str text, bool address)
{
	while (text.len > 0) {
		size_t n = utf8_len(text);
		char c = text.ptr[0];

		if (n > 1 || (address && str_has(STR("\\+="), c)))
			buf_printf(out, "\\x{%02X}", n > 1 ?
			    code_point(str_head(text, n)) :
			    (unsigned)(unsigned char)c);
		else
			buf_putc(out, n == 1 ? c : '?');
		text = str_skip(text, n > 0 ? n : 1);
	}
}

/* "rfc822;a@b", and what the sender said in ORCPT is so as well. */
static void
add_who(struct buf *out, const char *field, struct str type,
    struct str address)
{
	struct buf shown = { 0 };
	bool odd;

	vis_add_some(&shown, address, 1000);
	odd = words_needed(buf_str(&shown));
	if (odd)
		type = STR("utf-8");
	buf_printf(out, "%s: %.*s; ", field, STR_ARGS(type));
	add_ascii(out, buf_str(&shown), odd);
	buf_putc(out, '\n');
	buf_free(&shown);
}

static void
add_why(struct buf *out, const struct rcpt *to)
{
	struct buf words = { 0 };

	buf_puts(out, to->why.smtp != 0 || to->state == RCPT_DONE ?
	    "\nDiagnostic-Code: smtp; " : "\nDiagnostic-Code: x-minismtp; ");
	fate_words(&words, to);
	add_ascii(out, buf_str(&words), false);
	buf_putc(out, '\n');
	buf_free(&words);
}

static void
add_recipient(struct buf *out, const struct dsn *d, const struct rcpt *to)
{
	struct str original = buf_str(&to->orcpt), type;

	buf_putc(out, '\n');
	if (str_eat_until(&original, ';', &type))
		add_who(out, "Original-Recipient", type, original);
	add_who(out, "Final-Recipient", STR("rfc822"),
	    buf_str(&to->address));
	buf_printf(out, "Action: %s\nStatus: ", kinds[d->kind].action);
	fate_status(out, to);
	add_why(out, to);
	if (d->kind == DSN_DELAYED) {
		buf_puts(out, "Will-Retry-Until: ");
		date_add(out, d->until, d->zone);
		buf_putc(out, '\n');
	}
}

static void
add_status(struct buf *out, const struct dsn *d)
{
	struct buf envid = { 0 };

	add_part(out, d, "message/delivery-status");
	buf_printf(out, "Reporting-MTA: dns; %.*s\n", STR_ARGS(d->host));
	if (d->env->envid.len > 0) {
		buf_puts(out, "Original-Envelope-Id: ");
		vis_add_some(&envid, buf_str(&d->env->envid), 1000);
		add_ascii(out, buf_str(&envid), false);
		buf_putc(out, '\n');
		buf_free(&envid);
	}
	buf_puts(out, "Arrival-Date: ");
	date_add(out, d->arrived, d->zone);
	buf_putc(out, '\n');
	for (size_t i = 0; i < d->env->count; i++)
		if (d->about[i])
			add_recipient(out, d, &d->env->rcpt[i]);
}

void
dsn_begin(struct buf *out, const struct dsn *d)
{
	add_header(out, d);
	add_words(out, d);
	add_status(out, d);
	add_part(out, d, d->whole ? "message/rfc822" : "text/rfc822-headers");
}

void
dsn_end(struct buf *out, const struct dsn *d)
{
	buf_printf(out, "\n--%.*s--\n", STR_ARGS(d->boundary));
}
