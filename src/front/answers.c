// SPDX-License-Identifier: ISC
/*
 * answers.c - is this an answer to that?
 */
#include "front/answers.h"

#include <sysexits.h>

#include "message/address.h"
#include "message/addresses.h"

int
answer_list(void *who, struct str answer, struct err *e)
{
	struct addresses list = { 0 };
	int rc = addresses_operand(&list, answer, e);

	(void)who;
	if (rc == 0 && list.count == 0)
		rc = err_set(e, EX_DATAERR, "an address is wanted");
	addresses_free(&list);
	return rc;
}

int
answer_one(void *who, struct str answer, struct err *e)
{
	struct addresses list = { 0 };
	int rc = addresses_add(&list, answer, e);

	(void)who;
	if (rc == 0 && list.count != 1)
		rc = err_set(e, EX_DATAERR, "one address is wanted");
	if (rc == 0 && list.box[0].domain.len == 0)
		rc = err_set(e, EX_DATAERR,
		    "a whole address is wanted, you@example.com");
	addresses_free(&list);
	return rc;
}

/* The relay program says what is wrong with it if it is not even that. */
static bool
has_scheme(struct str host)
{
	return str_ieat(&host, STR("unix:")) || str_ieat(&host, STR("srv:")) ||
	    str_ieat(&host, STR("mx:")) || str_ieat(&host, STR("lmtp:"));
}

/* "host:25" and "[v6]:25"; a bare v6 address has more than one colon. */
static bool
is_numbered(struct str host, struct str *name)
{
	struct str head, port;
	uint64_t n;

	if (!str_cut_last(host, ':', &head, &port) ||
	    !str_eat_number(&port, &n) || port.len > 0 ||
	    (str_has(head, ':') && !str_ends(head, STR("]"))))
		return false;
	*name = head;
	return true;
}

bool
answer_has_port(struct str host)
{
	struct str name;

	return has_scheme(host) || is_numbered(host, &name);
}

static bool
is_literal(struct str host)
{
	for (size_t i = 0; i < host.len; i++)
		if (!str_has(STR("0123456789abcdefABCDEF:.[]%"), host.ptr[i]))
			return false;
	return str_has(host, ':');
}

int
answer_host(void *who, struct str answer, struct err *e)
{
	const char *why = NULL;
	struct str name = answer;

	(void)who;
	if (has_scheme(answer))
		return 0;
	(void)is_numbered(answer, &name);
	if (is_literal(name) || domain_is_valid(name, &why))
		return 0;
	return err_set(e, EX_DATAERR, "that is no host: %s",
	    why != NULL ? why : "smtp.example.com is one");
}

int
answer_port(void *who, struct str answer, struct err *e)
{
	uint64_t port;

	(void)who;
	if (str_eat_number(&answer, &port) && answer.len == 0 && port > 0 &&
	    port < 65536)
		return 0;
	return err_set(e, EX_DATAERR, "a port is a number from 1 to 65535");
}

void
answer_relay(struct buf *out, struct str host, struct str port)
{
	if (answer_has_port(host) || port.len == 0)
		buf_add(out, host);
	else if (str_has(host, ':') && !str_ends(host, STR("]")))
		buf_printf(out, "[%.*s]:%.*s", STR_ARGS(host),
		    STR_ARGS(port));
	else
		buf_printf(out, "%.*s:%.*s", STR_ARGS(host), STR_ARGS(port));
}
