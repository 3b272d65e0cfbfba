// SPDX-License-Identifier: ISC
/*
 * who.c - who is at the other end, by the kernel's word
 */
#include "drop/who.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/xmem.h"

static bool
input_is_unix(void)
{
	socklen_t len = sizeof(int);
	int domain;

	return getsockopt(STDIN_FILENO, SOL_SOCKET, SO_DOMAIN, &domain,
	    &len) == 0 && domain == AF_UNIX;
}

int
who_find(struct who *w, bool lent, struct err *e)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);

	*w = (struct who){ .uid = getuid() };
	w->peer = !lent && input_is_unix();
	if (w->peer) {
		if (getsockopt(STDIN_FILENO, SOL_SOCKET, SO_PEERCRED, &peer,
		    &len) < 0)
			return err_sys(e, EX_IOERR, "standard input: peer");
		if (peer.uid == (uid_t)-1)
			return err_set(e, EX_IOERR,
			    "standard input: nobody is at the other end");
		w->uid = peer.uid;
	}
	w->all = w->uid == 0;
	return 0;
}

/* Our own groups are his, or, at the other end, the service's: never those. */
static size_t
groups_of(const struct who *w, gid_t **list)
{
	struct ucred peer = { .gid = (gid_t)-1 };
	socklen_t len = sizeof(peer), bytes = 0;
	int n;

	if (!w->peer) {
		n = getgroups(0, NULL);
		if (n <= 0)
			return 0;
		*list = xcalloc((size_t)n, sizeof(**list));
		n = getgroups(n, *list);
		return n > 0 ? (size_t)n : 0;
	}
	/* The first call fails and says how much room it needs. */
	getsockopt(STDIN_FILENO, SOL_SOCKET, SO_PEERGROUPS, NULL, &bytes);
	*list = xcalloc(1, bytes + sizeof(**list));
	if (bytes > 0 && getsockopt(STDIN_FILENO, SOL_SOCKET, SO_PEERGROUPS,
	    *list, &bytes) < 0)
		bytes = 0;
	getsockopt(STDIN_FILENO, SOL_SOCKET, SO_PEERCRED, &peer, &len);
	(*list)[bytes / sizeof(**list)] = peer.gid;
	return bytes / sizeof(**list) + 1;
}

void
who_check_group(struct who *w, gid_t group)
{
	gid_t *list = NULL;
	size_t n = groups_of(w, &list);

	for (size_t i = 0; i < n; i++)
		if (list[i] == group)
			w->all = true;
	free(list);
}
