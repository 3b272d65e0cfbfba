// SPDX-License-Identifier: ISC
/*
 * keys.h - every key there is, each in one row
 *
 * Parser, check, printer, man page test and sample read the same rows.
 */
#ifndef MINISMTP_CONFIG_KEYS_H
#define MINISMTP_CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct value_ctx;

enum key_type {
	KEY_STRING,		/* struct buf */
	KEY_STRINGS,		/* struct strs */
	KEY_SECRET,		/* struct secret */
	KEY_BOOL,		/* bool */
	KEY_INT,		/* int, min..max */
	KEY_DURATION,		/* int64_t seconds, min..max */
	KEY_SIZE,		/* uint64_t bytes, min..max */
	KEY_ENUM,		/* int, a row of words */
	KEY_RELAYS,		/* struct relay * and a count behind it */
	KEY_RATES,		/* struct rate * and a count behind it */
	KEY_RETRY,		/* two int64_t */
	KEY_PROXY,		/* struct buf and an int behind it */
	KEY_ARGV,		/* struct strs; one text is split at blanks */
	KEY_HEADERS		/* struct strs; header "Name" = "value" */
};

enum key_where {
	KEY_TOP,		/* only at the top level */
	KEY_ANYWHERE,		/* there and in accounts, which inherit it */
	KEY_OF_RELAY,		/* not inherited by one with another relay */
	KEY_ACCOUNT		/* only in an account */
};

struct key_word {
	const char *name;
	int value;
};

struct key {
	const char *name;
	enum key_type type;
	enum key_where where;
	size_t offset;		/* in struct config for KEY_TOP, else in
				   struct account */
	const char *init;	/* the default as it would be written, or "" */
	const char *help;	/* one line */
	/* NULL, or says in words what is wrong with one text. */
	const char *(*check)(struct str text);
	const struct key_word *words;	/* KEY_ENUM, ends with a NULL name */
	int64_t min, max;
	const char *others;	/* what else it is called elsewhere: "a b" */
};

size_t keys_count(void);
const struct key *keys_at(size_t i);

/* NULL: there is none of that name. */
const struct key *keys_find(struct str name);
/* The name that was probably meant, or NULL. */
const char *keys_nearest(struct str name);

bool key_is_list(const struct key *k);

#endif
