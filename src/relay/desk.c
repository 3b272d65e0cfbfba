// SPDX-License-Identifier: ISC
/*
 * desk.c - what all parcels of a run are made from
 */
#include "relay/desk.h"

#include "base/log.h"
#include "config/secret.h"

/* They would run with the queue's group, for a user who has it not. */
static int
check_programs(const struct config *c, struct err *e)
{
	for (size_t i = 0; i < c->accounts; i++) {
		const struct account *a = &c->account[i];

		if ((a->password_command.count > 0 &&
		    secret_check_helper("password_command",
		    buf_cstr(&a->password_command.item[0]), e) < 0) ||
		    (a->command.count > 0 && secret_check_helper("command",
		    buf_cstr(&a->command.item[0]), e) < 0))
			return -1;
	}
	return 0;
}

static int
load(struct desk *d, const char *config, bool personal, struct mistakes *m,
    struct err *e)
{
	enum file_trust trust = personal ? FILE_PERSONAL :
	    d->lent ? FILE_LENT : FILE_SYSTEM;

	if (config_load(&d->config, config, trust, m, e) < 0)
		return -1;
	if (d->lent && check_programs(&d->config, e) < 0)
		return -1;
	d->personal = personal;
	here_load(&d->here);
	loader_init(&d->files, FILE_ANY);
	return local_aliases(&d->config, &d->aliases, m, e);
}

int
desk_load(struct desk *d, const char *config, bool personal, struct err *e)
{
	struct mistakes m = { 0 };
	int rc = load(d, config, personal, &m, e);

	for (size_t i = 0; rc == 0 && i < m.count; i++)
		log_line(LOG_WARNING, "%s:%zu: %s", buf_cstr(&m.item[i].file),
		    m.item[i].line, buf_cstr(&m.item[i].words));
	mistakes_free(&m);
	return rc;
}

void
desk_free(struct desk *d)
{
	aliases_free(&d->aliases);
	here_free(&d->here);
	config_free(&d->config);
}
