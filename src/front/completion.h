// SPDX-License-Identifier: ISC
/*
 * completion.h - minismtp completion: what the shells know about us
 *
 * Made from the rows that the parser reads, so that no shell offers what does
 * not exist.  The build writes the three scripts and installs them where bash,
 * zsh and fish look for them; "minismtp completion bash" prints one.
 *
 * A script asks minismtp itself for what only this machine knows: accounts of
 * the configuration, providers, and messages in the queue.
 */
#ifndef MINISMTP_FRONT_COMPLETION_H
#define MINISMTP_FRONT_COMPLETION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "front/verb.h"

/* One of the options that stand where no verb does, without its dashes. */
struct completion_option {
	struct str name, value, words;	/* value is empty: it has none */
	enum completes completes;
};

/* The i-th long one; false behind the last. */
bool completion_option(size_t i, struct completion_option *o,
    struct buf *spelling);

/* "account", as the scripts call it. */
const char *completion_kind(enum completes completes);

/* How a script learns them: shell commands that print one on each line. */
#define COMPLETION_ACCOUNTS \
	"minismtp config --json 2>/dev/null |" \
	" sed -n 's/^ *\"name\": \"\\([^\"\\\\]*\\)\".*/\\1/p'"
#define COMPLETION_PROVIDERS \
	"minismtp setup --providers 2>/dev/null | sed 's/ .*//'"
#define COMPLETION_IDS \
	"minismtp queue list --json 2>/dev/null |" \
	" sed -n 's/^{\"id\":\"\\([0-9A-Za-z]*\\)\".*/\\1/p'"

void completion_bash(struct buf *out);
void completion_zsh(struct buf *out);
void completion_fish(struct buf *out);

extern const struct verb completion_verb;

#endif
