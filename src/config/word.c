// SPDX-License-Identifier: ISC
/*
 * word.c - is this text what it should be?
 */
#include "config/word.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/vis.h"
#include "base/xmem.h"

const char *
word_text(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (str_is_control(s.ptr[i]))
			return "there is a control byte in it";
	}
	return NULL;
}

static bool
is_alnum(char c)
{
	return str_is_alpha(c) || str_is_digit(c);
}

static bool
is_8bit(char c)
{
	return (unsigned char)c > 127;
}

/* One label: letters, digits, inner hyphens and underscores, or UTF-8. */
static bool
label_is_good(struct str s)
{
	if (s.len == 0 || s.len > 63 || s.ptr[0] == '-' ||
	    s.ptr[s.len - 1] == '-')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!is_alnum(c) && c != '-' && c != '_' && !is_8bit(c))
			return false;
	}
	return true;
}

const char *
word_host(struct str s)
{
	struct str label;

	if (s.len == 0)
		return "a host name is missing";
	if (s.len > 253)
		return "a host name has at most 253 bytes";
	if (!utf8_is_valid(s))
		return "this host name is not UTF-8";
	while (str_eat_until(&s, '.', &label)) {
		if (!label_is_good(label))
			return "this is no host name";
		if (s.len == 0)
			return "a host name has no dot at its end here";
	}
	return label_is_good(s) ? NULL : "this is no host name";
}

const char *
word_domain(struct str s)
{
	const char *wrong = word_host(s);

	if (wrong != NULL)
		return wrong;
	if (!str_has(s, '.'))
		return "this domain has no dot; it should be a full one";
	return word_ip(s) == NULL ? "this is an address, not a domain" : NULL;
}

const char *
word_ip(struct str s)
{
	unsigned char to[16];
	char *text;
	bool good;

	if (s.len > 64 || str_has(s, '\0'))
		return "this is no IP address";
	text = xstrdup(s);
	good = inet_pton(AF_INET, text, to) == 1 ||
	    inet_pton(AF_INET6, text, to) == 1;
	free(text);
	return good ? NULL : "this is no IP address";
}

static bool
literal_is_good(struct str s)
{
	struct str inner;

	if (!str_eat(&s, STR("[")) || !str_eat_until(&s, ']', &inner) ||
	    s.len > 0)
		return false;
	if (str_ieat(&inner, STR("IPv6:")))
		return str_has(inner, ':') && word_ip(inner) == NULL;
	return !str_has(inner, ':') && word_ip(inner) == NULL;
}

const char *
word_helo(struct str s)
{
	if (literal_is_good(s))
		return NULL;
	if (str_has(s, '['))
		return "an address is written [192.0.2.1] or "
		    "[IPv6:2001:db8::1]";
	if (str_ieq(s, STR("localhost")) ||
	    str_ieq(s, STR("localhost.localdomain")))
		return "every machine is localhost; relays refuse that";
	if (word_ip(s) == NULL)
		return "an address is written [192.0.2.1] or "
		    "[IPv6:2001:db8::1]";
	return word_host(s);
}

static bool
is_atext(char c)
{
	static const struct str others = { "!#$%&'*+-/=?^_`{|}~", 19 };

	return is_alnum(c) || is_8bit(c) || str_has(others, c);
}

static bool
quoted_is_good(struct str s)
{
	if (s.len < 2 || s.ptr[0] != '"' || s.ptr[s.len - 1] != '"')
		return false;
	for (size_t i = 1; i + 1 < s.len; i++) {
		if (s.ptr[i] == '"')
			return false;
		if (s.ptr[i] == '\\' && ++i + 1 >= s.len)
			return false;
	}
	return true;
}

/* Dots stand between atoms, and nowhere else. */
static bool
local_is_good(struct str s)
{
	bool dot = true;

	if (s.len == 0 || s.len > 255)
		return false;
	if (s.ptr[0] == '"')
		return quoted_is_good(s);
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '.' ? dot : !is_atext(s.ptr[i]))
			return false;
		dot = s.ptr[i] == '.';
	}
	return !dot;
}

