// SPDX-License-Identifier: ISC
/*
 * postfix_login.c - the login for the relay, from smtp_sasl_password_maps
 */
#include "import/postfix.h"

#include "base/vis.h"

/* user:password; the password may have colons of its own. */
static void
login(struct importer *im, struct str value)
{
	struct str user;

	if (!str_eat_until(&value, ':', &user)) {
		importer_no_equal(im, "a login is user:password");
		return;
	}
	if (importer_set(im, "user", str_trim(user)))
		importer_set_password(im, value);
}

/* Is the key the relay, in one of the ways in which Postfix looks for it? */
static bool
is_ours(struct str key, struct str relayhost)
{
	struct str host = relayhost, inner, tail;

	if (str_ieq(key, relayhost))
		return true;
	if (str_eat(&host, STR("[")) && str_eat_until(&host, ']', &inner))
		host = inner;
	else if (str_cut_last(relayhost, ':', &inner, &tail))
		host = inner;
	return str_ieq(key, host);
}

static void
read_table(struct importer *im, struct str text, struct str relayhost)
{
	struct str line, key;

	while (importer_line(im, &text, &line)) {
		if (!str_eat_word(&line, &key))
			continue;
		im->word = key;
		if (is_ours(key, relayhost))
			login(im, line);
		else
			importer_no_equal(im, "a login for another relay");
	}
}

/* inline:{ key=user:password, { key = user:password } } */
static void
read_inline(struct importer *im, struct str list, struct str relayhost)
{
	struct str part, key;

	while (list.len > 0) {
		if (!str_eat_until(&list, ',', &part)) {
			part = list;
			list.len = 0;
		}
		(void)str_eat_span(&part, "{ \t", &key);
		while (part.len > 0 &&
		    str_has(STR("} \t"), part.ptr[part.len - 1]))
			part.len--;
		if (str_eat_until(&part, '=', &key) &&
		    is_ours(str_trim(key), relayhost))
			login(im, str_trim(part));
	}
}

static void
read_file(struct importer *im, struct str path, struct str relayhost)
{
	struct importer in;
	struct buf text = { 0 };

	if (importer_load_named(im, path, &text, &in))
		read_table(&in, buf_str(&text), relayhost);
	buf_wipe(&text);
}

/* The kinds that are made of a text file of the same name. */
static bool
is_text(struct str kind)
{
	static const struct str kinds[] = {
		{ "hash", 4 },
		{ "texthash", 8 },
		{ "btree", 5 },
		{ "lmdb", 4 },
		{ "cdb", 3 },
		{ "dbm", 3 },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (str_eq(kind, kinds[i]))
			return true;
	}
	return false;
}

void
postfix_login(struct importer *im, struct str maps, struct str relayhost)
{
	struct str word, kind;
	struct buf shown = { 0 };

	if (str_eat(&maps, STR("inline:"))) {
		read_inline(im, maps, relayhost);
		return;
	}
	while (str_eat_word(&maps, &word)) {
		while (word.len > 0 && word.ptr[word.len - 1] == ',')
			word.len--;
		if (!str_eat_until(&word, ':', &kind)) {
			kind = STR("hash");
		}
		if (str_eq(kind, STR("static"))) {
			login(im, word);
		} else if (is_text(kind)) {
			importer_noted(im, "for the login that it has");
			read_file(im, word, relayhost);
		} else {
			buf_reset(&shown);
			vis_add_some(&shown, kind, 20);
			importer_no_equal(im, "a table of the kind %s",
			    buf_cstr(&shown));
		}
	}
	buf_free(&shown);
}
