// SPDX-License-Identifier: ISC
/*
 * parcel.c - a message as it goes over the wire
 */
#include "relay/parcel.h"

#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/source.h"
#include "base/strs.h"
#include "base/xmem.h"
#include "config/sender.h"
#include "message/address.h"
#include "message/complete.h"
#include "queue/marks.h"
#include "relay/content.h"
#include "relay/direction.h"
#include "relay/route.h"

struct parcel {
	struct letter letter;		/* first: the session's view of us */
	const struct desk *desk;
	const struct account *account;
	const struct parcel_ear *ear;
	int fd;
	struct record record;
	struct marks marks;		/* of earlier attempts */
	struct content content;
	struct policy policy;
	struct envelope env;		/* on the wire */
	struct route route;
	bool *known;			/* of each on the wire: has a verdict */
	bool silent;			/* this relay does not report */

	bool ready;			/* the next is made, for this relay */
	struct offer offer;
	struct completed completed;

	/* While the session reads it: the text, from its end to its source. */
	struct source_text head;
	struct source_file file;
	struct encode *encode;
	struct source_pair whole;
	struct source counted;		/* the same, and how far it is */
	uint64_t done;
};

static void
parcel_free(struct parcel *p)
{
	if (p->fd >= 0)
		close(p->fd);
	record_free(&p->record);
	marks_free(&p->marks);
	content_free(&p->content);
	policy_free(&p->policy);
	envelope_free(&p->env);
	route_free(&p->route);
	completed_free(&p->completed);
	free(p->known);
	free(p);
}

/* -- the text */

static int
check_size(const struct parcel *p, struct err *e)
{
	uint64_t limit = p->account->size_limit;

	if (limit == 0 || p->completed.size <= limit)
		return 0;
	return err_set(e, EX_UNAVAILABLE, "the message has %llu bytes, and "
	    "size_limit is %llu", (unsigned long long)p->completed.size,
	    (unsigned long long)limit);
}

/*
 * How large it will be nobody knows before it is encoded, and a part of it may
 * be signed, or broken.
 */
static int
look_ahead(struct parcel *p, const struct offer *offer, struct err *e)
{
	struct completed *c = &p->completed;
	struct body_facts after = { 0 };
	struct source_file file;
	int rc;

	if (c->plan.way == ENCODE_NOT &&
	    (offer->eight_bit || !p->content.facts.eight_bit))
		return 0;
	source_file_init(&file, p->fd, p->content.body, p->content.len);
	rc = encode_look(&c->plan, &file.source, &after, e);
	source_file_free(&file);
	if (rc == 0 && after.eight_bit && !offer->eight_bit)
		rc = err_set(e, EX_UNAVAILABLE, "the relay takes no 8-bit "
		    "text, and a part of the message must not be encoded");
	c->size = c->header.len + after.size;
	return rc;
}

static int
pull_counted(struct source *source, struct str *piece, struct err *e)
{
	struct parcel *p = (struct parcel *)((char *)source -
	    offsetof(struct parcel, counted));
	int rc = source_pull(&p->whole.source, piece, e);

	if (rc > 0 && p->ear->moved != NULL) {
		p->done += piece->len;
		p->ear->moved(p->ear->who, p->done, p->completed.size);
	}
	return rc;
}

/*
 * Once for all transactions: a long list of recipients needs many, and has as
 * long a header.
 */
static int
make_complete(struct parcel *p, const struct offer *offer, struct err *e)
{
	const struct handed handed = {
		.facts = &p->record.facts,
		.sender = buf_str(&p->env.sender),
		.header = &p->content.header,
		.body = &p->content.facts,
	};

	if (p->ready && p->offer.eight_bit == offer->eight_bit &&
	    p->offer.smtputf8 == offer->smtputf8)
		return 0;
	p->ready = false;
	completed_free(&p->completed);
	if (complete(&handed, &p->policy, offer, &p->completed, e) < 0 ||
	    look_ahead(p, offer, e) < 0 || check_size(p, e) < 0)
		return -1;
	p->offer = *offer;
	p->ready = true;
	return 0;
}

