// SPDX-License-Identifier: ISC
/*
 * facts.c - what was so when the message was handed in
 */
#include "message/facts.h"

/* What a person typed into his own record, as one line of text. */
void
facts_gecos(struct buf *out, struct str gecos, struct str login)
{
	struct str name;
	char c;

	if (!str_eat_until(&gecos, ',', &name))
		name = gecos;
	name = str_trim(name);
	while (str_eat_byte(&name, &c) && out->len < FACTS_NAME_MAX) {
		if (c == '&' && login.len > 0) {
			char first = login.ptr[0];

			if (first >= 'a' && first <= 'z')
				first = (char)(first - 'a' + 'A');
			buf_putc(out, first);
			buf_add(out, str_skip(login, 1));
		} else
			buf_putc(out, str_is_control(c) ? ' ' : c);
	}
}

void
facts_free(struct facts *f)
{
	buf_free(&f->id);
	buf_free(&f->login);
	buf_free(&f->gecos);
	buf_free(&f->name);
	buf_free(&f->host);
	buf_free(&f->charset);
	buf_free(&f->account);
	*f = (struct facts){ 0 };
}
