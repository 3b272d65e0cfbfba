// SPDX-License-Identifier: ISC
/*
 * local.c - who is meant by an address that is none outside of this machine
 */
#include "config/local.h"

#include <sys/utsname.h>
#include <sysexits.h>

#include "base/vis.h"
#include "config/expand.h"
#include "config/forward.h"
#include "config/word.h"

/* A full name for the host from /etc/hosts: no name server is asked. */
static void
full_name(struct buf *host)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	struct str rest, line, word;

	if (str_has(buf_str(host), '.') ||
	    file_load("/etc/hosts", FILE_ANY, &text, NULL, &e) < 0)
		goto out;
	rest = buf_str(&text);
	while (str_eat_line(&rest, &line)) {
		struct str full = { NULL, 0 }, short_name, tail;
		bool ours = false;

		str_eat_until(&line, '#', &line);
		if (!str_eat_word(&line, &word))
			continue;
		while (str_eat_word(&line, &word)) {
			tail = word;
			if (str_ieq(word, buf_str(host)))
				ours = true;
			if (full.len == 0 &&
			    str_eat_until(&tail, '.', &short_name) &&
			    str_ieq(short_name, buf_str(host)))
				full = word;
		}
		if (ours && full.len > 0 && word_host(full) == NULL) {
			buf_set(host, full);
			break;
		}
	}
out:
	buf_free(&text);
	err_clear(&e);
}

void
here_load(struct here *h)
{
	struct utsname names;
	struct buf text = { 0 };
	struct err e = { 0 };
	struct str rest, line;

	*h = (struct here){ 0 };
	if (uname(&names) == 0 && word_host(str_of(names.nodename)) == NULL) {
		buf_puts(&h->host, names.nodename);
		full_name(&h->host);
	}
	if (file_load("/etc/mailname", FILE_ANY, &text, NULL, &e) == 0) {
		rest = buf_str(&text);
		if (str_eat_line(&rest, &line) &&
		    word_host(str_trim(line)) == NULL)
			buf_set(&h->mailname, str_trim(line));
	}
	buf_free(&text);
	err_clear(&e);
}

void
here_free(struct here *h)
{
	buf_free(&h->host);
	buf_free(&h->mailname);
}

static struct str
first_label(struct str host)
{
	struct str label, in = host;

	return str_eat_until(&in, '.', &label) ? label : host;
}

/* The part behind the @ of what a relay would see of a bare address. */
static struct str
said_domain(const struct account *a)
{
	struct str local, domain, helo = buf_str(&a->helo);

	if (a->domain.len > 0)
		return buf_str(&a->domain);
	/* A pattern with %h in its domain is not one domain. */
	if (str_cut_last(buf_str(&a->sender), '@', &local, &domain) &&
	    !str_has(domain, '%'))
		return domain;
	return str_has(helo, '[') ? (struct str){ "", 0 } : helo;
}

bool
local_is_here(const struct config *c, const struct here *h, struct str host)
{
	struct str full = buf_str(&h->host), mail = buf_str(&h->mailname);

	if (host.len > 1 && host.ptr[host.len - 1] == '.')
		host = str_head(host, host.len - 1);
	if (host.len == 0 || str_ieq(host, STR("localhost")) ||
	    str_ieq(host, STR("localhost.localdomain")) ||
	    strs_ihas(&c->local_domains, host))
		return true;
	if (str_ieq(host, full) || str_ieq(host, first_label(full)))
		return true;
	return str_ieq(host, mail) &&
	    !str_ieq(mail, said_domain(&c->account[0]));
}

bool
local_name(const struct config *c, const struct here *h, struct str address,
    struct str *name)
{
	struct str local, domain;

	if (!str_cut_last(address, '@', &local, &domain)) {
		*name = address;
		return true;
	}
	/* "a@b" in quotes is a bare name, not somebody at b" */
	if (domain.len > 0 && domain.ptr[domain.len - 1] == '"') {
		*name = address;
		return true;
	}
	if (!local_is_here(c, h, domain))
		return false;
	*name = local;
	return true;
}

void
local_domain(const struct account *a, const struct here *h, struct buf *out)
{
	struct str said = said_domain(a), host = buf_str(&h->host);

	if (said.len > 0)
		buf_set(out, said);
	else if (str_has(host, '.') || h->mailname.len == 0)
		buf_set(out, host.len > 0 ? host : STR("localhost"));
	else
		buf_set(out, buf_str(&h->mailname));
}

/* Blanks and signs in a name want quotes in an address. */
static void
add_local_part(struct buf *out, struct str name)
{
	struct buf sample = { 0 };

	buf_add(&sample, name);
	buf_puts(&sample, "@a");
	if (word_address(buf_str(&sample)) == NULL) {
		buf_add(out, name);
	} else {
		buf_putc(out, '"');
		for (size_t i = 0; i < name.len; i++) {
			if (name.ptr[i] == '"' || name.ptr[i] == '\\')
				buf_putc(out, '\\');
			buf_putc(out, name.ptr[i]);
		}
		buf_putc(out, '"');
	}
	buf_free(&sample);
}

void
local_qualify(const struct account *a, const struct here *h,
    struct str address, struct buf *out)
{
	struct buf own = { 0 };
	struct str local, domain;

