// SPDX-License-Identifier: ISC
/*
 * serve.c - SMTP on two descriptors (sendmail -bs)
 */
#include "front/serve.h"

#include <sysexits.h>

#include "base/table.h"
#include "front/origin.h"
#include "front/path.h"
#include "front/receive.h"
#include "front/session.h"

#define RCPT_MAX 10000		/* of one message; RFC 5321 asks for 100 */

static void
on_helo(struct session *s, struct str args)
{
	(void)args;
	session_reset(s);
	talk_say(&s->talk, "250 %s", buf_cstr(&s->facts.host));
}

static void
on_ehlo(struct session *s, struct str args)
{
	static const char *const keywords[] = {
		"PIPELINING", "SIZE", "8BITMIME", "SMTPUTF8", "DSN",
		"CHUNKING", "ENHANCEDSTATUSCODES", "REQUIRETLS",
	};

	(void)args;
	session_reset(s);
	talk_say(&s->talk, "250-%s", buf_cstr(&s->facts.host));
	for (size_t i = 0; i < TABLE_COUNT(keywords); i++)
		talk_say(&s->talk, "250-%s", keywords[i]);
	talk_say(&s->talk, "250 HELP");
}

static void
refuse_args(struct session *s, struct err *e)
{
	struct buf reply = { 0 };

	buf_printf(&reply, "%d %s", e->smtp, buf_cstr(&e->text));
	session_mistake(s, buf_cstr(&reply));
	buf_free(&reply);
	err_clear(e);
}

static void
on_mail(struct session *s, struct str args)
{
	struct err e = { 0 };

	if (s->mail) {
		session_mistake(s, "503 5.5.1 one sender is enough");
	} else if (path_mail(&s->letter, args, &e) < 0) {
		session_reset(s);
		refuse_args(s, &e);
	} else {
		s->mail = true;
		talk_say(&s->talk, "250 2.1.0 ok");
	}
}

static void
on_rcpt(struct session *s, struct str args)
{
	struct err e = { 0 };

	if (!s->mail || s->post.fd > 0)
		session_mistake(s, "503 5.5.1 MAIL first");
	else if (s->letter.env.count >= RCPT_MAX)
		talk_say(&s->talk, "452 4.5.3 too many recipients");
	else if (path_rcpt(&s->letter, args, &e) < 0)
		refuse_args(s, &e);
	else
		talk_say(&s->talk, "250 2.1.5 ok");
}

static void
on_rset(struct session *s, struct str args)
{
	(void)args;
	session_reset(s);
	talk_say(&s->talk, "250 2.0.0 ok");
}

static void
on_noop(struct session *s, struct str args)
{
	(void)args;
	talk_say(&s->talk, "250 2.0.0 ok");
}

static void
on_vrfy(struct session *s, struct str args)
{
	(void)args;
	talk_say(&s->talk, "252 2.1.5 send it and see");
}

static void on_help(struct session *s, struct str args);

static void
on_quit(struct session *s, struct str args)
{
	(void)args;
	session_reset(s);
	talk_say(&s->talk, "221 2.0.0 bye");
	session_finish(s, EX_OK);
}

static const struct verb {
	const char *name;
	void (*run)(struct session *s, struct str args);
} verbs[] = {
	{ "BDAT", receive_bdat },
	{ "DATA", receive_data },
	{ "EHLO", on_ehlo },
	{ "HELO", on_helo },
	{ "HELP", on_help },
	{ "MAIL", on_mail },
	{ "NOOP", on_noop },
	{ "QUIT", on_quit },
	{ "RCPT", on_rcpt },
	{ "RSET", on_rset },
	{ "VRFY", on_vrfy },
};

static void
on_help(struct session *s, struct str args)
{
	struct buf names = { 0 };

	(void)args;
	for (size_t i = 0; i < TABLE_COUNT(verbs); i++)
		buf_printf(&names, " %s", verbs[i].name);
	talk_say(&s->talk, "214 2.0.0%s", buf_cstr(&names));
	buf_free(&names);
}

static void
obey(struct session *s, struct str line)
{
	struct str args = line, word;
	const struct verb *verb = NULL;

	if (str_eat_word(&args, &word))
		verb = TABLE_IFIND(verbs, word);
	if (verb == NULL)
		session_mistake(s, "500 5.5.2 unknown command");
	else
		verb->run(s, args);
}

int
serve_run(const struct options *o, int in, int out,
    const struct serve_exit *to, int64_t idle_ms)
{
	struct session s = { .talk = { .in = in, .out = out,
	    .idle_ms = idle_ms }, .options = o, .to = to };

	origin_note(&s.facts);
	origin_name(&s.facts.name, buf_str(&o->name));
	buf_set(&s.facts.account, buf_str(&o->account));
	talk_say(&s.talk, "220 %s ESMTP minismtp", buf_cstr(&s.facts.host));
	while (!s.over) {
		struct str line;
		enum talked rc = talk_line(&s.talk, &line);

		if (rc == TALK_HEARD)
			obey(&s, line);
		else if (rc == TALK_LONG)
			session_mistake(&s, "500 5.5.2 line too long");
		else
			session_lost(&s, rc);
	}
	(void)talk_flush(&s.talk);
	session_reset(&s);
	facts_free(&s.facts);
	talk_free(&s.talk);
	return s.status;
}
