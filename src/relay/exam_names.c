// SPDX-License-Identifier: ISC
/*
 * exam_names.c - checks of who gets local mail, and of who we say we are
 */
#include "relay/exam.h"

#include <pwd.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "config/sender.h"
#include "message/address.h"
#include "message/facts.h"
#include "message/msgid.h"
#include "net/lookup.h"

#define LOOKUP_MS 3000

/* -- aliases */

static void
check_aliases(struct exam *x, struct finding *f)
{
	struct desk *d = &x->desk;
	const struct local l = { .config = &d->config,
	    .account = d->config.account, .here = &d->here,
	    .aliases = &d->aliases, .loader = &d->files };
	struct mistakes m = { 0 };
	struct err e = { 0 };

	if (!x->has_config)
		return;
	if (local_aliases(&d->config, &d->aliases, &m, &e) < 0) {
		finding_err(f, FINDING_BAD, &e);
		finding_mend(f, "ls -l %s", buf_cstr(&d->config.aliases));
	} else
		local_check_aliases(&l, &m);
	exam_mistakes(f, &m);
	finding_say(f, FINDING_GOOD, "%zu aliases in %s", d->aliases.count,
	    d->config.aliases.len > 0 ? buf_cstr(&d->config.aliases) :
	    "no file");
	mistakes_free(&m);
	err_clear(&e);
}

/* Mail for root is the one that must not get lost. */
static void
check_root(struct exam *x, struct finding *f)
{
	const struct desk *d = &x->desk;
	const struct account *a = d->config.account;
	const struct local l = { .config = &d->config, .account = a,
	    .here = &d->here, .aliases = &d->aliases, .loader = &d->files };
	struct buf to = { 0 }, why = { 0 };
	struct strs real = { 0 };
	struct err e = { 0 };

	if (!x->has_config)
		return;
	if (local_resolve(&l, STR("root"), &real, &why, &e) < 0) {
		finding_err(f, FINDING_BAD, &e);
		finding_mend(f, "sendmail -bv root");
	}
	for (size_t i = 0; i < real.count; i++) {
		buf_puts(&to, i > 0 ? ", " : "");
		buf_add(&to, strs_at(&real, i));
	}
	if (a->redirect.count > 0)
		finding_say(f, FINDING_GOOD, "redirect: all mail goes to "
		    "%.*s", STR_ARGS(strs_at(&a->redirect, 0)));
	else if (aliases_find(&d->aliases, STR("root")) == NULL &&
	    d->config.admin.count == 0) {
		finding_say(f, FINDING_WARNING, "mail for root, as from cron, "
		    "goes to %s: does anybody read that?", buf_cstr(&to));
		finding_mend(f, "admin = \"you@example.com\"");
	} else
		finding_say(f, FINDING_GOOD, "mail for root goes to %s",
		    buf_cstr(&to));
	strs_free(&real);
	buf_free(&to);
	buf_free(&why);
	err_clear(&e);
}

/* -- who we say we are */

void
exam_sender(const struct exam *x, const struct account *a, struct buf *out)
{
	const struct passwd *pw = getpwuid(getuid());
	struct facts facts = { .uid = getuid() };

	buf_puts(&facts.login, pw != NULL ? pw->pw_name : "");
	sender_envelope(a, &x->desk.here, &facts, false, STR(""), out, NULL);
	facts_free(&facts);
}

/*
 * An MX, or an address.  The C library takes a name service that is out of
 * reach for one that says no, so it is asked for the MX in any case: only if
 * that had an answer, a no is one.
 */
static bool
domain_exists(const char *domain, struct err *e)
{
	struct services mx = { 0 };
	struct endpoints p;
	int64_t end = clock_deadline(LOOKUP_MS);
	int rc = lookup_mx(domain, end, &mx, e);
	bool found = rc == 0 && mx.count > 0;

	services_free(&mx);
	if (found)
		return true;
	if (rc == 0)
		return lookup_host(domain, 25, end, &p, e) == 0;
	err_clear(e);
	if (lookup_host(domain, 25, end, &p, e) == 0)
		return true;
	err_clear(e);
	err_set(e, EX_TEMPFAIL, "the name service does not answer");
	return false;
}

/* Most relays want the address that we log in with. */
static void
mend_sender(const struct exam *x, struct finding *f)
{
	const struct buf *user = &x->desk.config.account->user;

	finding_mend(f, "sender = \"%s\"", str_has(buf_str(user), '@') ?
	    buf_cstr(user) : "you@example.com");
}

