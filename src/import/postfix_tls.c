// SPDX-License-Identifier: ISC
/*
 * postfix_tls.c - main.cf's levels of security on the way to the relay
 */
#include "import/postfix.h"

#include "base/table.h"
#include "import/take.h"

void
postfix_level(struct importer *im, struct str value)
{
	static const struct level {
		const char *name;
		enum found_tls tls;
		bool unverified;
		const char *words;
	} levels[] = {
		{ "none", FOUND_TLS_NONE, true, "tls" },
		{ "may", FOUND_TLS_MAYBE, true, "tls" },
		{ "encrypt", FOUND_TLS_STARTTLS, true, "tls" },
		{ "verify", FOUND_TLS_STARTTLS, false, "tls_verify" },
		{ "secure", FOUND_TLS_STARTTLS, false, "tls_verify" },
		{ "fingerprint", FOUND_TLS_STARTTLS, false, "tls_pin" },
		{ "dane", FOUND_TLS_STARTTLS, false,
		    "tls_verify, by "
		    "certificate; tls_verify = dane asks the DNS" },
		{ "dane-only", FOUND_TLS_STARTTLS, false,
		    "tls_verify, by "
		    "certificate; tls_verify = dane asks the DNS" },
	};
	const struct level *level = TABLE_FIND(levels, value);

	/* As if it was not said. */
	if (value.len == 0) {
		importer_taken(im, "tls");
		return;
	}
	if (level == NULL) {
		importer_no_equal(im, "there is no such level");
		return;
	}
	importer_set_tls(im, level->tls);
	importer_set_unverified(im, level->unverified);
	importer_set_bit(im, LEVEL, true);
	importer_taken(im, level->words);
}

void
postfix_old_tls(struct importer *im, struct str value)
{
	take_on(im, value);
	if (!(importer_outlet(im)->own & LEVEL))
		importer_outlet(im)->tls_at = im->at;
}

void
postfix_pins(struct importer *im, struct str value)
{
	struct str word;

	while (str_eat_word(&value, &word)) {
		struct buf pin = { 0 };
		bool good;

		buf_printf(&pin, "sha256:%.*s", STR_ARGS(word));
		good = importer_add(im, "tls_pin", buf_str(&pin));
		buf_free(&pin);
		if (!good)
			return;
		outlet_set(importer_outlet(im), "tls_verify", STR("pin"));
	}
	importer_taken(im, "tls_pin");
}
