// SPDX-License-Identifier: ISC
/*
 * wish.c - what was said behind minismtp-relay --setup
 */
#include "relay/wish.h"

#include <stddef.h>
#include <sysexits.h>

#include "base/table.h"
#include "base/vis.h"

static const struct row {
	const char *name;
	size_t at;
} rows[] = {
#define ROW(name, member) { name, offsetof(struct wish, member) }
	ROW("address", address),
	ROW("admin", admin),
	ROW("dry-run", dry_run),
	ROW("helo", helo),
	ROW("no-login", no_login),
	ROW("offline", offline),
	ROW("password-command", password_command),
	ROW("password-file", password_file),
	ROW("provider", provider),
	ROW("providers", providers),
	ROW("relay", relay),
	ROW("sender", sender),
	ROW("test", test),
	ROW("tls", tls),
	ROW("tls-ca", tls_ca),
	ROW("user", user),
	ROW("verbose", verbose),
	ROW("yes", yes),
#undef ROW
};

static struct buf *
member(struct wish *w, const struct row *row)
{
	return (struct buf *)(void *)((char *)w + row->at);
}

/* It becomes one value of one key; the parser would tell, but not whose. */
static int
check(const struct row *row, struct str value, struct err *e)
{
	for (size_t i = 0; i < value.len; i++)
		if (str_is_control(value.ptr[i]))
			return err_set(e, EX_USAGE, "--%s: there is a control "
			    "character in it", row->name);
	return 0;
}

int
wish_parse(struct wish *w, const struct strs *words, struct err *e)
{
	for (size_t i = 0; i < words->count; i++) {
		struct str value = strs_at(words, i), name;
		const struct row *row = str_eat_until(&value, '=', &name) ?
		    TABLE_FIND(rows, name) : NULL;
		struct buf shown = { 0 };

		if (row == NULL) {
			vis_add_some(&shown, strs_at(words, i), 60);
			err_set(e, EX_USAGE, "%s: what is that?",
			    buf_cstr(&shown));
			buf_free(&shown);
			return -1;
		}
		if (check(row, value, e) < 0)
			return -1;
		buf_set(member(w, row), value);
	}
	return 0;
}

void
wish_free(struct wish *w)
{
	for (size_t i = 0; i < TABLE_COUNT(rows); i++)
		buf_free(member(w, &rows[i]));
}
