// SPDX-License-Identifier: ISC
/*
 * post.c - what a run and its couriers say to each other
 */
#include "relay/post.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sysexits.h>
#include <unistd.h>

/* Room for the one descriptor that may go along, aligned as the kernel asks. */
union ticket {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(int))];
};

int
post_pair(int ends[2], struct err *e)
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return err_sys(e, EX_OSERR, "socketpair");
	return 0;
}

int
post_send(int sock, struct str packet, int fd, struct err *e)
{
	struct iovec part = { (void *)(uintptr_t)packet.ptr, packet.len };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	union ticket t = { 0 };
	ssize_t n;

	if (fd >= 0) {
		m.msg_control = t.bytes;
		m.msg_controllen = sizeof(t.bytes);
		t.head.cmsg_level = SOL_SOCKET;
		t.head.cmsg_type = SCM_RIGHTS;
		t.head.cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(&t.head), &fd, sizeof(fd));
	}
	do
		n = sendmsg(sock, &m, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n < 0 ? err_sys(e, EX_OSERR, "send to our other half") : 0;
}

static int
take_descriptor(struct msghdr *m)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(m);
	int fd = -1;

	if (c != NULL && c->cmsg_level == SOL_SOCKET &&
	    c->cmsg_type == SCM_RIGHTS &&
	    c->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

/*
 * ECONNRESET says, once, that the other end has gone without reading all we
 * sent; what it had said itself comes behind that.
 */
int
post_recv(int sock, bool wait, struct buf *packet, int *fd, struct err *e)
{
	union ticket t = { 0 };
	struct iovec part;
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
	    .msg_control = t.bytes, .msg_controllen = sizeof(t.bytes) };
	ssize_t n;

	buf_reset(packet);
	part.iov_base = buf_room(packet, POST_MAX);
	part.iov_len = POST_MAX;
	do
		n = recvmsg(sock, &m, MSG_CMSG_CLOEXEC |
		    (wait ? 0 : MSG_DONTWAIT));
	while (n < 0 && (errno == EINTR || errno == ECONNRESET));
	if (n < 0 && errno == EAGAIN)
		return 2;
	if (n < 0)
		return err_sys(e, EX_OSERR, "receive from our other half");
	*fd = take_descriptor(&m);
	if ((m.msg_flags & MSG_TRUNC) != 0) {
		if (*fd >= 0)
			close(*fd);
		return err_set(e, EX_SOFTWARE, "a packet of our other half is "
		    "longer than %d bytes", POST_MAX);
	}
	buf_grew(packet, (size_t)n);
	return n > 0 ? 1 : 0;
}