	buf_reset(out);
	if (str_cut_last(address, '@', &local, &domain) && domain.len > 0 &&
	    domain.ptr[domain.len - 1] != '"') {
		buf_add(out, address);
		return;
	}
	if (address.len > 0 && address.ptr[address.len - 1] == '@')
		address = str_head(address, address.len - 1);
	local_domain(a, h, &own);
	add_local_part(out, address);
	buf_putc(out, '@');
	buf_add(out, buf_str(&own));
	buf_free(&own);
}

static void
add_host(struct strs *out, struct str host)
{
	if (host.len > 0 && !strs_ihas(out, host))
		strs_add(out, host);
}

void
local_hosts(const struct config *c, const struct here *h, struct strs *out)
{
	add_host(out, STR("localhost"));
	add_host(out, STR("localhost.localdomain"));
	add_host(out, buf_str(&h->host));
	add_host(out, first_label(buf_str(&h->host)));
	if (local_is_here(c, h, buf_str(&h->mailname)))
		add_host(out, buf_str(&h->mailname));
	for (size_t i = 0; i < c->local_domains.count; i++)
		add_host(out, strs_at(&c->local_domains, i));
}

static bool
world_local(void *arg, struct str address, struct str *name)
{
	const struct local *l = arg;

	return local_name(l->config, l->here, address, name);
}

static int
world_include(void *arg, struct str path, struct buf *text, struct err *e)
{
	const struct local *l = arg;

	if (l->loader == NULL)
		return 0;
	if (l->loader->load(l->loader->arg, path, text, e) == 0)
		return 1;
	e->code = EX_TEMPFAIL;
	return -1;
}

static void
tell(struct buf *why, struct str name, const char *what, struct str address)
{
	if (why == NULL)
		return;
	vis_add(why, name);
	buf_puts(why, what);
	vis_add(why, address);
	buf_putc(why, '\n');
}

static void
add_once(struct strs *out, struct str address)
{
	if (!strs_ihas(out, address))
		strs_add(out, address);
}

/* Is this the address of a machine in the world, not just of "localhost"? */
static bool
is_full(struct str address)
{
	struct str local, domain;

	return str_cut_last(address, '@', &local, &domain) &&
	    str_has(domain, '.') &&
	    !str_ieq(domain, STR("localhost.localdomain")) &&
	    domain.ptr[domain.len - 1] != '"';
}

/*
 * Nobody else is meant: admin, or the name itself.  original is what the mail
 * came with, and keeps its domain if that is one.
 */
static void
last_resort(const struct local *l, struct str name, struct str original,
    struct strs *out, struct buf *why)
{
	const struct strs *admin = &l->config->admin;
	struct str own;
	struct buf full = { 0 };

	for (size_t i = 0; i < admin->count; i++) {
		tell(why, name, ": local, to the admin ", strs_at(admin, i));
		add_once(out, strs_at(admin, i));
	}
	if (admin->count > 0)
		return;
	if (is_full(original) && local_name(l->config, l->here, original,
	    &own) && str_ieq(own, name))
		buf_set(&full, original);
	else
		local_qualify(l->account, l->here, name, &full);
	tell(why, name, ": local, nobody else is known, so ", buf_str(&full));
	add_once(out, buf_str(&full));
	buf_free(&full);
}

int
local_resolve(const struct local *l, struct str recipient, struct strs *out,
    struct buf *why, struct err *e)
{
	struct local copy = *l;
	struct alias_world world = { &copy, world_local, world_include, NULL };
	struct aliases none = { 0 };
	struct strs found = { 0 }, rest = { 0 };
	struct str name;
	int rc;

	if (!local_name(l->config, l->here, recipient, &name)) {
		tell(why, recipient, ": as it is", STR(""));
		add_once(out, recipient);
		return 0;
	}
	if (l->config->forward)
		world.forward = l->forward != NULL ? l->forward :
		    forward_load;
	rc = aliases_expand(l->aliases != NULL ? l->aliases : &none, &world,
	    name, &found, &rest, why, e);
	for (size_t i = 0; rc == 0 && i < found.count; i++)
		add_once(out, strs_at(&found, i));
	for (size_t i = 0; rc == 0 && i < rest.count; i++)
		last_resort(l, strs_at(&rest, i), recipient, out, why);
	/* Each of its targets was refused: it must not vanish. */
	if (rc == 0 && found.count == 0 && rest.count == 0)
		last_resort(l, name, recipient, out, why);
	strs_free(&found);
	strs_free(&rest);
	return rc;
}

void
local_check_aliases(const struct local *l, struct mistakes *m)
{
	struct local copy = *l;
	struct alias_world world = { &copy, world_local, world_include, NULL };

	if (l->config->forward)
		world.forward = forward_load;
	aliases_check(l->aliases, &world, m);
}

int
local_aliases(const struct config *c, struct aliases *a, struct mistakes *m,
    struct err *e)
{
	struct buf text = { 0 };
	struct file_facts facts;
	int rc = 0;

	*a = (struct aliases){ 0 };
	if (c->aliases.len == 0)
		return 0;
	if (file_load(buf_cstr(&c->aliases), FILE_SYSTEM, &text, &facts, e)
	    == 0) {
		aliases_parse(a, buf_cstr(&c->aliases), buf_str(&text), m);
	} else if (facts.missing) {
		err_clear(e);
	} else {
		rc = -1;
	}
	buf_free(&text);
	return rc;
}
