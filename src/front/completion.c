// SPDX-License-Identifier: ISC
/*
 * completion.c - minismtp completion: what the shells know about us
 */
#include "front/completion.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/table.h"
#include "front/options.h"

static const char *const kinds[] = {
	[COMPLETES_NOTHING] = "nothing",
	[COMPLETES_FILE] = "file",
	[COMPLETES_DIRECTORY] = "directory",
	[COMPLETES_ADDRESS] = "address",
	[COMPLETES_ACCOUNT] = "account",
	[COMPLETES_HOST] = "host",
	[COMPLETES_PROVIDER] = "provider",
	[COMPLETES_ID] = "id",
	[COMPLETES_CHOICE] = "choice",
};

const char *
completion_kind(enum completes completes)
{
	return kinds[completes];
}

/* The options of sendmail(8) do not say it; their words for a value do. */
static enum completes
kind_of(struct str name, struct str value)
{
	if (str_eq(name, STR("account")))
		return COMPLETES_ACCOUNT;
	return str_eq(value, STR("FILE")) ? COMPLETES_FILE :
	    COMPLETES_NOTHING;
}

bool
completion_option(size_t i, struct completion_option *o,
    struct buf *spelling)
{
	size_t n = 0;

	for (size_t row = 0; options_row(row, spelling, &o->words); row++) {
		struct str text = buf_str(spelling);

		if (!str_eat(&text, STR("--")) || n++ != i)
			continue;
		o->value = STR("");
		if (!str_eat_until(&text, ' ', &o->name))
			o->name = text;
		else
			o->value = text;
		o->completes = kind_of(o->name, o->value);
		return true;
	}
	return false;
}

/* -- the verb */

static const struct shell {
	const char *name;
	void (*add)(struct buf *out);
	const char *words;
} shells[] = {
	{ "bash", completion_bash, "for bash-completion" },
	{ "fish", completion_fish, "for vendor_completions.d" },
	{ "zsh", completion_zsh, "as a function _minismtp" },
};

static bool
choice(size_t i, struct str *name, struct str *words)
{
	if (i >= TABLE_COUNT(shells))
		return false;
	*name = str_of(shells[i].name);
	*words = str_of(shells[i].words);
	return true;
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	const struct shell *shell = operands->count != 1 ? NULL :
	    TABLE_FIND(shells, strs_at(operands, 0));
	struct buf out = { 0 };
	int rc;

	(void)wish;
	if (shell == NULL)
		return err_set(e, EX_USAGE, "for which shell: bash, fish or "
		    "zsh?");
	shell->add(&out);
	rc = fd_write(STDOUT_FILENO, buf_str(&out), e);
	buf_free(&out);
	return rc;
}

const struct verb completion_verb = {
	.name = "completion",
	.words = "print the completions for a shell",
	.operands = "bash | fish | zsh",
	.choice = choice,
	.run = run,
};
