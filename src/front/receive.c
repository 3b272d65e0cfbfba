// SPDX-License-Identifier: ISC
/*
 * receive.c - a message by DATA or BDAT (RFC 5321, RFC 3030)
 */
#include "front/receive.h"

#include <sysexits.h>

#include "front/dotted.h"
#include "front/hear.h"

#define BLOCK 65536

static void
copy_facts(struct facts *to, const struct facts *from)
{
	to->uid = from->uid;
	to->zone = from->zone;
	buf_set(&to->login, buf_str(&from->login));
	buf_set(&to->gecos, buf_str(&from->gecos));
	buf_set(&to->name, buf_str(&from->name));
	buf_set(&to->host, buf_str(&from->host));
	buf_set(&to->charset, buf_str(&from->charset));
	buf_set(&to->account, buf_str(&from->account));
}

/* Before the first byte is taken: is there a queue to take it? */
static int
open_post(struct session *s, struct err *e)
{
	struct letter *l = &s->letter;
	int fd = s->to->open(s->to->who, e);

	if (fd < 0)
		return -1;
	copy_facts(&l->facts, &s->facts);
	l->errors = s->options->errors;
	/* A client that waits for its 250 does not wait for the relay too. */
	l->wait = s->options->wait == WAIT_NONE ? WAIT_NONE : WAIT_BACKGROUND;
	s->post.fd = fd;
	post_envelope(&s->post, l);
	return 0;
}

static void
close_post(struct session *s)
{
	struct hear h = { .fd = s->post.fd };
	struct err e = { 0 };

	post_end(&s->post);
	if (hear_commit(&h, &e) == 0)
		talk_say(&s->talk, "250 2.0.0 queued as %s", buf_cstr(&h.id));
	else
		session_say_err(s, &e);
	hear_free(&h);
	session_reset(s);
}

static bool
may_begin(struct session *s)
{
	if (!s->mail)
		session_mistake(s, "503 5.5.1 MAIL first");
	else if (s->letter.env.count == 0)
		session_mistake(s, "554 5.5.1 no valid recipients");
	else
		return true;
	return false;
}

/* False: the client was lost on the way, and the message with it. */
static bool
take_data(struct session *s)
{
	struct dotted d = { .crlf = s->talk.crlf };
	struct buf block = { 0 };
	struct str bytes;
	enum talked rc;
	bool end = false;
	size_t used;

	while (!end &&
	    (rc = talk_bytes(&s->talk, BLOCK, &bytes)) == TALK_HEARD) {
		buf_reset(&block);
		end = dotted_feed(&d, bytes, &block, &used);
		talk_took(&s->talk, used);
		post_data(&s->post, buf_str(&block));
	}
	s->talk.crlf = d.crlf;
	buf_free(&block);
	if (!end)
		session_lost(s, rc);
	return end;
}

void
receive_data(struct session *s, struct str args)
{
	struct err e = { 0 };

	(void)args;
	if (s->post.fd > 0 || s->refused) {
		session_mistake(s, "503 5.5.1 this message comes by BDAT");
		return;
	}
	if (!may_begin(s))
		return;
	if (open_post(s, &e) < 0) {
		session_say_err(s, &e);
		session_reset(s);
		return;
	}
	talk_say(&s->talk, "354 end with CRLF.CRLF");
	if (take_data(s))
		close_post(s);
	else
		session_reset(s);
}

/* The bytes of a chunk come whatever we think of it (RFC 3030). */
static bool
take_chunk(struct session *s, uint64_t size, bool keep)
{
	while (size > 0) {
		struct str bytes;
		enum talked rc = talk_bytes(&s->talk,
		    size < BLOCK ? (size_t)size : BLOCK, &bytes);

		if (rc != TALK_HEARD) {
			session_lost(s, rc);
			return false;
		}
		if (keep)
			post_data(&s->post, bytes);
		size -= bytes.len;
		talk_took(&s->talk, bytes.len);
	}
	return true;
}

/*
 * Behind a refusal the chunks go on until LAST or RSET, and each is answered
 * with another one.
 */
void
receive_bdat(struct session *s, struct str args)
{
	struct err e = { 0 };
	uint64_t size;
	bool last, keep;

	if (!str_eat_number(&args, &size) ||
	    (!(last = str_ieq(str_trim(args), STR("LAST"))) &&
	    str_trim(args).len > 0)) {
		/* Where the next command begins nobody can know now. */
		talk_say(&s->talk, "421 4.5.4 BDAT wants a number");
		session_finish(s, EX_PROTOCOL);
		return;
	}
	keep = !s->refused && (s->post.fd > 0 || may_begin(s));
	if (keep && s->post.fd == 0 && open_post(s, &e) < 0) {
		session_say_err(s, &e);
		s->refused = true;
		keep = false;
	} else if (s->refused)
		talk_say(&s->talk, "503 5.5.1 refused already");
	if (!take_chunk(s, size, keep)) {
		session_reset(s);
		return;
	}
	if (keep && last)
		close_post(s);
	else if (keep)
		talk_say(&s->talk, "250 2.0.0 %llu bytes",
		    (unsigned long long)size);
	else if (last)
		session_reset(s);
}
