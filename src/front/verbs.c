// SPDX-License-Identifier: ISC
/*
 * verbs.c - which verbs there are
 */
#include "front/verbs.h"

#include <stdio.h>
#include <sysexits.h>

#include "base/table.h"
#include "base/vis.h"
#include "front/ask.h"
#include "front/check.h"
#include "front/completion.h"
#include "front/help.h"
#include "front/import.h"
#include "front/queue.h"
#include "front/send.h"
#include "front/setup.h"
#include "front/version.h"

static const struct verb_row {
	const char *name;
	const struct verb *verb;
} rows[] = {
	{ "check", &check_verb },
	{ "completion", &completion_verb },
	{ "config", &config_verb },
	{ "help", &help_verb },
	{ "import", &import_verb },
	{ "queue", &queue_verb },
	{ "send", &send_verb },
	{ "setup", &setup_verb },
	{ "version", &version_verb },
};

const struct verb *
verbs_at(size_t i)
{
	return i < TABLE_COUNT(rows) ? rows[i].verb : NULL;
}

const struct verb *
verbs_find(struct str name)
{
	const struct verb_row *row = TABLE_FIND(rows, name);

	return row != NULL ? row->verb : NULL;
}

const char *
verbs_nearest(struct str name)
{
	return TABLE_NEAREST(rows, name);
}

int
verbs_run(struct str name, char *const *words)
{
	const struct verb *v = verbs_find(name);
	const char *near = verbs_nearest(name);
	struct buf shown = { 0 };

	if (v != NULL)
		return verb_run(v, words);
	vis_add_some(&shown, name, 60);
	fprintf(stderr, "minismtp: %s: no such command", buf_cstr(&shown));
	if (near != NULL)
		fprintf(stderr, " (%s?)", near);
	fputs("; sendmail is what takes recipients\n", stderr);
	buf_free(&shown);
	return EX_USAGE;
}
