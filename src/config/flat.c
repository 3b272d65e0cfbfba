// SPDX-License-Identifier: ISC
/*
 * flat.c - a configuration and all that it includes, as one clean text
 */
#include "config/flat.h"

#include <stdlib.h>

#include "base/xmem.h"

struct place
flat_place(const struct flat *f, size_t spot)
{
	return (struct place){ strs_at(&f->files, f->spot[spot].file),
	    f->spot[spot].line };
}

bool
flat_value(const struct flat *f, struct str *value, struct place *at)
{
	struct str in = *value;
	uint64_t spot;

	if (!str_eat_number(&in, &spot) || !str_eat(&in, STR(":")) ||
	    spot >= f->spots)
		return false;
	*at = flat_place(f, (size_t)spot);
	*value = in;
	return true;
}

size_t
flat_spot(struct flat *f, struct place at)
{
	size_t file = f->files.count;

	while (file > 0 && !str_eq(strs_at(&f->files, file - 1), at.file))
		file--;
	if (file == 0) {
		strs_add(&f->files, at.file);
		file = f->files.count;
	}
	f->spot = xgrow(f->spot, f->spots, sizeof(*f->spot));
	f->spot[f->spots] = (struct spot){ file - 1, at.line };
	return f->spots++;
}

void
flat_quote(struct buf *out, size_t spot, struct str text)
{
	buf_printf(out, "\"%zu:", spot);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (str_is_alpha(c) || str_is_digit(c) || c == '.' ||
		    c == '-' || c == '@')
			buf_putc(out, c);
		else
			buf_printf(out, "\\x%02x", (unsigned char)c);
	}
	buf_putc(out, '"');
}

void
flat_secret(struct flat *f, struct buf *out, size_t spot, struct str bytes)
{
	struct buf number = { 0 };

	f->secret = xgrow(f->secret, f->secrets, sizeof(*f->secret));
	f->secret[f->secrets] = (struct secret){ 0 };
	secret_set(&f->secret[f->secrets], bytes);
	buf_printf(&number, "%zu", f->secrets++);
	flat_quote(out, spot, buf_str(&number));
	buf_free(&number);
}

void
flat_free(struct flat *f)
{
	buf_free(&f->text);
	strs_free(&f->files);
	free(f->spot);
	for (size_t i = 0; i < f->secrets; i++)
		secret_free(&f->secret[i]);
	free(f->secret);
	*f = (struct flat){ 0 };
}
