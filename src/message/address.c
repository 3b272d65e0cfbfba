// SPDX-License-Identifier: ISC
/*
 * address.c - one address, as the wire wants it
 */
#include "message/address.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/vis.h"
#include "message/idn2.h"

#define LABEL_MAX 63		/* RFC 1035, 2.3.4 */
#define SHOWN 80

static bool
is_eight_bit(char c)
{
	return (unsigned char)c >= 128;
}

/* RFC 5322, 3.2.3, and RFC 6531. */
static bool
is_atext(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || is_eight_bit(c) ||
	    (c != '\0' && str_has(STR("!#$%&'*+-/=?^_`{|}~"), c));
}

/* Controls are refused in whatever form: also U+0080 to U+009F. */
static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (str_is_control(s.ptr[i]))
			return true;
		if ((unsigned char)s.ptr[i] == 0xc2 && i + 1 < s.len &&
		    (unsigned char)s.ptr[i + 1] < 0xa0)
			return true;
	}
	return false;
}

/* The length of the quoted string at the front, or 0 where there is none. */
static size_t
quoted_len(struct str s)
{
	if (s.len == 0 || s.ptr[0] != '"')
		return 0;
	for (size_t i = 1; i < s.len; i++) {
		if (s.ptr[i] == '"')
			return i + 1;
		if (s.ptr[i] == '\\')
			i++;
	}
	return 0;
}

bool
address_split(struct str address, struct str *local, struct str *domain)
{
	size_t quoted = quoted_len(address);
	struct str head, tail = str_skip(address, quoted);

	if (!str_cut_last(tail, '@', &head, domain)) {
		*local = address;
		*domain = STR("");
		return false;
	}
	*local = str_head(address, quoted + head.len);
	return true;
}

/* Dots where RFC 5322 wants none are alive and mean the same when quoted. */
static bool
is_dot_atom(struct str s)
{
	bool atom = false;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '.' ? !atom : !is_atext(s.ptr[i]))
			return false;
		atom = s.ptr[i] != '.';
	}
	return atom;
}

