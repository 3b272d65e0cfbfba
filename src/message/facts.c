// SPDX-License-Identifier: ISC
/*
 * facts.c - what was so when the message was handed in
 */
#include "message/facts.h"

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
