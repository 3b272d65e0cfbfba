// SPDX-License-Identifier: ISC
/*
 * postfix_table.c - Postfix's tables: key and value, in files and in place
 */
#include "import/postfix.h"

#include "base/vis.h"

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

static void
read_lines(struct importer *im, struct str text, postfix_entry_fn *entry)
{
	struct str line, key;

	while (importer_line(im, &text, &line)) {
		if (!str_eat_word(&line, &key))
			continue;
		im->word = key;
		entry(im, key, line);
	}
}

static void
read_file(struct importer *im, struct str path, postfix_entry_fn *entry)
{
	struct importer in;
	struct buf text = { 0 };

	if (importer_load_named(im, path, &text, &in)) {
		importer_noted(im, "what is in that table");
		read_lines(&in, buf_str(&text), entry);
	}
	buf_wipe(&text);
}

/* inline:{ key=value, { key = value } } */
static void
read_inline(struct importer *im, struct str list, postfix_entry_fn *entry)
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
		if (str_eat_until(&part, '=', &key))
			entry(im, str_trim(key), str_trim(part));
	}
}

static void
read_one(struct importer *im, struct str map, postfix_entry_fn *entry)
{
	struct buf shown = { 0 };
	struct str kind;

	if (!str_eat_until(&map, ':', &kind))
		kind = STR("hash");
	if (str_eq(kind, STR("static"))) {
		entry(im, STR("*"), map);
	} else if (is_text(kind)) {
		read_file(im, map, entry);
	} else {
		vis_add_some(&shown, kind, 20);
		importer_no_equal(im, "a table of the kind %s",
		    buf_cstr(&shown));
	}
	buf_free(&shown);
}

void
postfix_table(struct importer *im, struct str maps, postfix_entry_fn *entry)
{
	struct str map;

	if (str_eat(&maps, STR("inline:"))) {
		read_inline(im, maps, entry);
		return;
	}
	while (str_eat_word(&maps, &map)) {
		while (map.len > 0 && map.ptr[map.len - 1] == ',')
			map.len--;
		read_one(im, map, entry);
	}
}
