// SPDX-License-Identifier: ISC
/*
 * import.c - minismtp import: the configuration of another program
 */
#include "front/import.h"

#include <sysexits.h>

#include "front/ask.h"

struct wish {
	bool own, show, write;
	struct buf format;
};

static const struct verb_option options[] = {
	{ "format", '\0',
	    "dma|esmtp|exim|msmtp|nullmailer|opensmtpd|postfix|ssmtp",
	    verb_text, offsetof(struct wish, format),
	    "whose configuration it is; else its name and its words tell",
	    COMPLETES_CHOICE },
	{ "personal", '\0', NULL, verb_flag, offsetof(struct wish, own),
	    "for root: not the machine's, but his own", COMPLETES_NOTHING },
	{ "show-passwords", '\0', NULL, verb_flag, offsetof(struct wish, show),
	    "print them as well", COMPLETES_NOTHING },
	{ "write", '\0', NULL, verb_flag, offsetof(struct wish, write),
	    "write it where it belongs, and the passwords beside it",
	    COMPLETES_NOTHING },
	{ 0 }
};

static void
spell(const struct wish *w, const struct strs *operands, struct strs *words)
{
	strs_add(words, STR("--import"));
	if (w->format.len > 0) {
		strs_add(words, STR("--format"));
		strs_add(words, buf_str(&w->format));
	}
	if (w->show)
		strs_add(words, STR("--show-passwords"));
	if (w->write)
		strs_add(words, STR("--write"));
	if (operands->count > 0) {
		strs_add(words, STR("--"));
		strs_add(words, strs_at(operands, 0));
	}
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	const struct wish *w = wish;
	struct strs words = { 0 };
	struct place p = { 0 };
	int rc;

	if (operands->count > 1)
		return err_set(e, EX_USAGE, "one file at a time");
	if (w->write && w->show)
		return err_set(e, EX_USAGE, "either write or show it");
	spell(w, operands, &words);
	rc = place_new(&p, w->own, e);
	if (rc == 0)
		rc = ask_at(&p, &words, e);
	place_free(&p);
	strs_free(&words);
	return rc;
}

static void
wish_free(void *wish)
{
	buf_free(&((struct wish *)wish)->format);
}

const struct verb import_verb = {
	.name = "import",
	.words = "take over the configuration of another program",
	.operands = "[file]",
	.completes = COMPLETES_FILE,
	.options = options,
	.size = sizeof(struct wish),
	.run = run,
	.free = wish_free,
};
