// SPDX-License-Identifier: ISC
/*
 * listed.c - hosts whose addresses stand in /etc/hosts
 */
#include "net/listed.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "base/hosts.h"

#define ORDER "/etc/nsswitch.conf"
#define ORDER_MAX 65536
#define ORDER_OFTEN 4096	/* bytes of most */

/*
 * "hosts: files dns".  What is in brackets behind it may say that others are
 * asked in any case.
 */
static bool
comes_first(struct str order)
{
	struct str line, word, next;

	while (str_eat_line(&order, &line))
		if (str_eat_word(&line, &word) && str_eq(word, STR("hosts:")))
			return str_eat_word(&line, &word) &&
			    str_eq(word, STR("files")) &&
			    !(str_eat_word(&line, &next) &&
			    next.ptr[0] == '[');
	return false;
}

static bool
has(struct str names, const char *host)
{
	struct str name;

	while (str_eat_word(&names, &name))
		if (str_ieq(name, str_of(host)))
			return true;
	return false;
}

/* With a scope ("fe80::1%eth0") it takes the name service to understand it. */
static bool
add(struct endpoints *p, struct str address, int port)
{
	struct buf text = { 0 };
	struct endpoints one;
	bool good;

	buf_add(&text, address);
	good = p->count < LOOKUP_MAX &&
	    lookup_literal(buf_cstr(&text), port, &one);
	if (good)
		p->item[p->count++] = one.item[0];
	buf_free(&text);
	return good;
}

/* As the name service has them: what speaks IPv6 comes first. */
static void
put_in_order(struct endpoints *p)
{
	for (size_t first = 0, i = 0; i < p->count; i++) {
		struct endpoint one = p->item[i];

		if (one.addr.ss_family != AF_INET6)
			continue;
		memmove(&p->item[first + 1], &p->item[first],
		    (i - first) * sizeof(one));
		p->item[first++] = one;
	}
}

bool
listed_find(struct str order, struct str hosts, const char *host, int port,
    struct endpoints *p)
{
	struct str address, names;

	p->count = 0;
	if (!comes_first(order))
		return false;
	while (hosts_eat(&hosts, &address, &names))
		if (has(names, host) && !add(p, address, port))
			return false;
	put_in_order(p);
	return p->count > 0;
}

bool
listed_host(const char *host, int port, struct endpoints *p)
{
	int fd = open(ORDER, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct buf order = { 0 }, hosts = { 0 };
	struct err e = { 0 };
	bool found = false;

	if (fd < 0)
		return false;
	(void)buf_room(&order, ORDER_OFTEN);
	if (fd_read_all(fd, &order, ORDER_MAX, &e) == 0) {
		hosts_load(&hosts);
		found = listed_find(buf_str(&order), buf_str(&hosts), host,
		    port, p);
	}
	close(fd);
	err_clear(&e);
	buf_free(&order);
	buf_free(&hosts);
	return found;
}
