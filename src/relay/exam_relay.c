// SPDX-License-Identifier: ISC
/*
 * exam_relay.c - checks of the way to a relay, and of what it takes
 */
#include "relay/exam_end.h"

#include "base/table.h"
#include "net/lookup.h"
#include "smtp/ehlo.h"

static void
check_resolve(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;
	const struct relay *r = l->account->relays > 0 ?
	    &l->account->relay[l->relay] : NULL;
	struct buf list = { 0 };
	bool four = false, six = false;

	if (!l->direct) {
		if (l->account->proxy.len > 0)
			finding_say(f, FINDING_GOOD, "the proxy %s looks it "
			    "up", buf_cstr(&l->account->proxy));
		return;
	}
	for (size_t i = 0; i < l->hosts; i++) {
		const struct learnt_host *h = &l->host[i];

		if (h->why.code != 0) {
			end_say(x, f, "resolve", &h->why);
			continue;
		}
		buf_reset(&list);
		for (size_t k = 0; k < h->places.count; k++) {
			buf_puts(&list, k > 0 ? ", " : "");
			endpoint_words(&h->places.item[k], &list);
			four |= h->places.item[k].addr.ss_family == AF_INET;
			six |= h->places.item[k].addr.ss_family == AF_INET6;
		}
		if (str_eq(buf_str(&list), buf_str(&h->host)))
			finding_say(f, FINDING_GOOD, "%s is an address",
			    buf_cstr(&h->host));
		else
			finding_say(f, FINDING_GOOD, "%s is %s (%lld ms)%s",
			    buf_cstr(&h->host), buf_cstr(&list),
			    (long long)h->ms, four && six ? "" : four ?
			    ", IPv4 only" : ", IPv6 only");
	}
	if (l->no_host.code != 0)
		end_say(x, f, "resolve", &l->no_host);
	else if (l->hosts == 0 && r != NULL) {
		finding_say(f, FINDING_BAD, "%s names no relay in the name "
		    "service", buf_cstr(&r->text));
		end_mend(x, f, "resolve", 0);
	}
	buf_free(&list);
}

static bool
say_doors(const struct learnt *l, struct finding *f)
{
	size_t open = 0;

	for (size_t i = 0; l->doors > 1 && i < l->doors; i++) {
		const struct learnt_door *d = &l->door[i];

		if (d->why.code == 0)
			finding_add(f, "%s in %lld ms", buf_cstr(&d->address),
			    (long long)d->ms);
		else {
			finding_add(f, "%s: %s", buf_cstr(&d->address),
			    buf_cstr(&d->why.text));
			finding_mend(f, "nc -vz %s", buf_cstr(&d->address));
		}
		open += d->why.code == 0;
	}
	return l->doors < 2 || open == l->doors || open == 0;
}

static void
check_connect(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;
	const struct account *a = l->account;

	if (a->relays > 0 && a->relay[l->relay].kind == RELAY_DISCARD) {
		finding_say(f, FINDING_WARNING, "discard: all mail is taken "
		    "and thrown away");
		finding_mend(f, "relay = \"mail.example.com\"");
		return;
	}
	if (l->hosts > 0 && l->doors == 0)
		return;			/* no address: said already */
	if (end_of(l) == END_CONNECT && l->other_port > 0) {
		finding_say(f, FINDING_BAD, "%.*s; but port %d is open",
		    STR_ARGS(end_words(l, buf_str(&l->why.text))),
		    l->other_port);
		finding_mend(f, "relay = \"%s:%d\"", buf_cstr(
		    &l->host[0].host), l->other_port);
	} else if (end_of(l) == END_CONNECT)
		end_say(x, f, "connect", &l->why);
	else if (!say_doors(l, f))
		finding_say(f, FINDING_WARNING, "not all addresses answer");
	else if (l->doors == 1)
		finding_say(f, FINDING_GOOD, "%s in %lld ms",
		    buf_cstr(&l->door[0].address), (long long)l->connect_ms);
	else
		finding_say(f, FINDING_GOOD, "in %lld ms",
		    (long long)l->connect_ms);
}

static void
check_greeting(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;

	if (end_of(l) == END_BANNER)
		end_say(x, f, "greeting", &l->why);
	else if (l->banner.len > 0)
		finding_say(f, FINDING_GOOD, "\"%s\" after %lld ms",
		    buf_cstr(&l->banner), (long long)l->banner_ms);
}

static void
explain(struct finding *f, struct str line)
{
	struct str rest = line, word;
	const char *words;

	if (!str_eat_word(&rest, &word))
		return;
	words = ehlo_explain(word);
	finding_add(f, "%-19.*s  %s%s%.*s", STR_ARGS(word),
	    words != NULL ? words : "not used", rest.len > 0 ? ": " : "",
	    STR_ARGS(rest));
}

static void
check_hello(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;
	struct str text = buf_str(&l->hello), line;
	size_t count = 0;

	if (end_of(l) == END_HELLO) {
		end_say(x, f, "hello", &l->why);
		return;
	}
	if (l->hello.len == 0)
		return;
	(void)str_eat_line(&text, &line);
	for (; str_eat_line(&text, &line); count++)
		explain(f, line);
	finding_say(f, FINDING_GOOD, count == 0 ? "it takes us, and has no "
	    "extensions" : "it takes us, and can do %zu things", count);
}

static void
check_mail(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;

	if (!l->probed)
		return;
	if (l->probe == PROBE_MAIL)
		end_say(x, f, "mail", &l->probe_why);
	else
		finding_say(f, FINDING_GOOD, "it takes mail from %s",
		    buf_cstr(&l->sender));
}

static void
check_rcpt(struct exam *x, struct finding *f)
{
	const struct learnt *l = x->learnt;

	if (!l->probed || l->probe == PROBE_MAIL)
		return;
	if (l->probe == PROBE_RCPT) {
		end_say(x, f, "rcpt", &l->probe_why);
		finding_add(f, "that was for %s", buf_cstr(&l->to));
	} else
		finding_say(f, FINDING_GOOD, "it takes mail for %s, and none "
		    "was sent", buf_cstr(&l->to));
}

static const struct exam_row way[] = {
	{ "resolve", BOTH, check_resolve },
	{ "connect", BOTH, check_connect },
	{ "greeting", BOTH, check_greeting },
	{ "hello", BOTH, check_hello },
}, mail[] = {
	{ "mail", BOTH, check_mail },
	{ "rcpt", BOTH, check_rcpt },
};

const struct exam_table exam_way = { NULL, way, TABLE_COUNT(way) };
const struct exam_table exam_mail = { NULL, mail, TABLE_COUNT(mail) };
