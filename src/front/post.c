// SPDX-License-Identifier: ISC
/*
 * post.c - one submission, written to the drop
 */
#include "front/post.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "queue/field.h"

#define PIECE_MAX (256 * 1024)	/* of one data field */
#define GATHER (64 * 1024)

/* All of iov[0..count-1], or broken. */
static void
send_all(struct post *p, struct iovec *iov, size_t count)
{
	while (count > 0 && !p->broken) {
		struct msghdr m = { .msg_iov = iov, .msg_iovlen = count };
		ssize_t n = sendmsg(p->fd, &m, MSG_NOSIGNAL);

		if (n < 0) {
			if (errno == EINTR)
				continue;
			p->broken = true;
			p->errnum = errno;
			(void)shutdown(p->fd, SHUT_WR);
			return;
		}
		while (count > 0 && (size_t)n >= iov->iov_len) {
			n -= (ssize_t)iov->iov_len;
			iov++;
			count--;
		}
		if (count > 0) {
			iov->iov_base = (char *)iov->iov_base + n;
			iov->iov_len -= (size_t)n;
		}
	}
}

static void
send_buf(struct post *p)
{
	struct iovec iov = { p->out.data, p->out.len };

	if (p->out.len > 0)
		send_all(p, &iov, 1);
	buf_reset(&p->out);
}

/* One data field, without copying the bytes. */
static void
send_data(struct post *p, struct str bytes)
{
	char head[32];
	int n = snprintf(head, sizeof(head), "data %zu:", bytes.len);
	struct iovec iov[3] = {
		{ head, (size_t)n },
		{ (char *)bytes.ptr, bytes.len },
		{ (char *)"\n", 1 },
	};

	send_all(p, iov, 3);
}

static void
add_notify(struct buf *out, unsigned notify)
{
	struct buf flags = { 0 };

	if (notify & NOTIFY_NEVER)
		buf_puts(&flags, ",never");
	if (notify & NOTIFY_SUCCESS)
		buf_puts(&flags, ",success");
	if (notify & NOTIFY_FAILURE)
		buf_puts(&flags, ",failure");
	if (notify & NOTIFY_DELAY)
		buf_puts(&flags, ",delay");
	if (flags.len > 0)
		field_add(out, "notify", str_skip(buf_str(&flags), 1));
	buf_free(&flags);
}

static void
add_rcpts(struct buf *out, const struct envelope *env)
{
	for (size_t i = 0; i < env->count; i++) {
		const struct rcpt *r = &env->rcpt[i];

		field_add(out, "rcpt", buf_str(&r->address));
		add_notify(out, r->notify);
		if (r->orcpt.len > 0)
			field_add(out, "orcpt", buf_str(&r->orcpt));
	}
}

static void
add_text(struct buf *out, const char *key, const struct buf *text)
{
	if (text->len > 0)
		field_add(out, key, buf_str(text));
}

static void
add_facts(struct buf *out, const struct facts *f)
{
	add_text(out, "login", &f->login);
	add_text(out, "gecos", &f->gecos);
	add_text(out, "name", &f->name);
	add_text(out, "host", &f->host);
	field_addf(out, "zone", "%d", f->zone);
	add_text(out, "charset", &f->charset);
	add_text(out, "account", &f->account);
}

static void
add_manner(struct buf *out, const struct letter *l)
{
	static const char *const waits[] = {
		[WAIT_PATIENCE] = "patience", [WAIT_END] = "end",
		[WAIT_BACKGROUND] = "background", [WAIT_NONE] = "none",
	};
	/* -oee is -oem with an exit status of its own, which is ours to give */
	char errors = l->errors == 'e' ? 'm' : l->errors;

	field_add(out, "wait", str_of(waits[l->wait]));
	if (errors != '\0')
		field_add(out, "oe", (struct str){ &errors, 1 });
	if (l->trace)
		field_add(out, "trace", STR("yes"));
}

void
post_envelope(struct post *p, const struct letter *l)
{
	const struct envelope *env = &l->env;
	struct buf *out = &p->out;

	if (l->sender_given)
		field_add(out, "sender", buf_str(&env->sender));
	add_rcpts(out, env);
	add_text(out, "envid", &env->envid);
	if (env->ret != RET_UNSAID)
		field_add(out, "ret", env->ret == RET_FULL ? STR("full") :
		    STR("hdrs"));
	if (l->body != BODY_UNSAID)
		field_add(out, "body", l->body == BODY_7BIT ? STR("7bit") :
		    STR("8bitmime"));
	if (env->smtputf8)
		field_add(out, "smtputf8", STR("yes"));
	if (env->require_tls)
		field_add(out, "requiretls", STR("yes"));
	add_facts(out, &l->facts);
	add_manner(out, l);
	send_buf(p);
}

static void
send_gathered(struct post *p)
{
	if (p->out.len > 0)
		send_data(p, buf_str(&p->out));
	buf_reset(&p->out);
}

void
post_data(struct post *p, struct str bytes)
{
	if (p->broken)
		return;
	if (p->out.len + bytes.len <= GATHER) {
		buf_add(&p->out, bytes);
		return;
	}
	send_gathered(p);
	while (bytes.len > 0) {
		struct str piece = str_head(bytes, PIECE_MAX);

		send_data(p, piece);
		bytes = str_skip(bytes, piece.len);
	}
}

void
post_end(struct post *p)
{
	send_gathered(p);
	field_add(&p->out, "end", STR(""));
	send_buf(p);
}

void
post_free(struct post *p)
{
	buf_free(&p->out);
}

void
letter_free(struct letter *l)
{
	envelope_free(&l->env);
	facts_free(&l->facts);
	*l = (struct letter){ 0 };
}
