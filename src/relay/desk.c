// SPDX-License-Identifier: ISC
/*
 * desk.c - what all parcels of a run are made from
 */
#include "relay/desk.h"

#include "base/log.h"

static int
load(struct desk *d, const char *config, bool personal, struct mistakes *m,
    struct err *e)
{
	enum file_trust trust = personal ? FILE_PERSONAL :
	    d->lent ? FILE_LENT : FILE_SYSTEM;

	if (config_load(&d->config, config, trust, m, e) < 0)
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
