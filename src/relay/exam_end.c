// SPDX-License-Identifier: ISC
/*
 * exam_end.c - where a session ended, and what is said of it
 */
#include "relay/exam_end.h"

#include "relay/mends.h"

/* "relay mx[192.0.2.1]:587: " and "mx[...]: " are in the headline already. */
struct str
end_words(const struct learnt *l, struct str words)
{
	struct str rest = words, host = l->hosts > 0 ?
	    buf_str(&l->host[0].host) : STR("localhost");

	(void)str_eat(&rest, STR("relay "));
	for (int turn = 0; turn < 2; turn++) {
		struct str at = rest;

		if (!str_eat(&at, host) || !str_eat(&at, STR("[")))
			break;
		while (at.len > 0 && !str_eat(&at, STR(": ")))
			at = str_skip(at, 1);
		if (at.len > 0)
			rest = at;
	}
	return rest;
}

/* What a stranger has written into a certificate, before it is copied. */
static bool
is_host(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!str_is_alpha(name.ptr[i]) && !str_is_digit(name.ptr[i]) &&
		    !str_has(STR(".-:"), name.ptr[i]))
			return false;
	return name.len > 0;
}

void
end_mend(const struct exam *x, struct finding *f, const char *check, int smtp)
{
	const struct learnt *l = x->learnt;
	const struct account *a = l->account;
	const struct relay *r = a->relays > 0 ? &a->relay[l->relay] : NULL;
	struct buf port = { 0 };
	struct mend_facts facts = {
		.config = str_of(x->question->config),
		.pin = buf_str(&l->chain.key_pin),
		.flush = str_of(exam_flush(x)),
		.user = str_has(buf_str(&a->user), '@') ? buf_str(&a->user) :
		    STR("you@example.com"),
	};

	buf_printf(&port, "%d", l->hosts > 0 ? l->host[0].port : 587);
	facts.port = buf_str(&port);
	if (r != NULL)
		facts.host = buf_str(&r->host);
	else if (a->command.count > 0)
		facts.host = strs_at(&a->command, 0);
	facts.name = STR("mail.example.com");
	if (l->chain.names.count > 0 && is_host(strs_at(&l->chain.names, 0)))
		facts.name = strs_at(&l->chain.names, 0);
	mends_add(f, check, smtp, &facts);
	buf_free(&port);
}

void
end_say(const struct exam *x, struct finding *f, const char *check,
    const struct err *e)
{
	struct err short_one = { 0 };

	err_set(&short_one, e->code, "%.*s",
	    STR_ARGS(end_words(x->learnt, buf_str(&e->text))));
	finding_err(f, FINDING_BAD, &short_one);
	end_mend(x, f, check, e->smtp);
	err_clear(&short_one);
}

static bool
is_about(const struct err *e, const char *words)
{
	struct str text = buf_str(&e->text), w = str_of(words);

	for (; text.len >= w.len; text = str_skip(text, 1))
		if (str_eq(str_head(text, w.len), w))
			return true;
	return false;
}

enum end
end_of(const struct learnt *l)
{
	if (l->ready || l->why.code == 0)
		return END_NONE;
	if (!l->reached)
		return END_CONNECT;
	switch (l->step) {
	case GREET_BANNER:
		return END_BANNER;
	case GREET_EHLO:
		return END_HELLO;
	case GREET_TLS:
		return l->chain.count > 0 && is_about(&l->why,
		    "certificate is refused") ? END_CERT : END_TLS;
	case GREET_AUTH:
		return l->logging_in ? END_LOGIN : END_AUTH;
	case GREET_READY:
		/* Trust and the sandbox come before the first word. */
		return END_TLS;
	}
	return END_NONE;
}