void
local_add(struct buf *out, struct str local)
{
	if (is_dot_atom(local)) {
		buf_add(out, local);
		return;
	}
	buf_putc(out, '"');
	for (size_t i = 0; i < local.len; i++) {
		if (local.ptr[i] == '"' || local.ptr[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, local.ptr[i]);
	}
	buf_putc(out, '"');
}

/* RFC 5321, 4.1.3, no closer than to be harmless. */
static bool
literal_is_valid(struct str s)
{
	if (s.len < 3 || s.ptr[s.len - 1] != ']')
		return false;
	for (size_t i = 1; i + 1 < s.len; i++)
		if (!str_is_alpha(s.ptr[i]) && !str_is_digit(s.ptr[i]) &&
		    !str_has(STR(".:-"), s.ptr[i]))
			return false;
	return true;
}

/* An underscore is no host name's, and yet in use. */
static bool
is_label_byte(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || is_eight_bit(c) ||
	    c == '-' || c == '_';
}

bool
domain_is_valid(struct str domain, const char **why)
{
	size_t label = 0;

	*why = NULL;
	if (domain.len == 0)
		*why = "there is no domain behind the @";
	else if (domain.len > ADDRESS_DOMAIN_MAX)
		*why = "the domain is too long";
	else if (domain.ptr[0] == '[')
		*why = literal_is_valid(domain) ? NULL :
		    "the address literal is none";
	else if (has_control(domain) || !utf8_is_valid(domain))
		*why = "the domain has control bytes or is not UTF-8";
	if (*why != NULL || domain.ptr[0] == '[')
		return *why == NULL;

	for (size_t i = 0; i <= domain.len; i++) {
		bool end = i == domain.len || domain.ptr[i] == '.';

		if (end && label == 0)
			*why = "the domain has a dot too many";
		else if (end && label > LABEL_MAX)
			*why = "a part of the domain is too long";
		else if (!end && !is_label_byte(domain.ptr[i]))
			*why = "the domain has a character that no domain has";
		if (*why != NULL)
			return false;
		label = end ? 0 : label + 1;
	}
	return true;
}

static int
refuse(struct err *e, struct str what, const char *why)
{
	struct buf shown = { 0 };

	vis_add_some(&shown, what, SHOWN);
	err_set(e, EX_DATAERR, "bad address \"%s\": %s", buf_cstr(&shown),
	    why);
	buf_free(&shown);
	return -1;
}

int
domain_to_ascii(struct buf *out, struct str domain, struct err *e)
{
	struct buf in = { 0 };
	const char *why;
	char *ascii = NULL;
	int rc;

	if (!domain_is_valid(domain, &why))
		return refuse(e, domain, why);
	if (str_is_ascii(domain)) {
		buf_add(out, domain);
		return 0;
	}
	if (idn2_load(e) < 0)
		return -1;
	buf_add(&in, domain);
	rc = idn2_to_ascii_8z(buf_cstr(&in), &ascii,
	    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	buf_free(&in);
	if (rc != IDN2_OK)
		return refuse(e, domain, idn2_strerror(rc));
	/* Some characters are mapped to others, say to a dot. */
	if (domain_is_valid(str_of(ascii), &why)) {
		buf_puts(out, ascii);
		rc = 0;
	} else {
		rc = refuse(e, domain, why);
	}
	idn2_free(ascii);
	return rc;
}

int
address_to_ascii(struct buf *out, struct str address, struct err *e)
{
	struct str local, domain;
	struct buf ascii = { 0 };

	if (!address_split(address, &local, &domain)) {
		buf_add(out, address);
		return 0;
	}
	if (domain_to_ascii(&ascii, domain, e) < 0)
		return -1;
	buf_add(out, local);
	buf_putc(out, '@');
	buf_add(out, buf_str(&ascii));
	buf_free(&ascii);
	return 0;
}

void
address_key(struct buf *out, struct str address)
{
	struct str local, domain;
	struct err e = { 0 };
	size_t at;

	buf_add(out, address);
	if (!address_split(address, &local, &domain))
		return;
	at = out->len - domain.len;
	if (!str_is_ascii(domain)) {
		buf_cut(out, at);
		if (domain_to_ascii(out, domain, &e) < 0)
			buf_add(out, domain);
		err_clear(&e);
	}
	for (; at < out->len; at++)
		out->data[at] = str_lower(out->data[at]);
}

/* NULL when the local part may stand on the wire as it is. */
static const char *
local_fault(struct str s)
{
	if (s.len == 0)
		return "there is nothing before the @";
	if (s.len > ADDRESS_LOCAL_MAX)
		return "the local part is too long";
	if (s.ptr[0] == '"')
		return quoted_len(s) == s.len ? NULL :
		    "the quotes in it do not match";
	for (size_t i = 0; i < s.len; i++) {
		if (str_is_blank(s.ptr[i]))
			return "there is a blank in it";
		if (str_has(STR("<>"), s.ptr[i]))
			return "there is an angle bracket in it";
		if (s.ptr[i] != '.' && !is_atext(s.ptr[i]))
			return "the local part must be quoted";
	}
	return NULL;
}

const char *
address_fault(struct str address)
{
	struct str local, domain;
	bool has_domain = address_split(address, &local, &domain);
	const char *why = NULL;

	if (address.len == 0)
		return "it is empty";
	if (address.len > ADDRESS_MAX)
		return "it is too long";
	if (has_control(address))
		return "there is a control character in it";
	if (!utf8_is_valid(address))
		return "it is not UTF-8";
	why = local_fault(local);
	if (why == NULL && has_domain)
		(void)domain_is_valid(domain, &why);
	return why;
}

int
address_check(struct str address, bool *smtputf8, struct err *e)
{
	const char *why = address_fault(address);

	if (why != NULL)
		return refuse(e, address, why);
	*smtputf8 = !str_is_ascii(address);
	return 0;
}