static int
open_text(struct letter *l, const struct ehlo *caps, struct source **text,
    struct err *e)
{
	struct parcel *p = (struct parcel *)l;
	const struct offer offer = {
		.eight_bit = ehlo_has(caps, EHLO_8BITMIME),
		.smtputf8 = ehlo_has(caps, EHLO_SMTPUTF8),
	};

	p->silent = !ehlo_has(caps, EHLO_DSN);
	if (make_complete(p, &offer, e) < 0)
		return -1;
	p->env.size = p->completed.size;
	p->env.eight_bit = p->completed.eight_bit;
	p->env.smtputf8 = p->completed.smtputf8;

	source_file_init(&p->file, p->fd, p->content.body, p->content.len);
	p->encode = encode_new(&p->completed.plan, &p->file.source);
	source_text_init(&p->head, buf_str(&p->completed.header));
	source_pair_init(&p->whole, &p->head.source,
	    encode_source(p->encode));
	p->counted.pull = pull_counted;
	p->done = 0;
	*text = &p->counted;
	return 0;
}

static void
close_text(struct letter *l)
{
	struct parcel *p = (struct parcel *)l;

	encode_free(p->encode);
	p->encode = NULL;
	source_file_free(&p->file);
}

/* -- the verdicts */

static void
hear_verdict(struct letter *l, size_t who)
{
	struct parcel *p = (struct parcel *)l;

	p->known[who] = true;
	p->env.rcpt[who].silent = p->silent;
	if (p->env.rcpt[who].state == RCPT_DONE &&
	    route_is_part(&p->route, who))
		p->ear->sent(p->ear->who, &p->record,
		    route_key(&p->route, who));
	for (size_t i = route_first(&p->route, who); i != ROUTE_END;
	    i = p->route.hop[i].next)
		if (route_decides(&p->route, i, &p->env, p->known,
		    &p->record.env))
			p->ear->verdict(p->ear->who, &p->record,
			    p->route.hop[i].from);
}

static void
hear_settled(struct letter *l)
{
	struct parcel *p = (struct parcel *)l;

	p->ear->settled(p->ear->who, &p->record);
	parcel_free(p);
}

void
parcel_refuse(struct parcel *p, const struct err *why)
{
	for (size_t i = 0; i < p->env.count; i++) {
		struct rcpt *to = &p->env.rcpt[i];

		if (p->known[i])
			continue;
		err_copy(&to->why, why);
		to->state = err_is_temporary(why) ? RCPT_TODO : RCPT_FAILED;
		hear_verdict(&p->letter, i);
	}
	hear_settled(&p->letter);
}

void
parcel_discard(struct parcel *p)
{
	for (size_t i = 0; i < p->env.count; i++) {
		p->env.rcpt[i].state = RCPT_DONE;
		buf_set(&p->env.rcpt[i].reply, STR("discarded"));
		hear_verdict(&p->letter, i);
	}
	hear_settled(&p->letter);
}

/* -- the envelope */

static void
refuse_one(struct parcel *p, size_t i, const struct err *why)
{
	struct rcpt *to = &p->record.env.rcpt[i];

	err_copy(&to->why, why);
	to->state = err_is_temporary(why) ? RCPT_TODO : RCPT_FAILED;
	p->ear->verdict(p->ear->who, &p->record, i);
}

/* Those who have it from an earlier attempt do not get it again. */
static void
add_real(struct parcel *p, size_t i, const struct strs *real)
{
	struct rcpt *to = &p->record.env.rcpt[i];
	struct buf key = { 0 };
	size_t added = 0;

	for (size_t n = 0; n < real->count; n++) {
		buf_reset(&key);
		address_key(&key, strs_at(real, n));
		if (strs_has(&p->marks.sent, buf_str(&key)))
			continue;
		route_add(&p->route, &p->record.env, i, &p->env,
		    strs_at(real, n));
		added++;
	}
	buf_free(&key);
	if (added > 0)
		return;
	if (real->count == 0) {
		struct err e = { 0 };

		err_set(&e, EX_CONFIG, "nobody stands for this recipient");
		refuse_one(p, i, &e);
		err_clear(&e);
		return;
	}
	to->state = RCPT_DONE;
	buf_set(&to->reply, STR("all who stand for him have it"));
	p->ear->verdict(p->ear->who, &p->record, i);
}