static void
check_sender(struct exam *x, struct finding *f)
{
	struct buf sender = { 0 };
	struct str local, domain = STR("");
	struct err e = { 0 };
	bool utf8;

	if (!x->has_config)
		return;
	exam_sender(x, x->desk.config.account, &sender);
	(void)str_cut_last(buf_str(&sender), '@', &local, &domain);
	if (address_check(buf_str(&sender), &utf8, &e) < 0) {
		finding_err(f, FINDING_BAD, &e);
		mend_sender(x, f);
	} else if (!host_is_full(domain)) {
		finding_say(f, FINDING_WARNING, "mail goes out from %s, and "
		    "\"%.*s\" is no domain that a relay knows",
		    buf_cstr(&sender), STR_ARGS(domain));
		mend_sender(x, f);
	} else
		finding_say(f, FINDING_GOOD, "mail goes out from %s",
		    buf_cstr(&sender));
	buf_free(&sender);
	err_clear(&e);
}

static void
check_sender_domain(struct exam *x, struct finding *f)
{
	struct buf sender = { 0 };
	struct str local, domain = STR("");
	struct err e = { 0 };

	if (!x->has_config)
		return;
	exam_sender(x, x->desk.config.account, &sender);
	(void)str_cut_last(buf_str(&sender), '@', &local, &domain);
	if (!host_is_full(domain))
		;		/* said already */
	else if (domain_exists(domain.ptr, &e))
		finding_say(f, FINDING_GOOD, "%s exists", domain.ptr);
	else if (e.code == EX_NOHOST) {
		finding_say(f, FINDING_WARNING, "there is no domain %s: "
		    "relays refuse such a sender, and nobody can answer",
		    domain.ptr);
		mend_sender(x, f);
	} else
		finding_err(f, FINDING_UNKNOWN, &e);
	buf_free(&sender);
	err_clear(&e);
}

static void
mend_helo(const struct exam *x, struct finding *f)
{
	const struct buf *host = &x->desk.here.host;
	const struct buf *helo = &x->desk.config.account->helo;
	bool other = host_is_full(buf_str(host)) &&
	    !str_ieq(buf_str(host), buf_str(helo));

	finding_mend(f, "helo = \"%s\"", other ? buf_cstr(host) :
	    "web1.example.com");
}

static void
check_helo(struct exam *x, struct finding *f)
{
	const struct account *a = x->desk.config.account;
	const struct buf *host = &x->desk.here.host;

	if (!x->has_config)
		return;
	if (a->helo.len == 0 && !host_is_full(buf_str(host)))
		finding_say(f, FINDING_WARNING, "we greet with our address, "
		    "because this machine's name \"%s\" is no full one",
		    buf_cstr(host));
	else if (a->helo.len > 0 && a->helo.data[0] != '[' &&
	    !host_is_full(buf_str(&a->helo)))
		finding_say(f, FINDING_WARNING, "we greet with \"%s\", which "
		    "is no full name: some relays refuse that",
		    buf_cstr(&a->helo));
	else
		finding_say(f, FINDING_GOOD, "we greet with %s",
		    buf_cstr(a->helo.len > 0 ? &a->helo : host));
	if (f->state != FINDING_GOOD)
		mend_helo(x, f);
}

static void
check_helo_name(struct exam *x, struct finding *f)
{
	const struct account *a = x->desk.config.account;
	const struct buf *name = a != NULL && a->helo.len > 0 ? &a->helo :
	    &x->desk.here.host;
	struct err e = { 0 };

	if (!x->has_config || name->len == 0 || name->data[0] == '[' ||
	    !host_is_full(buf_str(name)))
		return;
	if (domain_exists(buf_cstr(name), &e))
		finding_say(f, FINDING_GOOD, "%s resolves", buf_cstr(name));
	else if (e.code == EX_NOHOST) {
		finding_say(f, FINDING_WARNING, "%s, with which we greet, does "
		    "not resolve: some relays refuse that", buf_cstr(name));
		mend_helo(x, f);
	} else
		finding_err(f, FINDING_UNKNOWN, &e);
	err_clear(&e);
}

static const struct exam_row rows[] = {
	{ "aliases", BOTH, check_aliases },
	{ "root", BOTH, check_root },
	{ "sender", BOTH, check_sender },
	{ "domain", BOTH | ONLINE, check_sender_domain },
	{ "helo", BOTH, check_helo },
	{ "helo-name", BOTH | ONLINE, check_helo_name },
};

const struct exam_table exam_names = { NULL, rows, TABLE_COUNT(rows) };
