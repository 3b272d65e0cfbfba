// SPDX-License-Identifier: ISC
/*
 * fuzz_html.c - any HTML, as text; and any file, as a part of a message
 *
 * The text is no longer than what it was made from but by a little, holds no
 * NUL that was not there, and what is not changed stays; a part is encoded so
 * that every relay takes it.
 */
#include <assert.h>
#include <stdint.h>

#include "base/vis.h"
#include "message/compose.h"
#include "message/html.h"
#include "message/refer.h"
#include "message/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_text(struct str html)
{
	struct buf text = { 0 };

	html_plain(&text, html, true);
	/* An entity or an empty element costs more than what stands for it,
	 * but for a rule and an item, whose names are shorter. */
	assert(text.len <= 4 * html.len + 16);
	if (utf8_is_valid(html))
		assert(utf8_is_valid(buf_str(&text)));
	buf_free(&text);
}

static void
check_references(struct str html)
{
	struct refer r = { STR("a b"), STR("a b"), false };
	struct buf same = { 0 };

	refer_all(&same, html, &r, 1);
	assert(r.used || str_eq(buf_str(&same), html));
	buf_free(&same);
}

static void
check_part(struct str bytes)
{
	struct source_text from;
	struct part part = { .from = &from.source };
	const struct composition what = { .attached = &part, .attacheds = 1 };
	struct survey s = { 0 };
	struct compose c;
	struct scan scan = { 0 };
	struct body_facts facts;
	struct err e = { 0 };
	struct str piece;

	source_text_init(&from, bytes);
	buf_add(&part.name, str_head(bytes, 100));
	survey_add(&s, bytes);
	survey_end(&s);
	part_judge(&part, &s, sniff(&s, bytes, bytes), STR("koi8-r"));
	compose_init(&c, &what);
	while (source_pull(&c.source, &piece, &e) > 0)
		scan_add(&scan, piece);
	scan_end(&scan, &facts);
	assert(!facts.nul && !facts.bare_cr && !facts.long_line &&
	    !facts.eight_bit);
	compose_free(&c);
	survey_free(&s);
	part_free(&part);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };

	check_text(in);
	check_references(in);
	check_part(in);
	return 0;
}
