// SPDX-License-Identifier: ISC
/*
 * config.c - the file becomes a struct
 */
#include "config/config.h"

#include <confuse.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/xmem.h"
#include "config/assign.h"
#include "config/flat.h"
#include "config/judge.h"
#include "config/keys.h"
#include "config/statement.h"

/* What is at hand while it happens. */
struct making {
	struct config *config;
	const struct flat *flat;
	struct mistakes *mistakes;
	bool exposed;
};

static cfg_opt_t *
options(cfg_opt_t *account)
{
	static const cfg_opt_t end[] = { CFG_END() };
	size_t n = keys_count();
	cfg_opt_t *opt = xcalloc(n + 2, sizeof(*opt));

	for (size_t i = 0; i < n; i++) {
		const cfg_opt_t row[] = {
			CFG_STR_LIST(keys_at(i)->name, NULL, CFGF_NODEFAULT)
		};

		opt[i] = row[0];
	}
	if (account != NULL) {
		const cfg_opt_t row[] = {
			CFG_SEC("account", account, CFGF_MULTI | CFGF_TITLE)
		};

		opt[n++] = row[0];
	}
	opt[n] = end[0];
	return opt;
}

/* What libconfuse could say would be about flat.c's text, not the file's. */
static void
be_quiet(cfg_t *cfg, const char *fmt, va_list ap)
{
	(void)cfg;
	(void)fmt;
	(void)ap;
}

static void
take(const struct making *k, cfg_t *section, const struct key *key,
    struct given *g)
{
	cfg_opt_t *opt = cfg_getopt(section, key->name);

	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		struct str text = str_of(cfg_opt_getnstr(opt, i));
		struct place at;

		if (flat_value(k->flat, &text, &at))
			given_add(g, text, at);
	}
}

static bool
says(cfg_t *section, const char *name)
{
	return section != NULL && cfg_size(section, name) > 0;
}

static bool
is_secret(const struct key *key)
{
	return strcmp(key->name, "password") == 0 ||
	    strcmp(key->name, "password_file") == 0 ||
	    strcmp(key->name, "password_command") == 0 ||
	    strcmp(key->name, "credential") == 0;
}

/*
 * A login and what weakens TLS belong to one relay and go to no other; a
 * password belongs to one user.
 */
static bool
inherits(cfg_t *section, const struct key *key)
{
	if (key->where == KEY_TOP || key->where == KEY_ACCOUNT)
		return false;
	if (key->where == KEY_OF_RELAY &&
	    (says(section, "relay") || says(section, "command")))
		return false;
	return !is_secret(key) || !(says(section, "user") ||
	    says(section, "password") || says(section, "password_file") ||
	    says(section, "password_command") || says(section, "credential"));
}

static void
set(const struct making *k, cfg_t *section, const struct key *key, void *base,
    struct mistakes *m)
{
	struct given g = { 0 };

	take(k, section, key, &g);
	if (g.count > 0)
		assign(key, base, &g, k->flat->secret, k->flat->secrets, m);
	given_free(&g);
}

/* section is NULL for the top level itself. */
static void
make_account(const struct making *k, cfg_t *top, cfg_t *section)
{
	struct config *c = k->config;
	struct mistakes told = { 0 };	/* at the top level, once is enough */
	struct account *a;

	c->account = xgrow(c->account, c->accounts, sizeof(*c->account));
	a = &c->account[c->accounts++];
	*a = (struct account){ 0 };
	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *key = keys_at(i);

		if (key->where == KEY_TOP)
			continue;
		assign_default(key, a);
		if (section == NULL)
			set(k, top, key, a, k->mistakes);
		else if (inherits(section, key))
			set(k, top, key, a, &told);
		if (section != NULL)
			set(k, section, key, a, k->mistakes);
	}
	mistakes_free(&told);
}

static void
make(const struct making *k, cfg_t *cfg, struct place file)
{
	struct config *c = k->config;

	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *key = keys_at(i);

		if (key->where == KEY_TOP) {
			assign_default(key, c);
			set(k, cfg, key, c, k->mistakes);
		}
	}
	make_account(k, cfg, NULL);
	judge_account(&c->account[0], file, k->exposed, k->mistakes);
	judge_config(c, file, k->mistakes);
	for (unsigned i = 0; i < cfg_size(cfg, "account"); i++) {
		cfg_t *section = cfg_getnsec(cfg, "account", i);
		struct str title = str_of(cfg_title(section));
		struct place at = file;

		flat_value(k->flat, &title, &at);
		make_account(k, cfg, section);
		buf_set(&c->account[c->accounts - 1].name, title);
		judge_account(&c->account[c->accounts - 1], at, k->exposed,
		    k->mistakes);
	}
}

/* Only a text that is well formed comes here: see statement.c. */
static void
understand(const struct making *k, struct place file)
{
	cfg_opt_t *inner = options(NULL), *outer = options(inner);
	cfg_t *cfg = cfg_init(outer, CFGF_NONE);

	if (cfg == NULL)
		xmem_die("cfg_init");
	cfg_set_error_function(cfg, be_quiet);
	if (k->flat->text.len > 0 && cfg_parse_buf(cfg,
	    buf_cstr(&k->flat->text)) != CFG_SUCCESS) {
		if (k->mistakes->count == 0)
			mistakes_add(k->mistakes, file,
			    "it cannot be understood");
	} else {
		make(k, cfg, file);
	}
	cfg_free(cfg);
	free(inner);
	free(outer);
}

int
config_parse(struct config *c, const char *name, struct str text,
    const struct loader *loader, struct mistakes *m, struct err *e)
{
	struct flat flat = { 0 };
	struct making k = { c, &flat, m, false };

	*c = (struct config){ 0 };
	statement_read(&flat, name, text, loader, m);
	k.exposed = loader != NULL && loader->exposed;
	understand(&k, (struct place){ str_of(name), 0 });
	flat_free(&flat);
	mistakes_sort(m);
	return m->count == 0 ? 0 : mistakes_err(m, e);
}

int
config_load(struct config *c, const char *path, enum file_trust trust,
    struct mistakes *m, struct err *e)
{
	struct buf text = { 0 };
	struct loader loader;
	int rc;

	*c = (struct config){ 0 };
	loader_init(&loader, trust);
	if (loader.load(loader.arg, str_of(path), &text, e) < 0)
		return -1;
	rc = config_parse(c, path, buf_str(&text), &loader, m, e);
	buf_wipe(&text);
	return rc;
}

void
config_free(struct config *c)
{
	for (size_t i = 0; i < keys_count(); i++) {
		const struct key *key = keys_at(i);

		if (key->where == KEY_TOP)
			assign_free(key, c);
		for (size_t n = 0; key->where != KEY_TOP && n < c->accounts;
		    n++)
			assign_free(key, &c->account[n]);
	}
	for (size_t n = 0; n < c->accounts; n++)
		buf_free(&c->account[n].name);
	free(c->account);
	*c = (struct config){ 0 };
}

const struct account *
config_account(const struct config *c, struct str name)
{
	for (size_t i = 1; i < c->accounts; i++) {
		if (str_ieq(buf_str(&c->account[i].name), name))
			return &c->account[i];
	}
	return NULL;
}

enum force_sender
account_force(const struct account *a)
{
	if (a->sender.len == 0)
		return FORCE_NO;
	return a->force_sender == FORCE_BY_SENDER ? FORCE_ENVELOPE :
	    a->force_sender;
}

bool
config_has_password(const struct config *c)
{
	for (size_t i = 0; i < c->accounts; i++) {
		if (secret_is_set(&c->account[i].password))
			return true;
	}
	return false;
}
