// SPDX-License-Identifier: ISC
/*
 * hosts.c - /etc/hosts, the names that need no name service
 */
#include "base/hosts.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"

#define HOSTS "/etc/hosts"
#define HOSTS_MAX (1024 * 1024)
#define HOSTS_OFTEN 4096	/* bytes of most */

void
hosts_load(struct buf *out)
{
	int fd = open(HOSTS, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	size_t before = out->len;
	struct err e = { 0 };

	if (fd < 0)
		return;
	(void)buf_room(out, HOSTS_OFTEN);
	if (fd_read_all(fd, out, HOSTS_MAX, &e) < 0)
		buf_cut(out, before);
	close(fd);
	err_clear(&e);
}

bool
hosts_eat(struct str *hosts, struct str *address, struct str *names)
{
	struct str line, rest;

	while (str_eat_line(hosts, &line)) {
		rest = line;
		(void)str_eat_until(&rest, '#', &line);
		if (!str_eat_word(&line, address))
			continue;
		*names = line;
		return true;
	}
	return false;
}
