// SPDX-License-Identifier: ISC
/*
 * verbs.c - what the friendly relay does
 */
#include "verbs.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/table.h"
#include "login.h"
#include "path.h"
#include "text.h"
#include "tls.h"

char
verbs_reply(struct session *s, const char *fmt, ...)
{
	struct buf line = { 0 };
	va_list ap;
	char class = s->ruled;

	if (class == 0) {
		va_start(ap, fmt);
		buf_vprintf(&line, fmt, ap);
		va_end(ap);
		class = buf_cstr(&line)[0];
		record_line(&s->record, '<', buf_str(&line));
		buf_puts(&line, "\r\n");
		stream_say(&s->stream, buf_str(&line));
		buf_free(&line);
	}
	return class;
}

bool
verbs_offered(const struct session *s, const char *keyword)
{
	const struct strs *offers = &s->set->offers;

	for (size_t i = 0; s->esmtp && i < offers->count; i++) {
		struct str word, rest = strs_at(offers, i);

		if (!str_eat_until(&rest, ' ', &word))
			word = rest;
		if (str_ieq(word, str_of(keyword)))
			return true;
	}
	return false;
}

static void
forget_message(struct session *s)
{
	record_drop(&s->record);
	buf_reset(&s->envelope);
	s->mail = s->eight_bit = s->chunked = false;
	s->recipients = 0;
	s->received = 0;
}

static void
greet(struct session *s, struct str args)
{
	(void)args;
	(void)verbs_reply(s, "220 %s ESMTP", s->set->name);
}

static bool
may_login(const struct session *s)
{
	return s->set->user != NULL &&
	    (s->set->tls == TLS_NEVER || s->stream.tls != NULL);
}

static bool
may_starttls(const struct session *s)
{
	return s->set->tls == TLS_STARTTLS && s->stream.tls == NULL;
}

static void
ehlo(struct session *s, struct str args)
{
	const struct strs *offers = &s->set->offers;
	size_t left = offers->count + may_starttls(s) + may_login(s);

	if (args.len == 0) {
		(void)verbs_reply(s, "501 5.5.4 who are you?");
		return;
	}
	forget_message(s);
	s->greeted = s->esmtp = true;
	if (s->ruled != 0) {
		s->greeted = s->esmtp = s->ruled == '2';
		return;
	}
	(void)verbs_reply(s, "250%c%s", left > 0 ? '-' : ' ', s->set->name);
	for (size_t i = 0; i < offers->count; i++)
		(void)verbs_reply(s, "250%c%.*s", --left > 0 ? '-' : ' ',
		    STR_ARGS(strs_at(offers, i)));
	if (may_starttls(s))
		(void)verbs_reply(s, "250%cSTARTTLS", --left > 0 ? '-' : ' ');
	if (may_login(s))
		(void)verbs_reply(s, "250 AUTH %s", s->set->mechanisms);
}

static void
lhlo(struct session *s, struct str args)
{
	s->lmtp = true;
	ehlo(s, args);
}

static void
helo(struct session *s, struct str args)
{
	if (args.len == 0) {
		(void)verbs_reply(s, "501 5.5.4 who are you?");
		return;
	}
	forget_message(s);
	s->esmtp = s->lmtp = false;
	s->greeted = verbs_reply(s, "250 %s", s->set->name) == '2';
}

static void
starttls(struct session *s, struct str args)
{
	if (args.len > 0 || !may_starttls(s)) {
		(void)verbs_reply(s, "503 5.5.1 no STARTTLS here");
		return;
	}
	if (verbs_reply(s, "220 2.0.0 go ahead") != '2')
		return;
	if (stream_has_more(&s->stream))
		record_problem(&s->record, "plain text behind STARTTLS");
	if (s->stream.tls != NULL || s->stream.over ||
	    !tls_accept(&s->stream))
		return;
	s->greeted = s->esmtp = false;	/* what was said before is void */
	buf_reset(&s->login);
}

static void
auth(struct session *s, struct str args)
{
	if (s->ruled == '2')
		buf_puts(&s->login, "(by rule)");
	else if (s->ruled != 0)
		return;
	else if (!s->esmtp || !may_login(s))
		(void)verbs_reply(s, "503 5.5.1 no AUTH here");
	else if (s->login.len > 0)
		(void)verbs_reply(s, "503 5.5.1 we know you already");
	else
		login_run(s, args);
}

static void
mail(struct session *s, struct str args)
{
	struct path path = { 0 };

	if (!s->greeted)
		(void)verbs_reply(s, "503 5.5.1 EHLO first");
	else if (s->set->user != NULL && s->login.len == 0)
		(void)verbs_reply(s, "530 5.7.0 Authentication required");
	else if (s->mail)
		(void)verbs_reply(s, "503 5.5.1 one sender is enough");
	else if (path_check_mail(s, args, &path) &&
	    verbs_reply(s, "250 2.1.0 Ok") == '2') {
		s->mail = true;
		s->eight_bit = path.eight_bit;
		buf_printf(&s->envelope, "from %.*s\n", STR_ARGS(path.all));
	}
}

