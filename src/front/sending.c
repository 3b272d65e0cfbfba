// SPDX-License-Identifier: ISC
/*
 * sending.c - what was said behind "minismtp send"
 */
#include "front/sending.h"

#include <sysexits.h>

/* It is written into the message as it is. */
static int
set_charset(void *at, struct str value, struct err *e)
{
	if (value.len == 0 || value.len > 40)
		return err_set(e, EX_USAGE, "that is no charset's name");
	for (size_t i = 0; i < value.len; i++)
		if (!str_is_alpha(value.ptr[i]) &&
		    !str_is_digit(value.ptr[i]) &&
		    !str_has(STR("-_.:+"), value.ptr[i]))
			return err_set(e, EX_USAGE,
			    "that is no charset's name");
	buf_set(at, value);
	return 0;
}

static int
set_once(void *at, struct str value, struct err *e)
{
	struct strs *list = at;

	if (list->count > 0)
		return err_set(e, EX_USAGE, "there can be one only");
	strs_add(list, value);
	return 0;
}

#define AT(member) offsetof(struct sending, member)

const struct verb_option sending_options[] = {
	{ "account", '\0', "NAME", verb_text, AT(options.account),
	    "by this account of the configuration", COMPLETES_ACCOUNT },
	{ "ask", '\0', NULL, verb_flag, AT(ask),
	    "ask for host and login, too", COMPLETES_NOTHING },
	{ "attach", 'a', "FILE", verb_texts, AT(attached),
	    "this file goes along; as often as you like", COMPLETES_FILE },
	{ "bcc", 'b', "ADDRESS", verb_texts, AT(bcc),
	    "a copy that the others do not see", COMPLETES_ADDRESS },
	{ "body", '\0', "FILE", set_once, AT(bodies),
	    "the text; - is standard input", COMPLETES_FILE },
	{ "cc", 'c', "ADDRESS", verb_texts, AT(cc), "a copy",
	    COMPLETES_ADDRESS },
	{ "charset", '\0', "NAME", set_charset, AT(charset),
	    "what the text is in, where it is not the locale's",
	    COMPLETES_NOTHING },
	{ "config", 'C', "FILE", verb_config, AT(options),
	    "personal use, as sendmail -C", COMPLETES_FILE },
	{ "dry-run", 'n', NULL, verb_flag, AT(dry_run),
	    "print the message and send nothing", COMPLETES_NOTHING },
	{ "from", 'f', "ADDRESS", verb_texts, AT(from),
	    "who it is from", COMPLETES_ADDRESS },
	{ "header", '\0', "FIELD", verb_texts, AT(headers),
	    "a field of one's own: 'Name: value'", COMPLETES_NOTHING },
	{ "html", '\0', "FILE", set_once, AT(htmls),
	    "the text as HTML; - is standard input", COMPLETES_FILE },
	{ "inline", '\0', "FILE", verb_texts, AT(pictures),
	    "a picture that the HTML calls cid:NAME", COMPLETES_FILE },
	{ "now", '\0', NULL, verb_flag, AT(now),
	    "straight to the relay, without the queue", COMPLETES_NOTHING },
	{ "reply-to", '\0', "ADDRESS", verb_texts, AT(reply_to),
	    "where answers shall go", COMPLETES_ADDRESS },
	{ "subject", 's', "TEXT", verb_texts, AT(subject), "what it is about",
	    COMPLETES_NOTHING },
	{ "to", 't', "ADDRESS", verb_texts, AT(to),
	    "who gets it; operands are that, too", COMPLETES_ADDRESS },
	{ "verbose", 'v', NULL, verb_flag, AT(options.verbose),
	    "the dialogue on standard error", COMPLETES_NOTHING },
	{ "wait", 'w', NULL, verb_flag, AT(wait),
	    "until it is sent, and say so for each", COMPLETES_NOTHING },
	{ 0 }
};

void
sending_again(struct sending *next, const struct sending *last)
{
	sending_free(next);
	next->options.config_given = last->options.config_given;
	next->options.verbose = last->options.verbose;
	buf_set(&next->options.config, buf_str(&last->options.config));
	buf_set(&next->options.account, buf_str(&last->options.account));
	buf_set(&next->charset, buf_str(&last->charset));
	next->dry_run = last->dry_run;
}

void
sending_free(struct sending *s)
{
	options_free(&s->options);
	strs_free(&s->to);
	strs_free(&s->cc);
	strs_free(&s->bcc);
	strs_free(&s->from);
	strs_free(&s->reply_to);
	strs_free(&s->subject);
	strs_free(&s->headers);
	strs_free(&s->bodies);
	strs_free(&s->htmls);
	strs_free(&s->attached);
	strs_free(&s->pictures);
	buf_free(&s->charset);
	*s = (struct sending){ 0 };
}
