// SPDX-License-Identifier: ISC
/*
 * sender_of.c - a table of logins and the addresses that they write under
 */
#include "import/sender_of.h"

struct outlet *
sender_of(struct importer *im, struct str login, struct str address,
    const char *force)
{
	struct importer in = *im;
	struct buf pattern = { 0 };
	struct outlet *o;

	im->word = in.word = login;
	/* Whatever domain it gets: the login is what the table is about. */
	buf_add(&pattern, login);
	if (!str_has(login, '@'))
		buf_puts(&pattern, "@*");
	o = login.len > 0 ? found_outlet(im->found, login) : NULL;
	if (o == NULL) {
		importer_no_equal(im,
		    login.len == 0 ? "an empty name" :
				     "there are too many of them");
	} else {
		o->at = im->at;
		outlet_copy(o, importer_outlet(im));
		in.outlet = (size_t)(o - im->found->outlet);
		if (importer_set(&in, "from", buf_str(&pattern)) &&
		    importer_set(&in, "sender", address)) {
			outlet_set(o, "force_sender", str_of(force));
			importer_taken(im, "an account with this sender");
		} else {
			found_drop(im->found, in.outlet);
			o = NULL;
		}
	}
	buf_free(&pattern);
	return o;
}