/* What the run has found out about him (direction.h), in order. */
static int
add_recipient(struct parcel *p, size_t i, struct str *to, struct err *e)
{
	struct strs real = { 0 };
	struct err lost = { 0 };
	int rc;

	for (;;) {
		struct str ahead = *to, address;
		struct err why = { 0 };
		size_t number;

		rc = directions_eat(&ahead, &number, &address, &why);
		if (rc <= 0 || number != i) {
			err_clear(&why);
			break;
		}
		*to = ahead;
		if (address.len > 0)
			strs_add(&real, address);
		else
			err_copy(&lost, &why);
		err_clear(&why);
	}
	if (rc < 0)
		err_set(e, EX_SOFTWARE, "the run does not say where to");
	else if (lost.code != 0)
		refuse_one(p, i, &lost);
	else
		add_real(p, i, &real);
	strs_free(&real);
	err_clear(&lost);
	return rc < 0 ? -1 : 0;
}

static int
make_envelope(struct parcel *p, struct str to, struct err *e)
{
	const struct desk *d = p->desk;
	const struct record *r = &p->record;
	struct strs originals = { 0 };
	int rc = 0;

	sender_envelope(p->account, &d->here, &r->facts, r->has_sender,
	    buf_str(&r->env.sender), &p->env.sender, NULL);
	buf_add(&p->env.envid, buf_str(&r->env.envid));
	p->env.ret = r->env.ret;
	p->env.require_tls = r->env.require_tls;
	for (size_t i = 0; rc == 0 && i < r->env.count; i++) {
		if (r->env.rcpt[i].state != RCPT_TODO)
			continue;
		strs_add(&originals, buf_str(&r->env.rcpt[i].address));
		rc = add_recipient(p, i, &to, e);
	}
	sender_policy(&d->config, p->account, &d->here, &r->facts, &originals,
	    &p->policy);
	p->policy.folded = p->marks.folded;
	p->known = xcalloc(p->env.count, sizeof(*p->known));
	strs_free(&originals);
	return rc;
}

/* Nobody has been told anything yet. */
static void
refuse_all(struct parcel *p, const struct err *why)
{
	for (size_t i = 0; i < p->record.env.count; i++)
		if (p->record.env.rcpt[i].state == RCPT_TODO)
			refuse_one(p, i, why);
	hear_settled(&p->letter);
}

int
parcel_make(struct parcel **out, const struct desk *desk,
    const struct account *account, int fd, struct str to,
    const struct parcel_ear *ear, struct err *e)
{
	struct parcel *p = xcalloc(1, sizeof(*p));
	int rc;

	*p = (struct parcel){ .desk = desk, .account = account, .ear = ear,
	    .fd = fd, .letter = { .env = &p->env, .open = open_text,
	    .close = close_text, .verdict = hear_verdict,
	    .settled = hear_settled } };
	rc = record_read(&p->record, fd, e);
	if (rc == 0)
		rc = content_verify(&p->content, &p->record, fd, e);
	if (rc > 0) {
		ear->torn(ear->who, &p->record, e);
		parcel_free(p);
		return -1;
	}
	if (rc < 0 || marks_read(&p->marks, fd, &p->record, e) < 0 ||
	    make_envelope(p, to, e) < 0) {
		refuse_all(p, e);
		return -1;
	}
	if (p->env.count == 0) {
		hear_settled(&p->letter);
		return 0;
	}
	*out = p;
	return 1;
}

bool
parcel_is_ascii(const struct parcel *p)
{
	return envelope_is_ascii(&p->env) && policy_is_ascii(&p->policy) &&
	    str_is_ascii(buf_str(&p->content.head)) &&
	    str_is_ascii(buf_str(&p->record.facts.login)) &&
	    str_is_ascii(buf_str(&p->record.facts.host));
}

struct letter *
parcel_letter(struct parcel *p)
{
	return &p->letter;
}