const char *
word_address(struct str s)
{
	struct str local, domain;

	if (word_text(s) != NULL)
		return word_text(s);
	if (str_has(s, '<') || str_has(s, '>'))
		return "only the address stands here, without name and <>";
	if (!str_cut_last(s, '@', &local, &domain))
		return "an address needs its @domain here";
	if (!utf8_is_valid(s))
		return "this address is not UTF-8";
	if (!local_is_good(local))
		return "what stands before the @ is no part of an address";
	if (literal_is_good(domain))
		return NULL;
	return word_host(domain);
}

/* Each %u %h %f gives something harmless; what is left must be an address. */
const char *
word_sender(struct str s)
{
	struct buf sample = { 0 };
	const char *wrong = NULL;
	char c, which;

	while (wrong == NULL && str_eat_byte(&s, &c)) {
		if (c != '%')
			buf_putc(&sample, c);
		else if (!str_eat_byte(&s, &which) ||
		    !str_has(STR("uhf%"), which))
			wrong = "behind a % stands u (login), h (host), f "
			    "(full host name) or a second %";
		else if (which == '%')
			buf_putc(&sample, '%');
		else
			buf_putc(&sample, 'x');
	}
	if (wrong == NULL)
		wrong = word_address(buf_str(&sample));
	buf_free(&sample);
	return wrong;
}

const char *
word_pattern(struct str s)
{
	struct str local, domain;

	if (s.len == 0)
		return "a pattern is missing";
	for (size_t i = 0; i < s.len; i++) {
		if (str_is_control(s.ptr[i]) || s.ptr[i] == ' ' ||
		    s.ptr[i] == '<' || s.ptr[i] == '>')
			return "only the address stands here, without name "
			    "and <>";
	}
	if (!str_cut_last(s, '@', &local, &domain))
		return str_eq(s, STR("*")) ? NULL : "a pattern is an address, "
		    "*@domain, or *";
	return domain.len > 0 ? NULL : "a pattern needs a domain";
}

const char *
word_path(struct str s)
{
	if (word_text(s) != NULL)
		return word_text(s);
	if (s.len == 0 || s.ptr[0] != '/')
		return "a path is said from the root on";
	return s.len < 4096 ? NULL : "this path is too long";
}

const char *
word_tls_file(struct str s)
{
	if (str_ieat(&s, STR("pkcs11:")))
		return word_text(s);
	return word_path(s);
}

static bool
hex_is_good(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = str_lower(s.ptr[i]);

		if (c == ':' && i % 3 == 2)
			continue;
		if (!str_is_digit(c) && (c < 'a' || c > 'f'))
			return false;
		digits++;
	}
	return digits == 64;
}

const char *
word_pin(struct str s)
{
	struct buf bytes = { 0 };
	bool good;

	if (!str_ieat(&s, STR("sha256:")))
		return "a pin is sha256: and a digest in hex or base64";
	good = hex_is_good(s) ||
	    (base64_decode(&bytes, s) && bytes.len == 32);
	buf_free(&bytes);
	return good ? NULL : "SHA-256 has 32 bytes: 64 hex digits, or 44 "
	    "bytes of base64";
}

/* RFC 4422: upper case letters, digits, hyphens, underscores. */
const char *
word_mechanism(struct str s)
{
	if (s.len == 0 || s.len > 20)
		return "a mechanism's name has 1 to 20 bytes";
	for (size_t i = 0; i < s.len; i++) {
		if (!is_alnum(s.ptr[i]) && s.ptr[i] != '-' && s.ptr[i] != '_')
			return "this is no name of a mechanism";
	}
	return NULL;
}

/* RFC 5322: printable, no blank, no colon. */
const char *
word_header_name(struct str s)
{
	if (s.len == 0 || s.len > 76)
		return "a field's name has 1 to 76 bytes";
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] <= ' ' || s.ptr[i] >= 127 || s.ptr[i] == ':')
			return "a field's name has no blank, colon or accent";
	}
	return NULL;
}

const char *
word_file_name(struct str s)
{
	if (word_text(s) != NULL)
		return word_text(s);
	if (s.len == 0 || s.len > 255 || s.ptr[0] == '.' || str_has(s, '/'))
		return "a name without slashes stands here";
	return NULL;
}