static void
rcpt(struct session *s, struct str args)
{
	struct path path = { 0 };

	if (!s->mail)
		(void)verbs_reply(s, "503 5.5.1 MAIL first");
	else if (path_check_rcpt(s, args, &path) &&
	    verbs_reply(s, "250 2.1.5 Ok") == '2') {
		s->recipients++;
		buf_printf(&s->envelope, "to %.*s\n", STR_ARGS(path.all));
	}
}

/* The fate of the message is decided here and nowhere else. */
static void
end_of_text(struct session *s)
{
	unsigned long next = atomic_load(&s->record.tally->messages) + 1;
	struct buf *env = &s->envelope;

	if (verbs_reply(s, "250 2.0.0 Ok: queued as %lu", next) == '2') {
		for (unsigned i = 1; s->lmtp && i < s->recipients; i++)
			(void)verbs_reply(s, "250 2.0.0 Ok: he as well");
		if (s->login.len > 0)
			buf_printf(env, "login %s\n", buf_cstr(&s->login));
		buf_puts(env, "over ");
		tls_describe(&s->stream, env);
		buf_printf(env, "\nbytes %llu\n",
		    (unsigned long long)s->received);
		atomic_fetch_add(&s->record.tally->recipients, s->recipients);
		(void)record_keep(&s->record, env);
	}
	forget_message(s);
}

static void
dot(struct session *s, struct str args)
{
	(void)args;
	end_of_text(s);
}

static void
note_text(struct session *s)
{
	struct buf line = { 0 };

	buf_printf(&line, "... (%llu bytes)", (unsigned long long)s->received);
	record_line(&s->record, '>', buf_str(&line));
	buf_free(&line);
}

static void
data(struct session *s, struct str args)
{
	if (args.len > 0)
		(void)verbs_reply(s, "501 5.5.4 DATA alone");
	else if (!s->mail || s->chunked)
		(void)verbs_reply(s, "503 5.5.1 MAIL and RCPT first");
	else if (s->recipients == 0)
		(void)verbs_reply(s, "554 5.5.1 no valid recipients");
	else if (verbs_reply(s, "354 go ahead, end with a dot") == '3' &&
	    text_receive(s)) {
		note_text(s);
		record_line(&s->record, '>', STR("."));
		session_answer(s, STR("."));
	}
}

/* The bytes are taken in whatever we think of them (RFC 3030, 2). */
static void
bdat(struct session *s, struct str args)
{
	uint64_t size = 0;
	bool last, ok;

	if (!str_eat_number(&args, &size)) {
		(void)verbs_reply(s, "501 5.5.4 how much?");
		s->done = true;		/* what follows cannot be told apart */
		return;
	}
	last = str_ieq(str_trim(args), STR("LAST"));
	ok = s->mail && s->recipients > 0 && verbs_offered(s, "CHUNKING");
	if (!text_receive_chunk(s, size))
		return;
	note_text(s);
	if (!ok) {
		(void)verbs_reply(s, "503 5.5.1 MAIL and RCPT first");
		forget_message(s);
	} else if (last) {
		s->chunked = false;
		session_answer(s, STR("."));
	} else {
		s->chunked = verbs_reply(s, "250 2.0.0 %llu bytes",
		    (unsigned long long)size) == '2';
		if (!s->chunked)	/* nor is the rest taken */
			forget_message(s);
	}
}

static void
rset(struct session *s, struct str args)
{
	(void)args;
	if (verbs_reply(s, "250 2.0.0 Ok") == '2')
		forget_message(s);
}

static void
noop(struct session *s, struct str args)
{
	(void)args;
	(void)verbs_reply(s, "250 2.0.0 Ok");
}

static void
vrfy(struct session *s, struct str args)
{
	(void)args;
	(void)verbs_reply(s, "252 2.0.0 send some mail and see");
}

static void
quit(struct session *s, struct str args)
{
	(void)args;
	(void)verbs_reply(s, "221 2.0.0 Bye");
	s->done = true;
}

static const struct verb {
	const char *name;
	void (*run)(struct session *s, struct str args);
} verbs[] = {
	{ ".", dot },
	{ "AUTH", auth },
	{ "BDAT", bdat },
	{ "connect", greet },
	{ "DATA", data },
	{ "EHLO", ehlo },
	{ "HELO", helo },
	{ "LHLO", lhlo },
	{ "MAIL", mail },
	{ "NOOP", noop },
	{ "QUIT", quit },
	{ "RCPT", rcpt },
	{ "RSET", rset },
	{ "STARTTLS", starttls },
	{ "VRFY", vrfy },
};

void
verbs_run(struct session *s, struct str command)
{
	const struct verb *v;
	struct str word, args = command;

	if (!str_eat_until(&args, ' ', &word)) {
		word = command;
		args = STR("");
	}
	v = TABLE_IFIND(verbs, word);
	if (v != NULL)
		v->run(s, args);
	else
		(void)verbs_reply(s, "500 5.5.2 what is %.*s?",
		    STR_ARGS(word));
}
